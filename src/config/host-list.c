// SPDX-License-Identifier: LGPL-2.1-or-later
/* Decides on which hosts a section counts. */
#include <fnmatch.h>

#include "config/host-list.h"

#define BLANKS	   " \t"
#define GLOB_CHARS "*?["

static const char word_chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789_.-" GLOB_CHARS "]!";

/* Copies the next word of a list. Returns false if there is none. */
static bool host_list_next(const char **list, char word[static HOST_NAME_SIZE])
{
	size_t n;

	*list += strspn(*list, BLANKS);
	n = strcspn(*list, BLANKS);
	(void)snprintf(word, HOST_NAME_SIZE, "%.*s", (int)n, *list);
	*list += n;
	return n > 0;
}

static bool word_is_glob(const char *word)
{
	return strpbrk(word, GLOB_CHARS);
}

static bool word_is_machine_id(const char *word)
{
	return strspn(word, "0123456789abcdefABCDEF") == HOST_MACHINE_ID_SIZE - 1 &&
	       !word[HOST_MACHINE_ID_SIZE - 1];
}

static bool word_matches(const char *word, const char *name)
{
	return *name && fnmatch(word, name, FNM_CASEFOLD) == 0;
}

static bool word_is_host(const char *word, const struct host_identity *host)
{
	char name[HOST_NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%s", host->name);
	name[strcspn(name, ".")] = '\0';
	return word_matches(word, host->name) || word_matches(word, name) ||
	       (*host->machine_id && strcasecmp(word, host->machine_id) == 0);
}

static bool words_meet(const char *word, const char *other)
{
	return strcasecmp(word, other) == 0 ||
	       (!word_is_glob(other) && word_matches(word, other)) ||
	       (!word_is_glob(word) && word_matches(other, word));
}

const char *host_list_fault(const char *list)
{
	assert(list);

	while (*list) {
		size_t n;

		list += strspn(list, BLANKS);
		n = strcspn(list, BLANKS);
		if (strspn(list, word_chars) < n)
			return "is not a list of host names, globs and machine-ids, with blanks between them";
		if (n >= HOST_NAME_SIZE)
			return "has a name of more than 64 bytes, which no host can have";
		list += n;
	}
	return NULL;
}

bool host_list_counts(const char *list, const struct host_identity *host)
{
	char word[HOST_NAME_SIZE];

	assert(host);

	if (!list || (!*host->name && !*host->machine_id))
		return true;
	while (host_list_next(&list, word))
		if (word_is_host(word, host))
			return true;
	return false;
}

bool host_lists_meet(const char *list, const char *other)
{
	char word[HOST_NAME_SIZE], with[HOST_NAME_SIZE];

	if (!list || !other)
		return true;
	while (host_list_next(&list, word))
		for (const char *rest = other; host_list_next(&rest, with);)
			if (words_meet(word, with))
				return true;
	return false;
}

bool host_list_is_many(const char *list, const struct host_identity *host)
{
	unsigned n_names = 0, n_ids = 0, n_here = 0;
	char word[HOST_NAME_SIZE];

	assert(host);

	while (list && host_list_next(&list, word)) {
		if (word_is_glob(word))
			return true;
		n_here += word_is_host(word, host);
		if (word_is_machine_id(word))
			n_ids++;
		else
			n_names++;
	}
	return n_names > 1 || n_ids > 1 || (n_names == 1 && n_ids == 1 && n_here == 1);
}
