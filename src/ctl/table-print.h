/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two forms of a table. For table.c alone. */
#pragma once

#include "ctl/table.h"

/* For people. Lines are kept until all are printed. -ENOMEM. */
int table_text_begin(struct table *table) _must_check_;

/* Adds the current line; takes its note. */
int table_text_add_line(struct table *table) _must_check_;

/* A table of default columns is made as narrow as the terminal. */
int table_text_print(struct table *table) _must_check_;

/* JSON. Begins a line; the one before has its cells, and is the parent if it is less deep. */
void table_json_begin_line(struct table *table, unsigned depth);

/* Prints the cells of the current line, without its end: it may have children. */
void table_json_print_cells(struct table *table);

/* Ends the current line, if any, and the table. */
void table_json_end(struct table *table);
