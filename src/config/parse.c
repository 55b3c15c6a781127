// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads one file's text line by line: inih takes "key = value" apart, all else is looked at here.
 *
 * inih 55, as distributions build it, splits a line of more than 199 bytes and reads its tail as a
 * line of its own, cuts section names at 49 bytes, takes an indented line for one more value of the
 * last key, and tells a caller neither line numbers nor repeated or unclosed sections. So it gets to
 * see only lines in which it cannot err, one at a time; sections are told apart before it. */
#include <ini.h>
#include <stdarg.h>

#include "config/build.h"
#include "lib/limits.h"
#include "lib/text.h"

/* A file that is no configuration at all shall not fill the log. */
#define FILE_MESSAGES_MAX 50

#define BOM	      "\xef\xbb\xbf"
#define FAULT_NO_PAIR "this is no 'key = value' line"

struct text_reader {
	struct config_reader base;
	const char *next, *end;
	bool had_section; /* and where section is NULL, it is one that is skipped */
	bool is_pending; /* inih has a line and has not called back about it */
};

_printf_(3, 0) static void add_message(struct config_reader *reader,
				       enum message_severity severity, const char *format,
				       va_list args)
{
	/* Counted apart, so that many warnings leave room for the one error. */
	unsigned *n = &reader->n_messages[severity];
	_cleanup_free_ char *text = NULL;

	if (*n > FILE_MESSAGES_MAX)
		return;
	if ((*n)++ == FILE_MESSAGES_MAX) {
		messages_add_at(reader->messages, severity, reader->at.file,
				reader->at.line, 0,
				"there are more %s in this file than these %d",
				severity == MESSAGE_ERROR ? "errors" : "warnings",
				FILE_MESSAGES_MAX);
		return;
	}

	if (vasprintf(&text, format, args) < 0) {
		text = NULL;
		reader->r = -ENOMEM;
		return;
	}
	messages_add_at(reader->messages, severity, reader->at.file, reader->at.line,
			reader->at.column, "%s", text);
}

void config_error(struct config_reader *reader, const char *format, ...)
{
	va_list args;

	if (reader->section && reader->section->kind != SECTION_DEFAULTS)
		reader->section->is_bad = true;
	va_start(args, format);
	add_message(reader, MESSAGE_ERROR, format, args);
	va_end(args);
}

void config_warning(struct config_reader *reader, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_message(reader, MESSAGE_WARNING, format, args);
	va_end(args);
}

static bool is_comment(const char *line)
{
	line += strspn(line, CONFIG_BLANKS);
	return !*line || strchr(CONFIG_COMMENT_MARKS, *line);
}

/* What is wrong with the form of a line that is no header; NULL: nothing. */
static const char *line_fault(const char *line)
{
	if (text_has_control_but(line, "\t"))
		return "there is a control character in this line";
	if (strchr(CONFIG_BLANKS, *line))
		return "continuation lines are not supported: a key begins at the start of its line";
	if (*line == '=')
		return "there is no key before '='";
	/* inih takes ':' for '=', and so half of a WWN for the key where the '=' was forgotten. */
	if (line[strcspn(line, "=:")] != '=')
		return FAULT_NO_PAIR;
	return NULL;
}

/* An overlong line is known by its beginning alone. */
static void refuse_long_line(struct text_reader *text, const char *line)
{
	struct config_reader *reader = &text->base;

	reader->at.column = NPIV_CONFIG_LINE_MAX + 1;
	if (is_comment(line)) {
		config_warning(reader,
			       "this comment is longer than %u bytes, ignoring it",
			       NPIV_CONFIG_LINE_MAX);
		return;
	}
	if (line[strspn(line, CONFIG_BLANKS)] == '[')
		reader->section = NULL;
	else if (text->had_section && !reader->section)
		return;
	text->had_section = true;
	config_error(reader, "this line is longer than %u bytes", NPIV_CONFIG_LINE_MAX);
}

/* Copies the next line, without its end, into room for max bytes and a NUL. False where it is
 * longer; then its beginning alone is there. */
