// SPDX-License-Identifier: LGPL-2.1-or-later
/* The paths of a multipath map, as device-mapper reports them. */
#include "block/dm-status.h"

#define BLANKS " \n"

/* Returns the next word and its length in *ret_n; an empty one at the end. */
static const char *next_word(const char *text, size_t *ret_n)
{
	text += strspn(text, BLANKS);
	*ret_n = strcspn(text, BLANKS);
	return text;
}

/* "2 0 0 0 1 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 0 1": only numbers of paths have a colon. */
bool dm_status_find_path(const char *status, const char *device, bool *ret_is_active)
{
	const char *word;
	size_t n;

	assert(status);
	assert(device);
	assert(ret_is_active);

	for (word = next_word(status, &n); n > 0; word = next_word(word + n, &n)) {
		if (n != strlen(device) || memcmp(word, device, n) != 0)
			continue;
		word = next_word(word + n, &n);
		if (n != 1 || (*word != 'A' && *word != 'F'))
			return false;
		*ret_is_active = *word == 'A';
		return true;
	}
	return false;
}
