// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads a file: passes it line by line to inih, which finds keys and values.
 *
 * inih 55, as distributions build it, splits a line of more than 199 bytes and reads its tail as a separate line,
 * takes an indented line for one more value of the last key, truncates the names of sections to 49 bytes, and
 * reports neither line numbers nor sections that are repeated, empty or not closed. So each line is checked before
 * it is passed to inih: headers are read here, and a line that inih would misread is reported and left out. */
#include <ini.h>

#include "config/section.h"
#include "lib/limits.h"
#include "lib/text.h"

#define BOM "\xef\xbb\xbf"

struct text_reader {
	struct config_reader base;
	const char *next, *end;
	bool had_section; /* a header was read; if section is NULL, its section is skipped */
};

static bool is_comment(const char *line)
{
	line += strspn(line, CONFIG_BLANKS);
	return !*line || strchr(CONFIG_COMMENT_MARKS, *line);
}

/* Returns what is wrong with the form of a line that is no header; NULL if inih finds a pair in it. */
static const char *line_fault(const char *line)
{
	const char *sign = line;

	if (text_has_control_but(line, "\t"))
		return "there is a control character in this line";
	if (strchr(CONFIG_BLANKS, *line))
		return "continuation lines are not supported: a key begins at the start of its line";
	if (*line == '=')
		return "there is no key before '='";
	/* inih accepts ':' as '=', and would take half of a WWN for the key if the '=' is missing. A comment can
	 * begin after a blank. */
	while (*sign && !strchr("=:", *sign) &&
	       !(*sign == ';' && strchr(CONFIG_BLANKS, sign[-1])))
		sign++;
	return *sign == '=' ? NULL : "this line is not 'key = value'";
}

/* Refuses a line that is too long; line has only its beginning. */
static void reader_refuse_line(struct text_reader *text, const char *line)
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

/* Copies the next line, without its line end, to a buffer of max bytes and a NUL. Returns false if it is longer;
 * the buffer then has only its beginning. */
static bool reader_take_line(struct text_reader *text, size_t max, char *line)
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

/* Finds the columns of the key, or the header, and of the value. */
static void reader_find_columns(struct config_reader *reader, const char *line)
{
	size_t key = strspn(line, CONFIG_BLANKS), value = strcspn(line, "=");

	if (line[value])
		value += 1 + strspn(line + value + 1, CONFIG_BLANKS);
	reader->at.column = (unsigned)key + 1;
	reader->value_column = (unsigned)value + 1;
}

/* Whether a line before the next header has the key host. */
static bool reader_finds_hosts(const struct text_reader *text)
{
	const char *line = text->next;

	while (line < text->end && *line != '[') {
		const char *newline = memchr(line, '\n', (size_t)(text->end - line));
		const char *end = newline ? newline : text->end;

		if (end - line > (ptrdiff_t)strlen("host") &&
		    memcmp(line, "host", strlen("host")) == 0 &&
		    strchr(CONFIG_BLANKS "=", line[strlen("host")]))
			return true;
		line = newline ? newline + 1 : text->end;
	}
	return false;
}

/* Whether inih is to read this line. Opens the section of a header; reports a fault. */
static bool reader_check_line(struct text_reader *text, char *line)
{
	struct config_reader *reader = &text->base;
	const char *fault;

	if (is_comment(line))
		return true;
	reader_find_columns(reader, line);
	if (line[strspn(line, CONFIG_BLANKS)] == '[') {
		text->had_section = true;
		reader->names_hosts = reader_finds_hosts(text);
		config_section_read(reader, line);
		return false;
	}
	if (!text->had_section) {
		config_error(reader, "this line is before the first [section]");
		text->had_section = true; /* report it only once */
	}
	if (!reader->section)
		return false;
	fault = line_fault(line);
	if (fault)
		config_error(reader, "%s", fault);
	return !fault;
}

/* An ini_reader: returns the next line, empty if inih is not to read it. */
static char *reader_next_line(char *buf, int size, void *userdata)
{
	struct text_reader *text = userdata;
	size_t max = NPIV_CONFIG_LINE_MAX;

	if (text->base.r < 0 || text->next == text->end)
		return NULL;
	/* inih may be built with shorter lines. */
	if ((size_t)size < max + sizeof("\n"))
		max = (size_t)size - sizeof("\n");
	if (!reader_take_line(text, max, buf)) {
		reader_refuse_line(text, buf);
		*buf = '\0';
	} else if (!reader_check_line(text, buf)) {
		*buf = '\0';
	}
	memcpy(buf + strlen(buf), "\n", sizeof("\n"));
	return buf;
}

/* An ini_handler. */
static int reader_take_pair(void *userdata, const char *section, const char *key,
			    const char *value)
{
	struct text_reader *text = userdata;

	config_key_assign(&text->base, key, value);
	return 1;
}

/* --- files ----------------------------------------------------------------------------------- */

/* Refuses a file with NUL bytes: it is not text, or it is UTF-16. */
static bool reader_refuse_nul(struct config_reader *reader,
			      const struct config_source *source)
{
	const char *nul = memchr(source->text, '\0', source->size);

	if (!nul)
		return false;
	reader->at.line = 1;
	for (const char *p = source->text; p < nul; p++)
		reader->at.line += *p == '\n';
	config_error(
		reader,
		"there is a NUL byte, so this is not a text file; refusing all of it");
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
	if (source->size == 0 || reader_refuse_nul(reader, source))
		return reader->r;

	text.next = source->text;
	text.end = source->text + source->size;
	if (source->size >= strlen(BOM) && memcmp(text.next, BOM, strlen(BOM)) == 0)
		text.next += strlen(BOM);
	/* inih's buffer is on the heap, unless it was built otherwise. It accepts every line that it gets. */
	if (ini_parse_stream(reader_next_line, &text, reader_take_pair, &text) < 0 &&
	    reader->r == 0)
		reader->r = -ENOMEM;
	return reader->r;
}
