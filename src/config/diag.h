/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of messages about input: what is wrong where, for a program to print once at its top. */
#pragma once

#include "lib/util.h"

enum diag_severity {
	DIAG_ERROR, /* what it is about is not used */
	DIAG_WARNING, /* used all the same */
};

struct diag_message {
	enum diag_severity severity;
	char *file; /* as the user would name it; NULL where it is about no file */
	unsigned line; /* from 1; 0 where it is about the whole file */
	unsigned column; /* from 1; 0 where unknown */
	char *text; /* one line, no trailing dot */
};

struct diag {
	struct diag_message *messages;
	size_t n_messages;
	bool out_of_memory; /* a message was lost */
};

/* Appends one message. Never fails: without memory it sets out_of_memory, and callers check that
 * once at the end. Control characters in the text come out as '?', so that a name from a file
 * cannot forge a line of a log. */
void diag_add(struct diag *diag, enum diag_severity severity, const char *file,
	      unsigned line, const char *format, ...) _printf_(5, 6);

/* The same with the column, from 1. */
void diag_add_at(struct diag *diag, enum diag_severity severity, const char *file,
		 unsigned line, unsigned column, const char *format, ...) _printf_(6, 7);

/* How many messages of this severity there are. */
size_t diag_count(const struct diag *diag, enum diag_severity severity);

/* Prints one message as compilers do, "FILE:LINE: error: TEXT", with a newline; diag_print_exact() with the
 * column where it is known, "FILE:LINE:COLUMN: error: TEXT". */
void diag_print(const struct diag_message *message, FILE *out);
void diag_print_exact(const struct diag_message *message, FILE *out);

void diag_done(struct diag *diag);
