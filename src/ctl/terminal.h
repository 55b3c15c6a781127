/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What standard output and standard error are connected to, and the lines on stderr of what is waited for. */
#pragma once

#include "diagnose/waiting.h"

/* Whether colour may be used on stdout: it is a terminal, and NO_COLOR (no-color.org) is not set. */
bool terminal_has_color(void);

#define TERMINAL_RED   "\x1b[31m"
#define TERMINAL_GREEN "\x1b[32m"
#define TERMINAL_RESET "\x1b[0m"

/* Begins or ends a colour on stdout, where colour may be used. */
void terminal_color(const char *code);

/* How many columns stdout has; 0: it is no terminal. */
unsigned terminal_columns(void);

/* Prints the rest of a line on stdout that is column characters long already, and ends it. On a terminal a text that
 * is too long goes on in further lines, each after prefix. */
void terminal_print_wrapped(size_t column, const char *prefix, const char *text);

/* Whether a line on stderr can be written over: it is a terminal that can move its cursor. */
bool terminal_is_live(void);

/* What several things wait for. On a live terminal each has a line, which is written over; elsewhere a line is
 * written once, when a cause has held for a while (waiting_cause_is_news()). */
struct terminal_lines {
	bool is_live;
	unsigned width; /* of the terminal */
	unsigned n_before, n; /* lines on it: of the last round, of this one */
	struct waiting_cause *causes; /* one for each thing; NULL on a live terminal */
};

/* Begins for n things. Without memory nothing is shown. */
void terminal_begin(struct terminal_lines *lines, size_t n);

/* Begins a round: its lines take the place of those of the round before. */
void terminal_rewind(struct terminal_lines *lines);

/* Shows "NAME: TEXT" of thing i, cut to the width of the terminal. Beyond MAX_LINES of a round nothing is shown. */
void terminal_show(struct terminal_lines *lines, size_t i, const char *name,
		   const char *text);

/* Ends a round: erases what is left of the round before. */
void terminal_flush(struct terminal_lines *lines);

/* Erases all lines, and frees what is inside. */
void terminal_end(struct terminal_lines *lines);
