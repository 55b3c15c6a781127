// SPDX-License-Identifier: LGPL-2.1-or-later
/* Makes text of an array safe to print. */
#include "fc/array-text.h"

#define VPD_HEADER 4U /* SPC-4 7.8.1: byte 1 the page code, bytes 2 and 3 the length */
#define VPD_SERIAL 0x80

static bool is_printable(unsigned char c)
{
	return c >= ' ' && c <= '~';
}

void array_text_mask(char *text)
{
	assert(text);

	for (; *text; text++)
		if (!is_printable((unsigned char)*text))
			*text = '?';
}

static bool are_printable(const unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_printable(bytes[i]))
			return false;
	return true;
}

int array_text_escape(const void *bytes, size_t n, char *buf, size_t size)
{
	const unsigned char *raw = bytes;
	bool is_plain;
	size_t used = 0;

	assert(bytes);
	assert(size > 0);

	is_plain = are_printable(raw, n);
	for (size_t i = 0; i < n; i++) {
		bool is_kept = is_plain || (is_printable(raw[i]) && raw[i] != '\\');

		if (used + (is_kept ? 1 : strlen("\\x00")) >= size) {
			*buf = '\0';
			return -EMSGSIZE;
		}
		used += (size_t)snprintf(buf + used, size - used,
					 is_kept ? "%c" : "\\x%02x", raw[i]);
	}
	buf[used] = '\0';
	return 0;
}

void array_text_serial(const unsigned char *page, size_t n, char *buf, size_t size)
{
	const unsigned char *text = page + VPD_HEADER;
	size_t length;

	assert(page);
	assert(size > 0);

	*buf = '\0';
	if (n < VPD_HEADER || page[1] != VPD_SERIAL)
		return;
	length = (size_t)page[2] << 8 | page[3];
	if (length > n - VPD_HEADER)
		length = n - VPD_HEADER;
	while (length > 0 && *text == ' ') {
		text++;
		length--;
	}
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\0'))
		length--;
	(void)array_text_escape(text, length, buf, size);
}
