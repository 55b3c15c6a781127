// SPDX-License-Identifier: LGPL-2.1-or-later
/* Command lines of verbs: the options that all share, and those of their own. */
#include <getopt.h>

#include "lib/usage.h"
#include "ctl/ctl.h"

static const struct ctl_option table_options[] = {
	{ "json", 'J', no_argument, NULL,
	  "print JSON; keys are stable, null means unknown" },
	{ "noheadings", 'n', no_argument, NULL, "print no headings" },
	{ "output", 'o', required_argument, "LIST",
	  "print only these columns, separated by commas; +LIST adds\n"
	  "columns to the default ones" },
};

static const struct ctl_option help_option = { "help", 'h', no_argument, NULL,
					       "show this help" };

#define MAX_OPTIONS 40U

/* The options of one verb, in the forms that getopt_long(3) wants. */
struct option_set {
	const struct ctl_option *options[MAX_OPTIONS];
	struct option long_forms[MAX_OPTIONS + 1];
	char short_forms[3 * MAX_OPTIONS + 1];
	size_t n;
};

static void add_option(struct option_set *set, const struct ctl_option *option)
{
	size_t length = strlen(set->short_forms);

	assert(set->n < MAX_OPTIONS);
	set->options[set->n] = option;
	set->long_forms[set->n] = (struct option){
		.name = option->name,
		.has_arg = option->has_argument,
		.val = option->letter,
	};
	set->n++;
	if (option->letter < CTL_NO_LETTER)
		(void)snprintf(set->short_forms + length,
			       sizeof(set->short_forms) - length, "%c%.*s",
			       option->letter, option->has_argument, "::");
}

static void collect_options(const struct ctl_help *help, struct option_set *ret_set)
{
	*ret_set = (struct option_set){ 0 };
	for (size_t i = 0; i < help->n_options; i++)
		add_option(ret_set, &help->options[i]);
	for (size_t i = 0; help->n_columns > 0 && i < ARRAY_SIZE(table_options); i++)
		add_option(ret_set, &table_options[i]);
	add_option(ret_set, &help_option);
}

/* "  -o, --output LIST  only these…"; a help text of several lines stays in its column. */
static void print_option(const struct ctl_option *option, int width)
{
	const char *line = option->help;
	char form[64], letter[] = "-x,";
	size_t length = strcspn(line, "\n");

	letter[1] = (char)option->letter;
	(void)snprintf(
		form, sizeof(form), "--%s%s%s%s", option->name,
		!option->argument			  ? "" :
		option->has_argument == optional_argument ? "[=" :
							    " ",
		option->argument ? option->argument : "",
		option->argument && option->has_argument == optional_argument ? "]" : "");
	printf("  %3s %-*s  %.*s\n", option->letter < CTL_NO_LETTER ? letter : "", width,
	       form, (int)length, line);
	while (line[length]) {
		line += length + 1;
		length = strcspn(line, "\n");
		printf("      %*s  %.*s\n", width, "", (int)length, line);
	}
}

/* How wide the widest form is. */
static int option_width(const struct option_set *set)
{
	size_t width = 0;

	for (size_t i = 0; i < set->n; i++) {
		const struct ctl_option *option = set->options[i];
		size_t n = strlen("--") + strlen(option->name);

		if (option->argument)
			n += strlen(option->argument) +
			     (option->has_argument == optional_argument ? 3 : 1);
		width = n > width ? n : width;
	}
	return (int)width;
}

static void print_help(const struct ctl_help *help, const struct option_set *set)
{
	int width = option_width(set);

	printf("Usage: npivctl %s\n\n%s\n\n", help->usage, help->text);
	for (size_t i = 0; i < set->n; i++)
		print_option(set->options[i], width);
	if (help->n_columns == 0)
		return;
	puts("\nColumns (* default):");
	for (size_t i = 0; i < help->n_columns; i++)
		printf(" %c %-14s %s\n", help->columns[i].place > 0 ? '*' : ' ',
		       help->columns[i].name, help->columns[i].help);
}

static bool take_table_option(int letter, struct table_options *table)
{
	switch (letter) {
	case 'J':
		table->json = true;
		return true;
	case 'n':
		table->no_headings = true;
		return true;
	case 'o':
		table->output = optarg;
		return true;
	default:
		return false;
	}
}

static bool is_own_option(const struct ctl_help *help, int letter)
{
	for (size_t i = 0; i < help->n_options; i++)
		if (help->options[i].letter == letter)
			return true;
	return false;
}

static int count_arguments(int argc, char *argv[], const struct ctl_help *help)
{
	const char *fault =
		argc - optind > help->max_arguments ? "too many arguments" :
		argc - optind < help->min_arguments ? "an argument is missing" :
						      NULL;

	if (!fault)
		return -1;
	fprintf(stderr, "%s: %s; usage: npivctl %s\n", argv[0], fault, help->usage);
	return EXIT_USAGE;
}

int ctl_parse_options(int argc, char *argv[], const struct ctl_help *help, void *context,
		      struct table_options *ret_table)
{
	struct table_options table = { 0 };
	struct option_set set;
	int c;

	assert(help);
	assert(ret_table || help->n_columns == 0);

	collect_options(help, &set);
	while ((c = getopt_long(argc, argv, set.short_forms, set.long_forms, NULL)) >=
	       0) {
		if (c == '?')
			return EXIT_USAGE;
		if (is_own_option(help, c)) {
			if (help->on_option(c, optarg, context) < 0)
				return EXIT_USAGE;
		} else if (!take_table_option(c, &table)) {
			print_help(help, &set);
			return EXIT_SUCCESS;
		}
	}

	if (ret_table)
		*ret_table = table;
	return count_arguments(argc, argv, help);
}

int ctl_verb_run(const struct ctl_verb *verb, int argc, char *argv[])
{
	char title[32];

	assert(verb);
	assert(argc > 0);

	(void)snprintf(title, sizeof(title), "npivctl %s", verb->name);
	argv[0] = title; /* what getopt begins its messages with */
	optind = 0; /* getopt(3): begin anew, with other options */
	return verb->run(argc, argv);
}

int ctl_on_tree(int letter, const char *argument, void *context)
{
	bool *is_tree = context;

	*is_tree = true;
	return 0;
}

int ctl_fail(const char *what, int r)
{
	fprintf(stderr, "npivctl: %s: %s\n", what, strerror(-r));
	return EXIT_FAILURE;
}

int ctl_fail_table(int r)
{
	return r == -EINVAL ? EXIT_USAGE : ctl_fail("cannot make a table", r);
}
