// SPDX-License-Identifier: LGPL-2.1-or-later
/* A table as JSON, printed line by line: no more than one line is in memory. */
#include <ctype.h>

#include "ctl/table-print.h"

void table_json_print_cells(struct table *table)
{
	for (size_t i = 0; i < table->n_shown; i++) {
		const struct table_column *column = &table->all[table->shown[i]];
		const char *cell = table->cells[table->shown[i]];
		char key[32];
		size_t n;

		for (n = 0; n < sizeof(key) - 1 && column->name[n]; n++)
			key[n] = (char)tolower((unsigned char)column->name[n]);
		key[n] = '\0';
		if (!cell || column->type == COLUMN_TEXT)
			json_text(&table->json, key, cell);
		else if (column->type == COLUMN_NUMBER)
			json_number(&table->json, key, strtoull(cell, NULL, 10));
		else
			json_bool(&table->json, key, *cell == '1');
	}
}

static void begin(struct table *table)
{
	json_begin_object(&table->json, NULL);
	json_begin_array(&table->json, table->name);
}

void table_json_begin_line(struct table *table, unsigned depth)
{
	struct json *json = &table->json;

	if (!table->has_line || depth > table->depth) {
		if (table->has_line)
			json_begin_array(json, "children");
		else
			begin(table);
		json_begin_object(json, NULL);
		return;
	}
	for (unsigned i = depth; i < table->depth; i++) {
		json_end_object(json);
		json_end_array(json);
	}
	json_next_object(json);
}

void table_json_end(struct table *table)
{
	struct json *json = &table->json;

	if (!table->has_line) {
		begin(table);
		/* An empty line, as libsmartcols has it. */
		fputc('\n', stdout);
		json->has_members = true;
	}
	for (unsigned i = 0; table->has_line && i <= table->depth; i++) {
		json_end_object(json);
		if (i < table->depth)
			json_end_array(json);
	}
	json_end_array(json);
	json_end_object(json);
}
