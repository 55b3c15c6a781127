// SPDX-License-Identifier: LGPL-2.1-or-later
/* Decodes UTF-8 and masks characters that must not be printed. */
#include "lib/text.h"

/* Returns the number of bytes after the first byte of a character; -1 if no character begins with it. */
static int n_following(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef)
		return 2;
	return first >= 0xf0 && first <= 0xf4 ? 3 : -1;
}

size_t text_decode(const char *text, uint32_t *ret_character)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	int n = n_following(*bytes);
	uint32_t c;

	assert(text);
	assert(ret_character);

	if (n < 0)
		return 0;
	c = n == 0 ? *bytes : *bytes & (0x3fU >> n);
	for (int i = 1; i <= n; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (bytes[i] & 0x3f);
	}
	/* Refuse overlong forms, surrogates, and numbers above the last character. */
	if (c < least[n] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
		return 0;
	*ret_character = c;
	return (size_t)n + 1;
}

bool text_is_control(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },	    { 0x7f, 0x9f },
		{ 0x061c, 0x061c }, /* ARABIC LETTER MARK */
		{ 0x200e, 0x200f }, /* LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK */
		{ 0x2028, 0x202e }, /* LINE SEPARATOR to RIGHT-TO-LEFT OVERRIDE */
		{ 0x2066, 0x2069 }, /* LEFT-TO-RIGHT ISOLATE to POP DIRECTIONAL ISOLATE */
	};

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

bool text_has_control_but(const char *text, const char *allowed)
{
	assert(text);
	assert(allowed);

	while (*text) {
		uint32_t c;
		size_t n = text_decode(text, &c);

		if (n > 0 && text_is_control(c) && !strchr(allowed, *text))
			return true;
		text += n > 0 ? n : 1;
	}
	return false;
}

bool text_has_control(const char *text)
{
	return text_has_control_but(text, "");
}

void mask_control_characters(char *text)
{
	char *out = text;

	assert(text);

	while (*text) {
		uint32_t c;
		size_t n = text_decode(text, &c);

		if (n == 0 || text_is_control(c))
			*out++ = '?';
		else
			out = (char *)memmove(out, text, n) + n;
		text += n > 0 ? n : 1;
	}
	*out = '\0';
}

static bool begins_character(char byte)
{
	return ((unsigned char)byte & 0xc0) != 0x80;
}

size_t text_length(const char *text)
{
	size_t n = 0;

	assert(text);

	for (; *text; text++)
		n += begins_character(*text);
	return n;
}

size_t text_prefix(const char *text, size_t n)
{
	size_t i;

	assert(text);

	for (i = 0; text[i]; i++)
		if (begins_character(text[i]) && n-- == 0)
			break;
	return i;
}
