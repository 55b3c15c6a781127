// SPDX-License-Identifier: LGPL-2.1-or-later
/* The command line of a program whose options are --help and --version. */
#include "lib/usage.h"

int usage_print_version(const struct usage *usage)
{
	assert(usage);

	printf("%s %s\n", usage->program, usage->version);
	return EXIT_SUCCESS;
}

int usage_read_options(const struct usage *usage, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};

	assert(usage);
	assert(argv);

	switch (getopt_long(argc, argv, usage->short_options, options, NULL)) {
	case -1:
		return -1;
	case 'h':
		usage->print_help();
		return EXIT_SUCCESS;
	case 'V':
		return usage_print_version(usage);
	default:
		return EXIT_USAGE;
	}
}

int usage_fail(const struct usage *usage, const char *what)
{
	assert(usage);
	assert(what);

	fprintf(stderr, "%s: %s; see --help\n", usage->program, what);
	return EXIT_USAGE;
}
