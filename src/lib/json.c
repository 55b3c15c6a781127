// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes JSON (RFC 8259) as a stream: commas, indentation, escapes. */
#include <inttypes.h>
#include <stdarg.h>

#include "lib/json.h"
#include "lib/text.h"

#define INDENT 3 /* like libsmartcols */

static void begin_line(const struct json *json)
{
	if (!json->is_compact)
		fprintf(json->out, "\n%*s", (int)json->depth * INDENT, "");
}

static void begin_member(struct json *json, const char *key)
{
	if (json->has_members)
		fputc(',', json->out);
	json->has_members = true;
	if (json->depth > 0)
		begin_line(json);
	if (key)
		fprintf(json->out, json->is_compact ? "\"%s\":" : "\"%s\": ", key);
}

static void json_begin(struct json *json, const char *key, char bracket)
{
	begin_member(json, key);
	fputc(bracket, json->out);
	json->depth++;
	json->has_members = false;
}

static void json_end(struct json *json, char bracket)
{
	assert(json->depth > 0);

	json->depth--;
	if (json->has_members)
		begin_line(json);
	fputc(bracket, json->out);
	json->has_members = json->depth > 0;
	if (json->depth == 0)
		fputc('\n', json->out);
}

void json_begin_object(struct json *json, const char *key)
{
	assert(json);

	json_begin(json, key, '{');
}

void json_end_object(struct json *json)
{
	assert(json);

	json_end(json, '}');
}

void json_next_object(struct json *json)
{
	assert(json);
	assert(json->depth > 0);

	json->depth--;
	begin_line(json);
	fputs("},{", json->out);
	json->depth++;
	json->has_members = false;
}

void json_begin_array(struct json *json, const char *key)
{
	assert(json);

	json_begin(json, key, '[');
}

void json_end_array(struct json *json)
{
	assert(json);

	json_end(json, ']');
}

/* Writes the first character of the text. Returns its length in bytes. */
static size_t put_character(FILE *out, const char *text)
{
	uint32_t c;
	size_t n = text_decode(text, &c);

	if (n == 0)
		fprintf(out, "\\u%04x", (unsigned char)*text);
	else if (text_is_control(c))
		fprintf(out, "\\u%04" PRIx32, c);
	else if (c == '"' || c == '\\')
		fprintf(out, "\\%c", *text);
	else
		(void)fwrite(text, 1, n, out);
	return n > 0 ? n : 1;
}

void json_text(struct json *json, const char *key, const char *text)
{
	assert(json);

	begin_member(json, key);
	if (!text || !*text) {
		fputs("null", json->out);
		return;
	}
	fputc('"', json->out);
	while (*text)
		text += put_character(json->out, text);
	fputc('"', json->out);
}

void json_text_format(struct json *json, const char *key, const char *format, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	json_text(json, key, text);
}

void json_number(struct json *json, const char *key, uint64_t number)
{
	assert(json);

	begin_member(json, key);
	fprintf(json->out, "%" PRIu64, number);
}

void json_bool(struct json *json, const char *key, bool is)
{
	assert(json);

	begin_member(json, key);
	fputs(is ? "true" : "false", json->out);
}
