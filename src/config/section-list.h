/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists the sections of a file, good or bad: for a caller that wants to remove the file. */
#pragma once

#include "lib/util.h"

/* One "[…]" line: the text between the brackets, each run of blanks as one, and its line number. */
struct section_line {
	char *text; /* "vhba web01" */
	unsigned line;
};

struct section_list {
	struct section_line *sections; /* in the order of the file */
	size_t n;
};

/* Finds every line whose first character that is not a blank is '[', even if config_add() would refuse it. Returns
 * 0 or -ENOMEM. Empty the list with section_list_done(). */
int section_list_read(const char *text, size_t size,
		      struct section_list *ret_list) _must_check_;

void section_list_done(struct section_list *list);
