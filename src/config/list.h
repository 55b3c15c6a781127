/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names in folders that lie over each other, as those of the configuration do. */
#pragma once

#include "config/messages.h"

/* One name, and the first folder that has it. */
struct list_entry {
	char *name;
	size_t folder; /* index; the lower hides the higher */
};

struct config_list {
	struct list_entry
		*entries; /* after config_list_sort(): in lexical order, each once */
	size_t n;
};

/* Appends the names in an open folder that end in suffix and do not begin with a dot; path is how
 * messages call the folder. A name with control characters is an error in messages. -ENOMEM, or why the
 * folder could not be read. */
int config_list_add(struct config_list *list, int dirfd, size_t folder,
		    const char *suffix, const char *path,
		    struct messages *messages) _must_check_;

/* Brings the names in order; of those that several folders have the first remains. */
void config_list_sort(struct config_list *list);

/* Whether this name is in a sorted list. */
bool config_list_has(const struct config_list *list, const char *name, size_t n_name);

void config_list_done(struct config_list *list);
