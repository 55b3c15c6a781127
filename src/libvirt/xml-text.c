// SPDX-License-Identifier: LGPL-2.1-or-later
/* Makes any text valid in an XML document. */
#include "lib/text.h"
#include "libvirt/xml-text.h"

static bool is_character(uint32_t c)
{
	return c == '\t' || c == '\n' ||
	       (c >= ' ' && c != 0xfffe && c != 0xffff); /* and no surrogates */
}

/* Returns the length of the first character of text; 0 if XML does not allow it. */
static size_t character_length(const char *text)
{
	uint32_t c;
	size_t n = text_decode(text, &c);

	return n > 0 && is_character(c) ? n : 0;
}

char *xml_text_clean(const char *text)
{
	char *clean;

	assert(text);

	clean = strdup(text);
	if (!clean)
		return NULL;
	for (char *p = clean; *p;) {
		size_t n = character_length(p);

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