static bool take_line(struct text_reader *text, size_t max, char *line)
{
	const char *start = text->next, *newline;
	size_t n = (size_t)(text->end - start);

	newline = memchr(start, '\n', n);
	if (newline)
		n = (size_t)(newline - start);
	text->next = newline ? newline + 1 : text->end;
	text->base.at.line++;
	text->base.at.column = 0;

	if (n > 0 && start[n - 1] == '\r')
		n--;
	memcpy(line, start, n < max ? n : max);
	line[n < max ? n : max] = '\0';
	return n <= max;
}

/* Where the key, or the header, and where the value begins. */
static void find_columns(struct config_reader *reader, const char *line)
{
	size_t key = strspn(line, CONFIG_BLANKS), value = strcspn(line, "=");

	if (line[value])
		value += 1 + strspn(line + value + 1, CONFIG_BLANKS);
	reader->at.column = (unsigned)key + 1;
	reader->value_column = (unsigned)value + 1;
}

/* Whether inih shall take this line apart. All else is dealt with here. */
static bool wants_inih(struct text_reader *text, char *line)
{
	struct config_reader *reader = &text->base;
	const char *fault;

	if (is_comment(line))
		return false;
	find_columns(reader, line);
	if (line[strspn(line, CONFIG_BLANKS)] == '[') {
		text->had_section = true;
		config_section_read(reader, line);
		return false;
	}
	if (!text->had_section) {
		config_error(reader, "this line stands before any [section]");
		text->had_section = true; /* said once, that is enough */
	}
	if (!reader->section)
		return false;
	fault = line_fault(line);
	if (fault)
		config_error(reader, "%s", fault);
	return !fault;
}

/* A line that inih kept silent about is one that it did not understand. */
static void finish_line(struct text_reader *text)
{
	if (text->is_pending)
		config_error(&text->base, "%s", FAULT_NO_PAIR);
	text->is_pending = false;
}

/* An ini_reader: gives inih one line a call, empty where there is nothing in it for inih. */
static char *next_line(char *buf, int size, void *userdata)
{
	char line[NPIV_CONFIG_LINE_MAX + 1];
	struct text_reader *text = userdata;
	size_t max = NPIV_CONFIG_LINE_MAX;

	finish_line(text);
	if (text->base.r < 0 || text->next == text->end)
		return NULL;

	if ((size_t)size <
	    max + sizeof("\n")) /* an inih that was built with shorter lines */
		max = (size_t)size - sizeof("\n");
	if (!take_line(text, max, line))
		refuse_long_line(text, line);
	else
		text->is_pending = wants_inih(text, line);
	(void)snprintf(buf, (size_t)size, "%s\n", text->is_pending ? line : "");
	return buf;
}

/* An ini_handler. */
static int on_pair(void *userdata, const char *section, const char *key,
		   const char *value)
{
	struct text_reader *text = userdata;

	text->is_pending = false;
	config_key_assign(&text->base, key, value);
	return 1;
}

/* --- files ----------------------------------------------------------------------------------- */

/* Refuses a file with NUL bytes: it is not text, or text in UTF-16. */
static bool has_nul(struct config_reader *reader, const struct config_source *source)
{
	const char *nul = memchr(source->text, '\0', source->size);

	if (!nul)
		return false;
	reader->at.line = 1;
	for (const char *p = source->text; p < nul; p++)
		reader->at.line += *p == '\n';
	config_error(reader,
		     "there is a NUL byte: this is no text file, refusing all of it");
	return true;
}

int config_add(struct config *config, const struct config_source *source,
	       struct messages *messages)
{
	struct text_reader text = { 0 };
	struct config_reader *reader = &text.base;

	assert(config);
	assert(source);
	assert(messages);

	reader->messages = messages;
	reader->build = config_build_get(config);
	if (!reader->build)
		return -ENOMEM;
	reader->at.file = config_build_file(reader->build, source->path);
	if (!reader->at.file)
		return -ENOMEM;
	if (!source->is_dropin)
		reader->build->group = reader->at.file;
	if (source->size == 0 || has_nul(reader, source))
		return reader->r;

	text.next = source->text;
	text.end = source->text + source->size;
	if (source->size >= strlen(BOM) && memcmp(text.next, BOM, strlen(BOM)) == 0)
		text.next += strlen(BOM);
	(void)ini_parse_stream(next_line, &text, on_pair, &text);
	return reader->r;
}
