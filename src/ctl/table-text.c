// SPDX-License-Identifier: LGPL-2.1-or-later
/* A table for people, by libsmartcols: its widths are known when all lines are. */
#include <langinfo.h>
#include <locale.h>

#include "ctl/table-fit.h"
#include "ctl/table-print.h"
#include "ctl/terminal.h"
#include "lib/text.h"

/* Wider than any table: libsmartcols is to narrow none. */
#define ANY_WIDTH 100000

static int add_columns(struct table *table)
{
	for (size_t i = 0; i < table->n_shown; i++) {
		const struct table_column *column = &table->all[table->shown[i]];
		int flags = column->type == COLUMN_NUMBER ? SCOLS_FL_RIGHT :
			    column->is_tree		  ? SCOLS_FL_TREE :
							    0;

		table->columns[i] =
			scols_table_new_column(table->table, column->name, 0, flags);
		if (!table->columns[i])
			return -ENOMEM;
		table->widths[i] = strlen(column->name);
	}
	return 0;
}

int table_text_begin(struct table *table)
{
	int r;

	assert(table);

	/* Decides whether branches are of lines or of ASCII characters. */
	(void)setlocale(LC_CTYPE, "");
	table->table = scols_new_table();
	if (!table->table)
		return -ENOMEM;
	r = scols_table_enable_noheadings(table->table, table->no_headings);
	if (r >= 0)
		r = scols_table_set_termwidth(table->table, ANY_WIDTH);
	if (r >= 0 && terminal_has_color())
		r = scols_table_enable_colors(table->table, 1);
	return r < 0 ? r : add_columns(table);
}

/* The branches before a cell of the tree's column take two characters for each level. */
static size_t indentation(const struct table *table, size_t i,
			  const struct table_line *line)
{
	return table->all[table->shown[i]].is_tree ? 2 * (size_t)line->depth : 0;
}

static int add_cell(struct table *table, const struct table_line *line, size_t i)
{
	size_t column = table->shown[i], width;
	const char *text = table->cells[column] ?: "-";
	struct libscols_cell *cell;

	width = text_length(text) + indentation(table, i, line);
	if (width > table->widths[i])
		table->widths[i] = width;
	cell = scols_line_get_column_cell(line->line, table->columns[i]);
	if (!cell)
		return -ENOMEM;
	if (table->colors[column] &&
	    scols_cell_set_color(cell, table->colors[column]) < 0)
		return -ENOMEM;
	return scols_cell_set_data(cell, text);
}

int table_text_add_line(struct table *table)
{
	struct table_line *line;
	int r = 0;

	assert(table);

	line = array_grow(&table->lines, table->n_lines, sizeof(*line));
	if (!line)
		return -ENOMEM;
	*line = (struct table_line){ .depth = table->depth };
	line->line = scols_table_new_line(
		table->table, table->depth > 0 ? table->parents[table->depth - 1] : NULL);
	if (!line->line)
		return -ENOMEM;
	table->parents[table->depth] = line->line;
	for (size_t i = 0; r >= 0 && i < table->n_shown; i++)
		r = add_cell(table, line, i);
	line->note = TAKE_PTR(table->note);
	table->n_lines++;
	return r;
}

static bool is_utf8(void)
{
	return streq(nl_langinfo(CODESET), "UTF-8");
}

/* Shortens the cells of a column. */
static int shorten_column(struct table *table, size_t i, size_t width)
{
	for (size_t k = 0; k < table->n_lines; k++) {
		const struct table_line *line = &table->lines[k];
		size_t indent = indentation(table, i, line);
		struct libscols_cell *cell =
			scols_line_get_column_cell(line->line, table->columns[i]);
		char *text = table_shorten(scols_cell_get_data(cell),
					   width > indent ? width - indent : 1,
					   is_utf8());

		if (!text || scols_cell_refer_data(cell, text) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* Makes the table fit a terminal of so many columns. */
static int fit(struct table *table, size_t room)
{
	struct fit_column columns[TABLE_MAX_COLUMNS] = { 0 };
	int r = 0;

	for (size_t i = 0; i < table->n_shown; i++) {
		const struct table_column *column = &table->all[table->shown[i]];

		columns[i] = (struct fit_column){
			.width = table->widths[i],
			.least = column->least,
			.order = column->gives_way,
		};
	}
	table_fit(columns, table->n_shown, room);
	for (size_t i = 0; r >= 0 && i < table->n_shown; i++)
		if (columns[i].is_out)
			r = scols_column_set_flags(
				table->columns[i],
				scols_column_get_flags(table->columns[i]) |
					SCOLS_FL_HIDDEN);
		else if (columns[i].width < table->widths[i])
			r = shorten_column(table, i, columns[i].width);
	return r;
}

/* Whether a branch of this level goes on below a line. */
static bool branch_goes_on(const struct table *table, size_t line, unsigned level)
{
	for (size_t i = line + 1; i < table->n_lines; i++)
		if (table->lines[i].depth <= level)
			return table->lines[i].depth == level;
	return false;
}

/* Prints the problem of a line below it, with the branches that go on. */
static void print_note(const struct table *table, size_t line)
{
	char branches[(TABLE_MAX_DEPTH + 1) * sizeof("│ ")] = "";
	const char *bar = is_utf8() ? "│ " : "| ";
	unsigned depth = table->lines[line].depth;
	size_t n = 0;

	for (unsigned level = 1; level <= depth + 1; level++)
		n += (size_t)snprintf(branches + n, sizeof(branches) - n, "%s",
				      branch_goes_on(table, line, level) ? bar : "  ");
	printf("%sproblem: ", branches);
	terminal_color(TERMINAL_RED);
	terminal_print_wrapped(text_length(branches) + strlen("problem: "), branches,
			       table->lines[line].note);
	terminal_color(TERMINAL_RESET);
}

int table_text_print(struct table *table)
{
	_cleanup_free_ char *text = NULL;
	size_t room = terminal_columns();
	const char *line;
	int r = 0;

	assert(table);

	if (table->n_lines == 0)
		return 0;
	if (table->is_fitted && room > 0)
		r = fit(table, room);
	if (r >= 0)
		r = scols_print_table_to_string(table->table, &text);
	if (r < 0)
		return r;
	line = text;
	for (size_t i = table->no_headings ? 1 : 0; i <= table->n_lines && *line; i++) {
		size_t n = strcspn(line, "\n");

		printf("%.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
		if (i > 0 && table->lines[i - 1].note)
			print_note(table, i - 1);
	}
	return 0;
}
