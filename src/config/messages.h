/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of messages about input: each says what is wrong and where. The top level of a program prints them
 * once. */
#pragma once

#include "lib/util.h"

enum message_severity {
	MESSAGE_ERROR, /* the subject of the message is not used */
	MESSAGE_WARNING, /* the subject is used nevertheless */
};

struct message {
	enum message_severity severity;
	char *file; /* the path for the user; NULL if it is not about a file */
	unsigned line; /* from 1; 0 if it is about the whole file */
	unsigned column; /* from 1; 0 if not known */
	char *text; /* one line, no trailing dot */
};

struct messages {
	struct message *messages;
	size_t n_messages;
	bool out_of_memory; /* a message was lost */
};

/* Appends one message. Never fails: if out of memory it sets out_of_memory, and callers check that once at the end.
 * Control characters in the text become '?', so that a name from a file cannot forge a line of a log. */
void messages_add(struct messages *messages, enum message_severity severity,
		  const char *file, unsigned line, const char *format, ...)
	_printf_(5, 6);

/* Appends one message with a column, which starts at 1. */
void messages_add_at(struct messages *messages, enum message_severity severity,
		     const char *file, unsigned line, unsigned column, const char *format,
		     ...) _printf_(6, 7);

/* Returns the number of messages of this severity. */
size_t messages_count(const struct messages *messages, enum message_severity severity);

/* Print one message like compilers, "FILE:LINE: error: TEXT", with a newline; messages_print_exact() adds the
 * column if it is known, "FILE:LINE:COLUMN: error: TEXT". */
void messages_print(const struct message *message, FILE *out);
void messages_print_exact(const struct message *message, FILE *out);

void messages_done(struct messages *messages);
