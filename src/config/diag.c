// SPDX-License-Identifier: LGPL-2.1-or-later
/* Collects messages about input, in the order in which they were found. */
#include <stdarg.h>

#include "config/diag.h"
#include "lib/text.h"

struct diag_place {
	const char *file;
	unsigned line, column;
};

_printf_(4, 0) static void add(struct diag *diag, enum diag_severity severity,
			       const struct diag_place *place, const char *format,
			       va_list args)
{
	_cleanup_free_ char *text = NULL, *name = NULL;
	const char *file = place->file;
	struct diag_message *message;
	int r;

	r = vasprintf(&text, format, args);
	if (r < 0)
		text = NULL; /* vasprintf leaves it undefined */
	if (file)
		name = strdup(file);
	message = text && (name || !file) ? array_grow(&diag->messages, diag->n_messages,
						       sizeof(*message)) :
					    NULL;
	if (!message) {
		diag->out_of_memory = true;
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
	diag->n_messages++;
}

void diag_add(struct diag *diag, enum diag_severity severity, const char *file,
	      unsigned line, const char *format, ...)
{
	const struct diag_place place = { .file = file, .line = line };
	va_list args;

	assert(diag);
	assert(format);

	va_start(args, format);
	add(diag, severity, &place, format, args);
	va_end(args);
}

void diag_add_at(struct diag *diag, enum diag_severity severity, const char *file,
		 unsigned line, unsigned column, const char *format, ...)
{
	const struct diag_place place = { .file = file, .line = line, .column = column };
	va_list args;

	assert(diag);
	assert(format);

	va_start(args, format);
	add(diag, severity, &place, format, args);
	va_end(args);
}

size_t diag_count(const struct diag *diag, enum diag_severity severity)
{
	size_t n = 0;

	assert(diag);

	for (size_t i = 0; i < diag->n_messages; i++)
		n += diag->messages[i].severity == severity;
	return n;
}

static void print(const struct diag_message *message, bool with_column, FILE *out)
{
	if (message->file)
		fprintf(out, "%s:", message->file);
	if (message->file && message->line)
		fprintf(out, "%u:", message->line);
	if (message->file && message->line && message->column && with_column)
		fprintf(out, "%u:", message->column);
	fprintf(out, "%s%s: %s\n", message->file ? " " : "",
		message->severity == DIAG_ERROR ? "error" : "warning", message->text);
}

void diag_print(const struct diag_message *message, FILE *out)
{
	assert(message);
	assert(out);

	print(message, false, out);
}

void diag_print_exact(const struct diag_message *message, FILE *out)
{
	assert(message);
	assert(out);

	print(message, true, out);
}

void diag_done(struct diag *diag)
{
	for (size_t i = 0; i < diag->n_messages; i++) {
		free(diag->messages[i].file);
		free(diag->messages[i].text);
	}
	free(diag->messages);
	*diag = (struct diag){ 0 };
}
