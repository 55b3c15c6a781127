// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl: what people type to look at their virtual HBAs. */
#include <unistd.h>

#include "lib/suggest.h"
#include "lib/usage.h"
#include "ctl/ctl.h"

/* In each group in the order in which a person comes to need them. */
static const struct ctl_verb verbs[] = {
	{ "hbas", "show the HBAs, and what they can carry", CTL_LOOK, ctl_hbas },
	{ "list", "show the virtual HBAs", CTL_LOOK, ctl_list },
	{ "status", "show what is wrong with a virtual HBA", CTL_LOOK, ctl_status },
	{ "luns", "show the LUNs of virtual HBAs", CTL_LOOK, ctl_luns },
	{ "tree", "show HBAs, virtual HBAs, LUNs and disks as a tree", CTL_LOOK,
	  ctl_tree },
	{ "monitor", "say what changes, one line an event", CTL_LOOK, ctl_monitor },
	{ "start", "start virtual HBAs, and wait for their LUNs", CTL_CONTROL,
	  ctl_start },
	{ "prepare", "start what a guest's XML names, and wait for its disks",
	  CTL_CONTROL, NULL },
	{ "stop", "stop virtual HBAs", CTL_CONTROL, ctl_stop },
	{ "restart", "stop virtual HBAs and start them again", CTL_CONTROL, ctl_restart },
	{ "reload", "look for new LUNs, apply names and permissions", CTL_CONTROL,
	  ctl_reload },
	{ "enable", "have the boot start virtual HBAs", CTL_CONTROL, ctl_enable },
	{ "disable", "take 'enable' back", CTL_CONTROL, ctl_disable },
	{ "create", "make a virtual HBA's file", CTL_CONFIGURE, ctl_create },
	{ "apply", "make what runs what the files say", CTL_CONFIGURE, ctl_apply },
	{ "adopt", "make the file of a port that others made", CTL_CONFIGURE, ctl_adopt },
	{ "delete", "stop a virtual HBA and remove its file", CTL_CONFIGURE, ctl_delete },
	{ "wwn", "make names for virtual HBAs", CTL_CONFIGURE, ctl_wwn },
	{ "import", "make configuration files of what libvirt has", CTL_CONFIGURE, NULL },
	{ "check", "check configuration files", CTL_CONFIGURE, ctl_check },
	{ "zoning", "print the storage admin's sheet", CTL_EXCHANGE, ctl_zoning },
	{ "xml", "print XML for libvirt", CTL_EXCHANGE, NULL },
};

static const char *const group_titles[_CTL_GROUP_MAX] = {
	[CTL_LOOK] = "Look, as any user",
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
	     "Makes, runs and shows Fibre Channel virtual HBAs (NPIV).");
	for (enum ctl_group group = 0; group < _CTL_GROUP_MAX; group++)
		help_group(group);
	puts("\n'npivctl VERB --help' says more of each. To systemd a virtual HBA is\n"
	     "npiv-vport@NAME.service, and a pool is npiv-pool@POOL.target.");
}

/* Becomes the program that has a verb. argv[0] is the verb; what stood before it on the command line gives way. */
static int exec_verb(char *argv[])
{
	static char program[] = NPIV_VERB_PROGRAM;

	argv[-1] = program;
	(void)execv(program, argv - 1);
	if (errno != ENOENT)
		return ctl_fail(program, -errno);
	fprintf(stderr,
		"npivctl: '%s' is in the package npiv-libvirt, which is not installed\n",
		argv[0]);
	return EXIT_FAILURE;
}

static int run_verb(int argc, char *argv[])
{
	struct suggestion suggestion = { .word = argv[0] };

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		suggest_from(&suggestion, verbs[i].name);
		if (!streq(verbs[i].name, argv[0]))
			continue;
		return verbs[i].run ? ctl_verb_run(&verbs[i], argc, argv) :
				      exec_verb(argv);
	}
	fprintf(stderr, "npivctl: no verb '%s'; ", argv[0]);
	if (suggestion.best)
		fprintf(stderr, "did you mean '%s'? ", suggestion.best);
	fputs("--help lists them\n", stderr);
	return EXIT_USAGE;
}

int main(int argc, char *argv[])
{
	static const struct usage usage = { "npivctl", NPIV_VERSION, "+h", print_help };
	int r;

	/* '+': options after the verb are the verb's. */
	r = usage_read_options(&usage, argc, argv);
	if (r >= 0)
		return r;
	if (optind >= argc) {
		fputs("npivctl: a verb is missing; --help lists them\n", stderr);
		return EXIT_USAGE;
	}
	return run_verb(argc - optind, argv + optind);
}
