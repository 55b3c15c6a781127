/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The frame of npivctl: one verb a file, each with its own options. */
#pragma once

#include "ctl/table.h"

/* Exit codes, as npivctl(8) has them: 0 done, 1 failed (check: errors were found), 2 usage. */

/* The group of a verb in npivctl --help. */
enum ctl_group {
	CTL_LOOK, /* reads alone, as any user */
	CTL_CONTROL, /* starts and stops */
	CTL_CONFIGURE, /* the files in npiv.d */
	CTL_EXCHANGE, /* what others read and write: guests' XML, the storage admin's sheet */
	_CTL_GROUP_MAX,
};

struct ctl_verb {
	const char *name;
	const char *summary; /* one line of npivctl --help */
	enum ctl_group group;
	/* argv[0] is "npivctl VERB"; returns an exit code. NULL: the verb is in NPIV_VERB_PROGRAM, which is in
	 * another package. */
	int (*run)(int argc, char *argv[]);
};

/* Runs a verb that this program has; argv[0] is its name. Returns an exit code. */
int ctl_verb_run(const struct ctl_verb *verb, int argc, char *argv[]);

/* What npivctl prints without a verb: what there is on this host, and what to type next. */
int ctl_overview(void);

int ctl_check(int argc, char *argv[]);
int ctl_hbas(int argc, char *argv[]);
int ctl_list(int argc, char *argv[]);
int ctl_luns(int argc, char *argv[]);
int ctl_metrics(int argc, char *argv[]);
int ctl_adopt(int argc, char *argv[]);
int ctl_apply(int argc, char *argv[]);
int ctl_create(int argc, char *argv[]);
int ctl_delete(int argc, char *argv[]);
int ctl_monitor(int argc, char *argv[]);
int ctl_status(int argc, char *argv[]);
int ctl_tree(int argc, char *argv[]);
int ctl_wwn(int argc, char *argv[]);
int ctl_zoning(int argc, char *argv[]);
int ctl_start(int argc, char *argv[]);
int ctl_stop(int argc, char *argv[]);
int ctl_restart(int argc, char *argv[]);
int ctl_reload(int argc, char *argv[]);
int ctl_enable(int argc, char *argv[]);
int ctl_disable(int argc, char *argv[]);

/* An option that a verb has of its own. */
struct ctl_option {
	const char *name; /* long form, without dashes */
	int letter; /* short form; from CTL_NO_LETTER on: none, but a value of its own */
	int has_argument; /* as getopt_long(3) has it */
	const char *argument; /* what --help calls it; NULL: none */
	const char *help; /* one line */
};

#define CTL_NO_LETTER 256

/* A command line as a verb's --help has it. Completion reads that help: an argument of the usage that
 * is called NAME, POOL, HOST or FILE is completed as one. */
struct ctl_help {
	const char *usage; /* what follows "npivctl " */
	const char *text; /* what it does */
	const struct table_column
		*columns; /* none: it has no table and no options for one */
	size_t n_columns;
	const struct ctl_option *options; /* its own ones */
	size_t n_options;
	int min_arguments, max_arguments;
	/* Takes one of its own options (letter, optarg). Returns 0, or -EINVAL after it has reported
	 * on stderr what is wrong. NULL if there are none. */
	int (*on_option)(int letter, const char *argument, void *context);
};

/* Reads options: those of tables (--json, --noheadings, --output) where the verb has columns, its own
 * ones, --help; options and arguments in any order. Returns -1 to go on with the arguments from optind
 * on, else the exit code. ret_table may be NULL without columns. */
int ctl_parse_options(int argc, char *argv[], const struct ctl_help *help, void *context,
		      struct table_options *ret_table) _must_check_;

/* --tree, of the verbs whose lines have a place in the tree. */
#define CTL_OPTION_TREE                                                    \
	{                                                                  \
		"tree", 'T', no_argument, NULL,                            \
			"print a tree, with the columns of 'npivctl tree'" \
	}

/* Takes --tree where it is the only option of a verb's own; context is a bool. */
int ctl_on_tree(int letter, const char *argument, void *context);

/* Prints the tree of a vHBA or a pool (NULL: of all) by options that are a table's; returns an exit code. */
int ctl_tree_show(const char *name, const struct table_options *options);

/* Reports on stderr that something failed, with a negative errno. Returns EXIT_FAILURE. */
int ctl_fail(const char *what, int r);

/* The exit code of a verb whose table_init() failed, which has reported the unknown column. */
int ctl_fail_table(int r);
