// SPDX-License-Identifier: LGPL-2.1-or-later
/* Collects messages about input, in the order in which they were found. */
#include <stdarg.h>

#include "core/diag.h"

static void mask_control_characters(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = '?';
}

void diag_add(struct diag *diag, enum diag_severity severity, const char *file, unsigned line,
	      const char *format, ...)
{
	_cleanup_free_ char *text = NULL, *name = NULL;
	struct diag_message *message;
	va_list args;
	int r;

	assert(diag);
	assert(format);

	va_start(args, format);
	r = vasprintf(&text, format, args);
	va_end(args);
	if (r < 0)
		text = NULL; /* vasprintf leaves it undefined */
	if (file)
		name = strdup(file);
	message = text && (name || !file) ?
			  array_grow(&diag->messages, diag->n_messages, sizeof(*message)) :
			  NULL;
	if (!message) {
		diag->out_of_memory = true;
		return;
	}

	mask_control_characters(text);
	if (name)
		mask_control_characters(name);
	message->severity = severity;
	message->line = line;
	message->file = TAKE_PTR(name);
	message->text = TAKE_PTR(text);
	diag->n_messages++;
}

size_t diag_count(const struct diag *diag, enum diag_severity severity)
{
	size_t n = 0;

	assert(diag);

	for (size_t i = 0; i < diag->n_messages; i++)
		n += diag->messages[i].severity == severity;
	return n;
}

void diag_print(const struct diag_message *message, FILE *out)
{
	assert(message);
	assert(out);

	if (message->file)
		fprintf(out, "%s:", message->file);
	if (message->file && message->line)
		fprintf(out, "%u:", message->line);
	if (message->file && message->line && message->column)
		fprintf(out, "%u:", message->column);
	fprintf(out, "%s%s: %s\n", message->file ? " " : "",
		message->severity == DIAG_ERROR ? "error" : "warning", message->text);
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
