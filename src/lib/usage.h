/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a program whose options are --help and --version. */
#pragma once

#include <getopt.h> /* optind */

#include "lib/util.h"

/* The exit code for a wrong command line. */
enum {
	EXIT_USAGE = 2,
};

struct usage {
	const char *program;
	const char *version;
	/* "h"; "+h" if options after the first argument are not for the program; "+hV" if -V is --version. */
	const char *short_options;
	void (*print_help)(void);
};

/* Handles the options. Returns -1 if the program continues with the arguments from optind (getopt(3)) on, otherwise
 * its exit code; getopt_long(3) has then printed the error. */
int usage_read_options(const struct usage *usage, int argc, char *argv[]) _must_check_;

/* Prints the program and its version. Returns EXIT_SUCCESS. */
int usage_print_version(const struct usage *usage);

/* Prints the error of the arguments. Returns EXIT_USAGE. */
int usage_fail(const struct usage *usage, const char *what);
