// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the lines of files below /run/npiv. */
#include "lib/record.h"

/* Checks ASCII only: an earlier version may have written any other character, and it is masked when a text is
 * printed. */
static bool record_has_control(const char *text)
{
	for (; *text; text++)
		if (((unsigned char)*text < ' ' && *text != '\t' && *text != '\n') ||
		    *text == 0x7f)
			return true;
	return false;
}

int record_read_lines(const char *text, size_t size, record_line_fn read, void *context)
{
	_cleanup_free_ char *copy = NULL;
	size_t n = 0;
	char *next;

	assert(text);
	assert(read);

	copy = strndup(text, size);
	if (!copy)
		return -ENOMEM;
	if (strlen(copy) != size || record_has_control(copy))
		return -EBADMSG;
	next = copy;
	for (char *line; (line = strsep(&next, "\n"));) {
		/* No line follows the last line end. */
		int r = next || *line ? read(context, line, n++) : 0;

		if (r < 0)
			return r;
	}
	return 0;
}

struct record_pairs {
	record_pair_fn read;
	void *context;
};

static int record_read_pair(void *context, char *line, size_t number _unused_)
{
	const struct record_pairs *pairs = context;
	char *value;

	if (!*line)
		return 0;
	value = strchr(line, '=');
	if (!value)
		return -EBADMSG;
	*value++ = '\0';
	return pairs->read(pairs->context, line, value);
}

int record_read_pairs(const char *text, size_t size, record_pair_fn read, void *context)
{
	struct record_pairs pairs = { read, context };

	return record_read_lines(text, size, record_read_pair, &pairs);
}

bool record_is_whole(const char *text, size_t size)
{
	assert(text);

	return size > 0 && text[size - 1] == '\n';
}
