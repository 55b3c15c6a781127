/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which columns of a table a narrow terminal shows, and how wide they are. */
#pragma once

#include "lib/util.h"

struct fit_column {
	size_t width; /* in characters: of its widest cell; table_fit() makes it the width that is left */
	size_t least; /* its cells may be shortened to this; 0: they may not be shortened */
	unsigned order; /* in which columns are left out, 1 first, each its own; 0: it is never left out */
	bool is_out;
};

/* Makes the columns, with a blank between two of them, as narrow as room, if that can be done. Leaves out as few as that
 * takes; then shortens first those that would be left out next, and at last the widest. */
void table_fit(struct fit_column *columns, size_t n, size_t room);

/* A copy of a text with at most width characters, of which the last is the mark "…" if something was cut off; in ASCII
 * the last three are "...". NULL without memory. The caller frees. */
char *table_shorten(const char *text, size_t width, bool is_utf8);
