// SPDX-License-Identifier: LGPL-2.1-or-later
/* The options that all verbs with a table share. */
#include <getopt.h>

#include "core/stage.h"
#include "ctl.h"

static void print_help(const struct ctl_help *help)
{
	printf("Usage: npivctl %s\n"
	       "\n"
	       "%s\n"
	       "\n"
	       "  -J, --json         print JSON; keys are stable, null is what is not known\n"
	       "  -n, --noheadings   no headings\n"
	       "  -o, --output LIST  only these columns, separated by commas; +LIST adds to the\n"
	       "                     default ones\n"
	       "  -h, --help         show this help\n"
	       "\n"
	       "Columns (* default):\n",
	       help->usage, help->text);
	for (size_t i = 0; i < help->n_columns; i++)
		printf(" %c %-14s %s\n", help->columns[i].is_default ? '*' : ' ',
		       help->columns[i].name, help->columns[i].help);
}

int ctl_parse_table_options(int argc, char *argv[], const struct ctl_help *help,
			    int max_arguments, struct table_options *ret_options)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'J' },
		{ "noheadings", no_argument, NULL, 'n' },
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct table_options table = { 0 };
	int c;

	while ((c = getopt_long(argc, argv, "Jno:h", options, NULL)) >= 0) {
		switch (c) {
		case 'J':
			table.json = true;
			break;
		case 'n':
			table.no_headings = true;
			break;
		case 'o':
			table.output = optarg;
			break;
		case 'h':
			print_help(help);
			return EXIT_SUCCESS;
		default:
			return EXIT_USAGE;
		}
	}
	if (argc - optind > max_arguments) {
		fprintf(stderr, "%s: too many arguments\n", argv[0]);
		return EXIT_USAGE;
	}

	*ret_options = table;
	return -1;
}

int ctl_fail(const char *what, int r)
{
	fprintf(stderr, "npivctl: %s: %s\n", what, strerror(-r));
	return EXIT_FAILURE;
}
