// SPDX-License-Identifier: LGPL-2.1-or-later
/* Text that may stand in an XML document, whatever it was before. */
#include "core/xml-text.h"

/* How many bytes follow the first one of a UTF-8 sequence; -1: none begins so. */
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

static bool is_character(uint32_t c)
{
	return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xd7ff) ||
	       (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/* The length of the character that text begins with; 0 where it is none. */
static size_t character_length(const unsigned char *text)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	int n = n_following(*text);
	uint32_t c;

	if (n < 0)
		return 0;
	c = n == 0 ? *text : *text & (0x3fU >> n);
	for (int i = 1; i <= n; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (text[i] & 0x3f);
	}
	return c >= least[n] && is_character(c) ? (size_t)n + 1 : 0;
}

char *xml_text_clean(const char *text)
{
	char *clean;

	assert(text);

	clean = strdup(text);
	if (!clean)
		return NULL;
	for (char *p = clean; *p;) {
		size_t n = character_length((const unsigned char *)p);

		if (n == 0)
			*p = '?';
		p += n == 0 ? 1 : n;
	}
	return clean;
}

char *xml_comment_clean(const char *text)
{
	_cleanup_free_ char *clean = NULL;
	char *comment, *out;

	assert(text);

	clean = xml_text_clean(text);
	comment = out = clean ? malloc(2 * strlen(clean) + 1) : NULL;
	if (!comment)
		return NULL;
	for (const char *p = clean; *p; p++) {
		*out++ = *p;
		if (*p == '-' && (p[1] == '-' || !p[1]))
			*out++ = ' ';
	}
	*out = '\0';
	return comment;
}
