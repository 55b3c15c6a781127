// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl: what people type to look at their virtual HBAs. */
#include <unistd.h>

#include "lib/suggest.h"
#include "lib/usage.h"
#include "ctl/ctl.h"

/* In each group in the order in which they are needed. */
static const struct ctl_verb verbs[] = {
	{ "hbas", "show the HBAs and what they can carry", CTL_LOOK, ctl_hbas },
	{ "list", "show the virtual HBAs", CTL_LOOK, ctl_list },
	{ "status", "show whether a virtual HBA works, and what to do if not", CTL_LOOK,
	  ctl_status },
	{ "luns", "show the LUNs of virtual HBAs", CTL_LOOK, ctl_luns },
	{ "tree", "show HBAs, virtual HBAs, LUNs and disks as a tree", CTL_LOOK,
	  ctl_tree },
	{ "monitor", "print what changes, one line per event", CTL_LOOK, ctl_monitor },
	{ "metrics", "print metrics for Prometheus", CTL_LOOK, ctl_metrics },
	{ "start", "start virtual HBAs and wait for their LUNs", CTL_CONTROL, ctl_start },
	{ "prepare", "start the pools that a guest's XML needs", CTL_CONTROL, NULL },
	{ "stop", "stop virtual HBAs", CTL_CONTROL, ctl_stop },
	{ "restart", "stop virtual HBAs and start them again", CTL_CONTROL, ctl_restart },
	{ "reload", "look for new LUNs, apply names and permissions", CTL_CONTROL,
	  ctl_reload },
	{ "enable", "start virtual HBAs at boot", CTL_CONTROL, ctl_enable },
	{ "disable", "undo 'enable'", CTL_CONTROL, ctl_disable },
	{ "create", "write the configuration of a new virtual HBA", CTL_CONFIGURE,
	  ctl_create },
	{ "apply", "bring running virtual HBAs in line with the configuration",
	  CTL_CONFIGURE, ctl_apply },
	{ "adopt", "write the configuration of an existing virtual port", CTL_CONFIGURE,
	  ctl_adopt },
	{ "delete", "stop a virtual HBA and remove its file", CTL_CONFIGURE, ctl_delete },
	{ "wwn", "generate WWNs for virtual HBAs", CTL_CONFIGURE, ctl_wwn },
	{ "import", "convert virtual HBAs of libvirt to configuration files",
	  CTL_CONFIGURE, NULL },
	{ "check", "check configuration files", CTL_CONFIGURE, ctl_check },
	{ "zoning", "print what the storage admin needs for zoning and masking",
	  CTL_EXCHANGE, ctl_zoning },
	{ "xml", "print XML for libvirt", CTL_EXCHANGE, NULL },
};

static const char *const group_titles[_CTL_GROUP_MAX] = {
	[CTL_LOOK] = "Look (as any user)",
	[CTL_CONTROL] = "Start and stop",
	[CTL_CONFIGURE] = "Configure",
	[CTL_EXCHANGE] = "Exchange with guests, arrays and switches",
};

static void help_group(enum ctl_group group)
{
	bool is_first = true;

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (verbs[i].group != group)
			continue;
		if (is_first)
			printf("\n%s:\n", group_titles[group]);
		is_first = false;
		printf("  %-8s %s\n", verbs[i].name, verbs[i].summary);
	}
}

static void print_help(void)
{
	puts("Usage: npivctl [--help] [--version] VERB [OPTION...] [ARGUMENT...]\n"
	     "\n"
	     "Creates, runs and shows Fibre Channel virtual HBAs (NPIV). Without a verb it shows\n"
	     "the HBAs and virtual HBAs of this host, and what to type next.");
	for (enum ctl_group group = 0; group < _CTL_GROUP_MAX; group++)
		help_group(group);
	puts("\n'npivctl VERB --help' explains a verb. The unit of a virtual HBA is\n"
	     "npiv-vport@NAME.service, and that of a pool is npiv-pool@POOL.target.");
}

/* '+': options after the verb are the verb's. */
static const struct usage usage = { "npivctl", NPIV_VERSION, "+hV", print_help };

/* Becomes the program that has a verb. argv[0] is the verb, and argv[-1] is overwritten. */
static int exec_verb(char *argv[])
{
	static char program[] = NPIV_VERB_PROGRAM;

	argv[-1] = program;
	(void)execv(program, argv - 1);
	if (errno != ENOENT)
		return ctl_fail(program, -errno);
	fprintf(stderr,
		"npivctl: '%s' needs the package npiv-libvirt, which is not installed\n",
		argv[0]);
	return EXIT_FAILURE;
}

static const struct ctl_verb *find_verb(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (streq(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

static int start_verb(const struct ctl_verb *verb, int argc, char *argv[])
{
	return verb->run ? ctl_verb_run(verb, argc, argv) : exec_verb(argv);
}

static bool verb_takes_down(const char *name)
{
	static const char *const names[] = { "stop", "restart", "disable", "delete" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (streq(name, names[i]))
			return true;
	return false;
}

/* Names the verb that may be meant. A guess never names a verb that takes something down. */
static int refuse_verb(const char *word)
{
	struct suggestion suggestion = { .word = word };

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!verb_takes_down(verbs[i].name))
			suggest_from(&suggestion, verbs[i].name);
	fprintf(stderr, "npivctl: there is no verb '%s'; ", word);
	if (suggestion.best)
		fprintf(stderr, "did you mean '%s'? ", suggestion.best);
	fputs("'npivctl --help' lists the verbs\n", stderr);
	return EXIT_USAGE;
}

/* The words of other tools. One that only looks is as good as the verb; for the others the verb is named. */
static int run_synonym(int argc, char *argv[])
{
	static const struct {
		const char *word, *verb;
	} synonyms[] = {
		{ "ls", "list" },	{ "show", "status" },	{ "add", "create" },
		{ "scan", "reload" },	{ "rescan", "reload" }, { "rm", "delete" },
		{ "remove", "delete" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(synonyms); i++) {
		const struct ctl_verb *verb;

		if (!streq(synonyms[i].word, argv[0]))
			continue;
		verb = find_verb(synonyms[i].verb);
		if (verb->group == CTL_LOOK)
			return start_verb(verb, argc, argv);
		fprintf(stderr,
			"npivctl: there is no verb '%s'; to %s, type 'npivctl %s'\n",
			argv[0], verb->summary, verb->name);
		return EXIT_USAGE;
	}
	return refuse_verb(argv[0]);
}

/* 'npivctl help' is --help, and 'npivctl help VERB' is 'npivctl VERB --help'. */
static int run_help(char *argv[])
{
	static char option[] = "--help";
	const struct ctl_verb *verb;

	if (!argv[1]) {
		print_help();
		return EXIT_SUCCESS;
	}
	verb = find_verb(argv[1]);
	if (!verb)
		return refuse_verb(argv[1]);
	argv[0] = argv[1];
	argv[1] = option;
	return start_verb(verb, 2, argv);
}

static int run_verb(int argc, char *argv[])
{
	const struct ctl_verb *verb = find_verb(argv[0]);

	if (verb)
		return start_verb(verb, argc, argv);
	if (streq(argv[0], "help"))
		return run_help(argv);
	if (streq(argv[0], "version"))
		return usage_print_version(&usage);
	return run_synonym(argc, argv);
}

int main(int argc, char *argv[])
{
	int r = usage_read_options(&usage, argc, argv);

	if (r >= 0)
		return r;
	return optind < argc ? run_verb(argc - optind, argv + optind) : ctl_overview();
}
