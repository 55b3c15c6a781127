/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables: for people by libsmartcols, for programs as JSON, both as lsblk prints them. */
#pragma once

#include <libsmartcols/libsmartcols.h>

#include "lib/json.h"

enum column_type {
	COLUMN_TEXT,
	COLUMN_NUMBER,
	COLUMN_BOOLEAN, /* cells are "0" and "1" */
};

struct table_column {
	const char *name; /* as --output takes it, and in small letters the key in JSON */
	const char *help;
	enum column_type type;
	unsigned place; /* among the default columns for people, from 1; 0: it is none */
	bool is_on_request; /* in JSON only where it is asked for */
	bool is_tree; /* lines hang below each other in it */
	/* On a terminal that is too narrow: least and order of struct fit_column. */
	unsigned least, gives_way;
};

struct table_options {
	bool json, no_headings;
	const char *
		output; /* "NAME,POOL"; "+X,Y": the default and these; NULL: the default */
};

#define TABLE_MAX_COLUMNS 32U

#define TABLE_MAX_DEPTH 40U

struct table_line {
	struct libscols_line *line;
	unsigned depth;
	char *note; /* below it; NULL: none */
};

struct table {
	const char *name;
	const struct table_column *all;
	size_t shown[TABLE_MAX_COLUMNS], n_shown; /* indexes of all, in order */
	bool is_json, no_headings;
	bool is_fitted; /* to the terminal, if there is one */
	bool has_notes;
	/* The current line, until the next one begins. */
	bool has_line;
	unsigned depth;
	char *cells[TABLE_MAX_COLUMNS]; /* by indexes of all, as those that follow; NULL: not set */
	const char *colors[TABLE_MAX_COLUMNS];
	char *note;
	struct json json; /* what was printed of it: memory for one line is enough */
	struct libscols_table *table; /* for people: its widths are known at the end */
	struct libscols_column *columns[TABLE_MAX_COLUMNS]; /* in the order of shown */
	size_t widths[TABLE_MAX_COLUMNS]; /* of the widest cell or the heading, likewise */
	struct table_line *lines;
	size_t n_lines;
	struct libscols_line *parents[TABLE_MAX_DEPTH]; /* the last line of each depth */
	int error; /* the first one of adding lines and cells; table_print() returns it */
};

/* Makes a table of those columns that the options ask for; name is its key in JSON. An unknown column
 * is named on stderr: -EINVAL. -ENOMEM. Free it with table_done(). */
int table_init(struct table *table, const char *name, const struct table_column *columns,
	       size_t n, const struct table_options *options) _must_check_;

/* Whether a column, by its index, is shown. */
bool table_has(const struct table *table, size_t column);

/* Begins the next line. Its cells show "-" until they are set, in JSON they are null. Lines and cells are added
 * without checks: after an error nothing is added, and table_print() returns the error. */
void table_add_line(struct table *table);

/* Begins a line below the last one that is less deep by 1; 0 is the top. In a table that shows a column with is_tree
 * the line is a branch, in JSON one of the children. What is deeper than TABLE_MAX_DEPTH stays at that depth. */
void table_add_child(struct table *table, unsigned depth);

/* Sets a cell of the current line; NULL and "" leave it as it is. The text can be anybody's: it goes through
 * mask_control_characters(). Does nothing if the column is not shown. */
void table_set(struct table *table, size_t column, const char *text);
void table_set_format(struct table *table, size_t column, const char *format, ...)
	_printf_(3, 4);

/* "0x…"; nothing for a name that is 0 or unset. */
void table_set_wwn(struct table *table, size_t column, uint64_t wwn);

/* "host7"; nothing for HOST_NONE. */
void table_set_host(struct table *table, size_t column, uint32_t host);

void table_set_number(struct table *table, size_t column, uint64_t number);
void table_set_bool(struct table *table, size_t column, bool is);

/* Bytes, for people in larger units. */
void table_set_size(struct table *table, size_t column, uint64_t bytes);

/* Colours a cell of the current line ("red", "green"), on a terminal alone. */
void table_set_color(struct table *table, size_t column, const char *color);

/* Sets the cell of a column for problems, in red. Where that column is not shown, the problem has a line of its own
 * below the current line: for people alone, and neither without headings nor where the options name all columns, as
 * in scripts. NULL and "": there is none. */
void table_set_problem(struct table *table, size_t column, const char *problem);

/* Prints it to stdout; JSON was printed line by line, and ends here. Returns the first error of adding lines and cells (-ENOMEM), or -EIO if stdout could not be
 * written. */
int table_print(struct table *table) _must_check_;

void table_done(struct table *table);
