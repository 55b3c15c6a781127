/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which sections a file has, good or bad: for a caller that is about to remove it. */
#pragma once

#include "lib/util.h"

/* One "[…]" line: the text between the brackets, each run of blanks as one, and its place. */
struct section_line {
	char *text; /* "vhba web01" */
	unsigned line;
};

struct section_list {
	struct section_line *sections; /* in the order of the file */
	size_t n;
};

/* Finds every line whose first character is a '[', whatever the reader thinks of it. -ENOMEM. Empty the
 * list with section_list_done(). */
int section_list_read(const char *text, size_t size,
		      struct section_list *ret_list) _must_check_;

void section_list_done(struct section_list *list);
