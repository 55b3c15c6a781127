// SPDX-License-Identifier: LGPL-2.1-or-later
/* A table for people, by libsmartcols: its widths are known when all lines are. */
#include "ctl/table-print.h"
#include "ctl/terminal.h"

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
	}
	return 0;
}

int table_text_begin(struct table *table, bool no_headings)
{
	int r;

	table->table = scols_new_table();
	if (!table->table)
		return -ENOMEM;
	r = scols_table_enable_noheadings(table->table, no_headings);
	if (r >= 0 && terminal_has_color())
		r = scols_table_enable_colors(table->table, 1);
	return r < 0 ? r : add_columns(table);
}

static int add_cell(struct table *table, struct libscols_line *line, size_t i)
{
	size_t column = table->shown[i];
	struct libscols_cell *cell;
	int r;

	if (table->cells[column])
		r = scols_line_refer_column_data(line, table->columns[i],
						 TAKE_PTR(table->cells[column]));
	else
		r = scols_line_set_column_data(line, table->columns[i], "-");
	if (r < 0 || !table->colors[column])
		return r;
	cell = scols_line_get_column_cell(line, table->columns[i]);
	return scols_cell_set_color(cell, table->colors[column]);
}

int table_text_add_line(struct table *table)
{
	struct libscols_line *line;
	int r = 0;

	line = scols_table_new_line(
		table->table, table->depth > 0 ? table->parents[table->depth - 1] : NULL);
	if (!line)
		return -ENOMEM;
	table->parents[table->depth] = line;
	for (size_t i = 0; r >= 0 && i < table->n_shown; i++)
		r = add_cell(table, line, i);
	return r;
}

int table_text_print(struct table *table)
{
	assert(table);

	return scols_print_table(table->table);
}
