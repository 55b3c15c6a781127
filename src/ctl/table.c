// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tables for people and JSON for programs, both by libsmartcols. */
#include <inttypes.h>
#include <stdarg.h>
#include <strings.h>

#include "lib/text.h"
#include "ctl/table.h"
#include "ctl/terminal.h"
#include "fc/inventory.h"
#include "lib/size.h"
#include "fc/wwn.h"

/* The index of a column that a part of --output names; -1: there is none of that name. */
static int find_column(const struct table_column *columns, size_t n, const char *name,
		       size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(columns[i].name) == length &&
		    strncasecmp(columns[i].name, name, length) == 0)
			return (int)i;
	return -1;
}

static int add_column(struct table *table, const struct table_column *column,
		      size_t index)
{
	static const int json_types[] = {
		[COLUMN_TEXT] = SCOLS_JSON_STRING,
		[COLUMN_NUMBER] = SCOLS_JSON_NUMBER,
		[COLUMN_BOOLEAN] = SCOLS_JSON_BOOLEAN,
	};
	int flags = column->type == COLUMN_NUMBER ? SCOLS_FL_RIGHT :
		    column->is_tree		  ? SCOLS_FL_TREE :
						    0;

	if (table->columns[index])
		return 0; /* named twice */
	table->columns[index] =
		scols_table_new_column(table->table, column->name, 0, flags);
	if (!table->columns[index])
		return -ENOMEM;
	return scols_column_set_json_type(table->columns[index],
					  json_types[column->type]);
}

static int add_default_columns(struct table *table, const struct table_column *columns,
			       size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int r;

		if (table->json ? columns[i].is_costly : !columns[i].is_default)
			continue;
		r = add_column(table, &columns[i], i);
		if (r < 0)
			return r;
	}
	return 0;
}

static int add_named_columns(struct table *table, const struct table_column *columns,
			     size_t n, const char *names)
{
	const char *end;

	for (;; names = end + 1) {
		size_t length = strcspn(names, ",");
		int i, r;

		i = find_column(columns, n, names, length);
		if (i < 0) {
			fprintf(stderr,
				"npivctl: unknown column '%.*s'; --help lists them\n",
				(int)length, names);
			return -EINVAL;
		}
		r = add_column(table, &columns[i], (size_t)i);
		if (r < 0)
			return r;
		end = names + length;
		if (!*end)
			return 0;
	}
}

static int add_columns(struct table *table, const struct table_column *columns, size_t n,
		       const char *output)
{
	int r = 0;

	if (!output || *output == '+')
		r = add_default_columns(table, columns, n);
	if (r >= 0 && output)
		r = add_named_columns(table, columns, n, output + (*output == '+'));
	return r;
}

int table_init(struct table *table, const char *name, const struct table_column *columns,
	       size_t n, const struct table_options *options)
{
	int r;

	assert(table);
	assert(name);
	assert(columns);
	assert(n <= TABLE_MAX_COLUMNS);
	assert(options);

	*table = (struct table){ .json = options->json };
	table->table = scols_new_table();
	if (!table->table)
		return -ENOMEM;
	r = scols_table_set_name(table->table, name);
	if (r >= 0)
		r = scols_table_enable_json(table->table, options->json);
	if (r >= 0)
		r = scols_table_enable_noheadings(table->table, options->no_headings);
	if (r >= 0 && terminal_has_color())
		r = scols_table_enable_colors(table->table, 1);
	if (r >= 0)
		r = add_columns(table, columns, n, options->output);
	return r;
}

bool table_has(const struct table *table, size_t column)
{
	assert(table);

	return table->columns[column] != NULL;
}

/* Keeps the first error; once there is one, nothing is added any more. */
static void table_check(struct table *table, int r)
{
	if (r < 0 && table->error >= 0)
		table->error = r;
}

static void table_set_cell(struct table *table, size_t column, const char *text)
{
	if (table->error >= 0 && table->columns[column])
		table_check(table, scols_line_set_column_data(
					   table->line, table->columns[column], text));
}

void table_add_child(struct table *table, struct libscols_line *parent)
{
	assert(table);

	if (table->error < 0)
		return;
	table->line = scols_table_new_line(table->table, parent);
	if (!table->line)
		table_check(table, -ENOMEM);
	for (size_t i = 0; !table->json && i < TABLE_MAX_COLUMNS; i++)
		table_set_cell(table, i, "-");
}

void table_add_line(struct table *table)
{
	table_add_child(table, NULL);
}

void table_set(struct table *table, size_t column, const char *text)
{
	_cleanup_free_ char *masked = NULL;

	assert(table);

	if (!table->columns[column] || !text || !*text)
		return;
	masked = strdup(text);
	if (!masked) {
		table_check(table, -ENOMEM);
		return;
	}
	/* Labels, serial numbers, mount points are anybody's; libsmartcols lets some through, and all in JSON. */
	mask_control_characters(masked);
	table_set_cell(table, column, masked);
}

void table_set_format(struct table *table, size_t column, const char *format, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list ap;
	int r;

	va_start(ap, format);
	r = vasprintf(&text, format, ap);
	va_end(ap);
	if (r < 0) {
		text = NULL;
		table_check(table, -ENOMEM);
		return;
	}
	table_set(table, column, text);
}

void table_set_color(struct table *table, size_t column, const char *color)
{
	struct libscols_cell *cell;

	assert(table);
	assert(color);

	if (table->error < 0 || !table->columns[column])
		return;
	cell = scols_line_get_column_cell(table->line, table->columns[column]);
	table_check(table, cell ? scols_cell_set_color(cell, color) : -EINVAL);
}

void table_set_wwn(struct table *table, size_t column, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	if (wwn_is_usable(wwn))
		table_set(table, column, wwn_format(wwn, text));
}

void table_set_host(struct table *table, size_t column, uint32_t host)
{
	if (host != HOST_NONE)
		table_set_format(table, column, "host%" PRIu32, host);
}

void table_set_number(struct table *table, size_t column, uint64_t number)
{
	table_set_format(table, column, "%" PRIu64, number);
}

void table_set_bool(struct table *table, size_t column, bool is)
{
	if (table->json)
		table_set(table, column, is ? "1" : "0");
	else
		table_set(table, column, is ? "yes" : "no");
}

void table_set_size(struct table *table, size_t column, uint64_t bytes)
{
	char text[SIZE_TEXT_SIZE];

	if (table->json)
		table_set_number(table, column, bytes);
	else
		table_set(table, column, size_format(bytes, text));
}

int table_print(struct table *table)
{
	int r;

	assert(table);

	if (table->error < 0)
		return table->error;
	r = scols_print_table(table->table);
	if (r < 0)
		return r;
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : -EIO;
}

void table_done(struct table *table)
{
	scols_unref_table(table->table);
	*table = (struct table){ 0 };
}
