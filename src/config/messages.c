// SPDX-License-Identifier: LGPL-2.1-or-later
/* Collects messages about input, in the order in which they were found. */
#include <stdarg.h>

#include "config/messages.h"
#include "lib/text.h"

struct messages_place {
	const char *file;
	unsigned line, column;
};

_printf_(4, 0) static void message_add(struct messages *messages,
				       enum message_severity severity,
				       const struct messages_place *place,
				       const char *format, va_list args)
{
	_cleanup_free_ char *text = NULL, *name = NULL;
	const char *file = place->file;
	struct message *message;
	int r;

	r = vasprintf(&text, format, args);
	if (r < 0)
		text = NULL; /* vasprintf leaves it undefined */
	if (file)
		name = strdup(file);
	message = text && (name || !file) ?
			  array_grow(&messages->messages, messages->n_messages,
				     sizeof(*message)) :
			  NULL;
	if (!message) {
		messages->out_of_memory = true;
		return;
	}

	mask_control_characters(text);
	if (name)
		mask_control_characters(name);
	message->severity = severity;
	message->line = place->line;
	message->column = place->column;
	message->file = TAKE_PTR(name);
	message->text = TAKE_PTR(text);
	messages->n_messages++;
}

void messages_add(struct messages *messages, enum message_severity severity,
		  const char *file, unsigned line, const char *format, ...)
{
	const struct messages_place place = { .file = file, .line = line };
	va_list args;

	assert(messages);
	assert(format);

	va_start(args, format);
	message_add(messages, severity, &place, format, args);
	va_end(args);
}

void messages_add_at(struct messages *messages, enum message_severity severity,
		     const char *file, unsigned line, unsigned column, const char *format,
		     ...)
{
	const struct messages_place place = { .file = file,
					      .line = line,
					      .column = column };
	va_list args;

	assert(messages);
	assert(format);

	va_start(args, format);
	message_add(messages, severity, &place, format, args);
	va_end(args);
}

size_t messages_count(const struct messages *messages, enum message_severity severity)
{
	size_t n = 0;

	assert(messages);

	for (size_t i = 0; i < messages->n_messages; i++)
		n += messages->messages[i].severity == severity;
	return n;
}

static void message_print(const struct message *message, bool with_column, FILE *out)
{
	if (message->file)
		fprintf(out, "%s:", message->file);
	if (message->file && message->line)
		fprintf(out, "%u:", message->line);
	if (message->file && message->line && message->column && with_column)
		fprintf(out, "%u:", message->column);
	fprintf(out, "%s%s: %s\n", message->file ? " " : "",
		message->severity == MESSAGE_ERROR ? "error" : "warning", message->text);
}

void messages_print(const struct message *message, FILE *out)
{
	assert(message);
	assert(out);

	message_print(message, false, out);
}

void messages_print_exact(const struct message *message, FILE *out)
{
	assert(message);
	assert(out);

	message_print(message, true, out);
}

void messages_done(struct messages *messages)
{
	for (size_t i = 0; i < messages->n_messages; i++) {
		free(messages->messages[i].file);
		free(messages->messages[i].text);
	}
	free(messages->messages);
	*messages = (struct messages){ 0 };
}
