/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of messages about input: what is wrong where, for a program to print once at its top. */
#pragma once

#include "lib/util.h"

enum message_severity {
	MESSAGE_ERROR, /* what it is about is not used */
	MESSAGE_WARNING, /* used all the same */
};

struct message {
	enum message_severity severity;
	char *file; /* as the user would name it; NULL if it is about no file */
	unsigned line; /* from 1; 0 if it is about the whole file */
	unsigned column; /* from 1; 0 if unknown */
	char *text; /* one line, no trailing dot */
};

struct messages {
	struct message *messages;
	size_t n_messages;
	bool out_of_memory; /* a message was lost */
};

/* Appends one message. Never fails: without memory it sets out_of_memory, and callers check that
 * once at the end. Control characters in the text come out as '?', so that a name from a file
 * cannot forge a line of a log. */
void messages_add(struct messages *messages, enum message_severity severity,
		  const char *file, unsigned line, const char *format, ...)
	_printf_(5, 6);

/* The same with the column, from 1. */
void messages_add_at(struct messages *messages, enum message_severity severity,
		     const char *file, unsigned line, unsigned column, const char *format,
		     ...) _printf_(6, 7);

/* How many messages of this severity there are. */
size_t messages_count(const struct messages *messages, enum message_severity severity);

/* Prints one message as compilers do, "FILE:LINE: error: TEXT", with a newline; messages_print_exact() with the
 * column where it is known, "FILE:LINE:COLUMN: error: TEXT". */
void messages_print(const struct message *message, FILE *out);
void messages_print_exact(const struct message *message, FILE *out);

void messages_done(struct messages *messages);
