// SPDX-License-Identifier: LGPL-2.1-or-later
/* The tables between enums and words. */
#include "config/words.h"

const char *const vhba_type_words[] = {
	[VHBA_VPORT] = "vport",
	[VHBA_HBA] = "hba",
	NULL,
};

const char *const on_stop_words[] = {
	[ON_STOP_DELETE] = "delete",
	[ON_STOP_KEEP] = "keep",
	NULL,
};

const char *const on_busy_words[] = {
	[ON_BUSY_REFUSE] = "refuse",
	[ON_BUSY_FORCE] = "force",
	NULL,
};

const char *const multipath_words[] = {
	[MULTIPATH_AUTO] = "auto",
	[MULTIPATH_YES] = "yes",
	[MULTIPATH_NO] = "no",
	NULL,
};

const char *const host_use_words[] = {
	[HOST_USE_UNSET] = "",
	[HOST_USE_NO] = "no",
	[HOST_USE_YES] = "yes",
	NULL,
};

_Static_assert(sizeof(enum vhba_type) == sizeof(int) &&
		       sizeof(enum on_stop) == sizeof(int) &&
		       sizeof(enum on_busy) == sizeof(int) &&
		       sizeof(enum multipath_mode) == sizeof(int) &&
		       sizeof(enum host_use) == sizeof(int),
	       "the value of a word can be copied to each");

int word_parse(const char *const *words, const char *text)
{
	assert(words);
	assert(text);

	for (int i = 0; words[i]; i++)
		if (streq(words[i], text))
			return i;
	return -EINVAL;
}
