// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads folders and lays their names over each other. */
#include <fcntl.h>

#include "lib/text.h"
#include "config/list.h"
#include "lib/fd.h"

static bool ends_with(const char *text, const char *suffix)
{
	size_t n = strlen(text), n_suffix = strlen(suffix);

	return n >= n_suffix && streq(text + n - n_suffix, suffix);
}

static int append(struct config_list *list, const char *name, size_t folder)
{
	struct list_entry *entry;

	entry = array_grow(&list->entries, list->n, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->folder = folder;
	entry->name = strdup(name);
	if (!entry->name)
		return -ENOMEM;
	list->n++;
	return 0;
}

/* A stream of its own on an open folder, from the folder's beginning. */
static DIR *open_stream(int dirfd)
{
	int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream;

	if (fd < 0)
		return NULL;
	stream = fdopendir(fd);
	if (!stream)
		close(fd);
	return stream;
}

int config_list_add(struct config_list *list, int dirfd, size_t folder,
		    const char *suffix, const char *path, struct messages *messages)
{
	_cleanup_closedir_ DIR *stream = NULL;
	int r;

	assert(list);
	assert(suffix);

	stream = open_stream(dirfd);
	if (!stream)
		return -errno;
	for (;;) {
		struct dirent *entry;

		errno = 0;
		entry = readdir(stream);
		if (!entry)
			return -errno;
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
			continue;
		/* The path goes into a unit: a newline there would begin a directive. */
		if (text_has_control(entry->d_name)) {
			messages_add(messages, MESSAGE_ERROR, path, 0,
				     "the name '%s' has a control character, refusing it",
				     entry->d_name);
			continue;
		}
		r = append(list, entry->d_name, folder);
		if (r < 0)
			return r;
	}
}

static int compare_entries(const void *a, const void *b)
{
	const struct list_entry *x = a, *y = b;
	int r = strcmp(x->name, y->name);

	return r != 0 ? r : (x->folder > y->folder) - (x->folder < y->folder);
}

void config_list_sort(struct config_list *list)
{
	size_t n = 0;

	assert(list);

	if (list->n > 0)
		qsort(list->entries, list->n, sizeof(*list->entries), compare_entries);
	for (size_t i = 0; i < list->n; i++) {
		if (n > 0 && streq(list->entries[n - 1].name, list->entries[i].name))
			free(list->entries[i].name);
		else
			list->entries[n++] = list->entries[i];
	}
	list->n = n;
}

bool config_list_has(const struct config_list *list, const char *name, size_t n_name)
{
	size_t low = 0, high = list->n;

	assert(list);
	assert(name);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *here = list->entries[middle].name;
		int r = strncmp(here, name, n_name);

		if (r == 0 && here[n_name] == '\0')
			return true;
		if (r < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

void config_list_done(struct config_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->entries[i].name);
	free(list->entries);
	*list = (struct config_list){ 0 };
}
