// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which columns of a table a narrow terminal shows, and how wide they are. */
#include "ctl/table-fit.h"
#include "lib/text.h"

static bool fit_can_shrink(const struct fit_column *column)
{
	return !column->is_out && column->least > 0 && column->width > column->least;
}

/* How many characters are too many, also if each column is as narrow as it may be. */
static size_t fit_excess(const struct fit_column *columns, size_t n, size_t room,
			 bool is_narrowest)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		if (!columns[i].is_out)
			width += (width > 0) +
				 (is_narrowest && fit_can_shrink(&columns[i]) ?
					  columns[i].least :
					  columns[i].width);
	return width > room ? width - room : 0;
}

static struct fit_column *fit_find_order(struct fit_column *columns, size_t n,
					 unsigned order)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i].order == order)
			return &columns[i];
	return NULL;
}

static struct fit_column *fit_find_widest(struct fit_column *columns, size_t n)
{
	struct fit_column *widest = NULL;

	for (size_t i = 0; i < n; i++)
		if (fit_can_shrink(&columns[i]) &&
		    (!widest || columns[i].width > widest->width))
			widest = &columns[i];
	return widest;
}

void table_fit(struct fit_column *columns, size_t n, size_t room)
{
	struct fit_column *column;

	assert(columns || n == 0);

	for (unsigned order = 1; order <= n; order++) {
		column = fit_find_order(columns, n, order);
		if (column && fit_excess(columns, n, room, true) > 0)
			column->is_out = true;
	}
	for (unsigned order = 1; order <= n; order++) {
		column = fit_find_order(columns, n, order);
		while (column && fit_can_shrink(column) &&
		       fit_excess(columns, n, room, false) > 0)
			column->width--;
	}
	while (fit_excess(columns, n, room, false) > 0 &&
	       (column = fit_find_widest(columns, n)))
		column->width--;
}

char *table_shorten(const char *text, size_t width, bool is_utf8)
{
	const char *mark = is_utf8 ? "…" : "...";
	size_t n_mark = text_length(mark), length;
	char *copy;

	assert(text);

	if (text_length(text) <= width)
		return strdup(text);
	if (width < n_mark)
		return strndup(text, text_prefix(text, width));
	length = text_prefix(text, width - n_mark);
	return asprintf(&copy, "%.*s%s", (int)length, text, mark) < 0 ? NULL : copy;
}
