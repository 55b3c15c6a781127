/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The frame of npivctl: one verb a file, each with its own options. */
#pragma once

#include "sys/table.h"

/* Exit codes, as npivctl(8) has them: 0 done, 1 failed (check: errors were found), 2 usage. */

struct ctl_verb {
	const char *name;
	const char *summary; /* one line of npivctl --help */
	int (*run)(int argc,
		   char *argv[]); /* argv[0] is "npivctl VERB"; returns an exit code */
};

int ctl_list(int argc, char *argv[]);
int ctl_luns(int argc, char *argv[]);
int ctl_check(int argc, char *argv[]);

/* What a verb that prints a table says in its --help. */
struct ctl_help {
	const char *usage; /* what follows "npivctl " */
	const char *text; /* what it does */
	const struct table_column *columns;
	size_t n_columns;
};

/* Reads the options of a verb that prints a table: --json, --noheadings, --output, --help. Returns -1
 * to go on with the arguments from optind on, of which there may be max_arguments; else the exit
 * code. */
int ctl_parse_table_options(int argc, char *argv[], const struct ctl_help *help,
			    int max_arguments,
			    struct table_options *ret_options) _must_check_;

/* Says on stderr that something failed, by a negative errno; returns EXIT_FAILURE. */
int ctl_fail(const char *what, int r);
