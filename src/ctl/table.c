// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tables for people by libsmartcols, and JSON for programs. */
#include <inttypes.h>
#include <stdarg.h>
#include <strings.h>

#include "lib/text.h"
#include "ctl/table-print.h"
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

bool table_has(const struct table *table, size_t column)
{
	assert(table);

	for (size_t i = 0; i < table->n_shown; i++)
		if (table->shown[i] == column)
			return true;
	return false;
}

static void show_column(struct table *table, size_t column)
{
	if (!table_has(table, column))
		table->shown[table->n_shown++] = column;
}

static void show_default_columns(struct table *table, size_t n)
{
	for (size_t i = 0; table->is_json && i < n; i++)
		if (!table->all[i].is_on_request)
			show_column(table, i);
	for (unsigned place = 1; !table->is_json && place <= n; place++)
		for (size_t i = 0; i < n; i++)
			if (table->all[i].place == place)
				show_column(table, i);
}

/* In the order of --help. */
static void report_unknown_column(const struct table *table, size_t n, const char *name,
				  size_t length)
{
	fprintf(stderr, "npivctl: there is no column '%.*s'; the columns are ",
		(int)length, name);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "%s%s", i > 0 ? ", " : "", table->all[i].name);
	fputc('\n', stderr);
}

static int show_named_columns(struct table *table, size_t n, const char *names)
{
	const char *end;

	for (;; names = end + 1) {
		size_t length = strcspn(names, ",");
		int i = find_column(table->all, n, names, length);

		if (i < 0) {
			report_unknown_column(table, n, names, length);
			return -EINVAL;
		}
		show_column(table, (size_t)i);
		end = names + length;
		if (!*end)
			return 0;
	}
}

static int show_columns(struct table *table, size_t n, const char *output)
{
	if (!output || *output == '+')
		show_default_columns(table, n);
	return output ? show_named_columns(table, n, output + (*output == '+')) : 0;
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

	*table = (struct table){
		.name = name,
		.all = columns,
		.is_json = options->json,
		.no_headings = options->no_headings,
		.is_fitted = !options->output,
		.has_notes = !options->json && !options->no_headings &&
			     (!options->output || *options->output == '+'),
		.json.out = stdout,
	};
	r = show_columns(table, n, options->output);
	if (r < 0)
		return r;
	return table->is_json ? 0 : table_text_begin(table);
}

/* Keeps the first error; once there is one, nothing is added any more. */
static void table_check(struct table *table, int r)
{
	if (r < 0 && table->error >= 0)
		table->error = r;
}

static void forget_cells(struct table *table)
{
	for (size_t i = 0; i < TABLE_MAX_COLUMNS; i++) {
		free(table->cells[i]);
		table->cells[i] = NULL;
		table->colors[i] = NULL;
	}
	free(table->note);
	table->note = NULL;
}

static bool has_tree(const struct table *table)
{
	for (size_t i = 0; i < table->n_shown; i++)
		if (table->all[table->shown[i]].is_tree)
			return true;
	return false;
}

/* The current line is complete. */
static void finish_line(struct table *table)
{
	if (table->has_line && table->is_json)
		table_json_print_cells(table);
	else if (table->has_line && table->error >= 0)
		table_check(table, table_text_add_line(table));
	forget_cells(table);
}

void table_add_child(struct table *table, unsigned depth)
{
	assert(table);

	finish_line(table);
	if (!has_tree(table))
		depth = 0;
	else if (depth >= TABLE_MAX_DEPTH)
		depth = TABLE_MAX_DEPTH - 1;
	assert(depth <= (table->has_line ? table->depth + 1 : 0));
	if (table->is_json)
		table_json_begin_line(table, depth);
	table->has_line = true;
	table->depth = depth;
}

void table_add_line(struct table *table)
{
	table_add_child(table, 0);
}

void table_set(struct table *table, size_t column, const char *text)
{
	char *cell;

	assert(table);

	if (!text || !*text || !table_has(table, column))
		return;
	cell = strdup(text);
	if (!cell) {
		table_check(table, -ENOMEM);
		return;
	}
	/* Labels, serial numbers, mount points are anybody's; libsmartcols lets some through. */
	mask_control_characters(cell);
	free(table->cells[column]);
	table->cells[column] = cell;
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
	assert(table);
	assert(color);

	table->colors[column] = color;
}

void table_set_problem(struct table *table, size_t column, const char *problem)
{
	assert(table);

	if (!problem || !*problem)
		return;
	table_set(table, column, problem);
	table_set_color(table, column, "red");
	if (!table->has_notes || table_has(table, column))
		return;
	free(table->note);
	table->note = strdup(problem);
	if (table->note)
		mask_control_characters(table->note);
	else
		table_check(table, -ENOMEM);
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
	if (table->is_json)
		table_set(table, column, is ? "1" : "0");
	else
		table_set(table, column, is ? "yes" : "no");
}

void table_set_size(struct table *table, size_t column, uint64_t bytes)
{
	char text[SIZE_TEXT_SIZE];

	if (table->is_json)
		table_set_number(table, column, bytes);
	else
		table_set(table, column, size_format(bytes, text));
}

int table_print(struct table *table)
{
	int r;

	assert(table);

	finish_line(table);
	if (table->error < 0)
		return table->error;
	if (table->is_json) {
		table_json_end(table);
	} else {
		r = table_text_print(table);
		if (r < 0)
			return r;
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : -EIO;
}

void table_done(struct table *table)
{
	forget_cells(table);
	for (size_t i = 0; i < table->n_lines; i++)
		free(table->lines[i].note);
	free(table->lines);
	scols_unref_table(table->table);
	*table = (struct table){ 0 };
}
