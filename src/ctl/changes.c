// SPDX-License-Identifier: LGPL-2.1-or-later
/* Merges two sorted lists of each kind of device, and compares the attributes of what is in both. */
#include "ctl/change-kinds.h"

struct list {
	const void *items;
	size_t n;
};

static const void *item_at(const struct change_list_kind *kind, const struct list *list,
			   size_t i)
{
	return (const char *)list->items + i * kind->size;
}

static void begin_change(const struct change_list_kind *kind, const void *item,
			 enum change_kind change_kind, struct change *change,
			 char name[CHANGE_NAME_SIZE])
{
	*change = (struct change){ .kind = change_kind, .name = name, .host = HOST_NONE };
	kind->describe(item, change, name);
}

static void tell_one(const struct change_list_kind *kind, const void *item,
		     enum change_kind change_kind, change_fn fn, void *context)
{
	const struct change_attribute *state = &kind->attributes[0];
	char name[CHANGE_NAME_SIZE];
	struct change change;

	begin_change(kind, item, change_kind, &change, name);
	if (change_kind == CHANGE_ADDED)
		state->print(item, change.after, sizeof(change.after));
	else
		state->print(item, change.before, sizeof(change.before));
	fn(&change, context);
}

static void tell_attributes(const struct change_list_kind *kind, const void *before,
			    const void *after, change_fn fn, void *context)
{
	char name[CHANGE_NAME_SIZE];
	struct change change;

	for (size_t i = 0; kind->attributes[i].name; i++) {
		const struct change_attribute *attribute = &kind->attributes[i];

		begin_change(kind, after, CHANGE_CHANGED, &change, name);
		change.attribute = attribute->name;
		attribute->print(before, change.before, sizeof(change.before));
		attribute->print(after, change.after, sizeof(change.after));
		if (!streq(change.before, change.after))
			fn(&change, context);
	}
}

static void merge(const struct change_list_kind *kind, const struct list *before,
		  const struct list *after, change_fn fn, void *context)
{
	size_t i = 0, j = 0;

	while (i < before->n || j < after->n) {
		int order = i >= before->n ? 1 :
			    j >= after->n  ? -1 :
					     kind->compare(item_at(kind, before, i),
							   item_at(kind, after, j));

		if (order < 0) {
			tell_one(kind, item_at(kind, before, i++), CHANGE_REMOVED, fn,
				 context);
		} else if (order > 0) {
			tell_one(kind, item_at(kind, after, j++), CHANGE_ADDED, fn,
				 context);
		} else {
			tell_attributes(kind, item_at(kind, before, i++),
					item_at(kind, after, j++), fn, context);
		}
	}
}

void inventory_compare(const struct inventory *before, const struct inventory *after,
		       change_fn fn, void *context)
{
	assert(before);
	assert(after);
	assert(fn);

	merge(&change_ports, &(struct list){ before->ports, before->n_ports },
	      &(struct list){ after->ports, after->n_ports }, fn, context);
	merge(&change_vports, &(struct list){ before->vports, before->n_vports },
	      &(struct list){ after->vports, after->n_vports }, fn, context);
	merge(&change_rports, &(struct list){ before->rports, before->n_rports },
	      &(struct list){ after->rports, after->n_rports }, fn, context);
	merge(&change_luns, &(struct list){ before->luns, before->n_luns },
	      &(struct list){ after->luns, after->n_luns }, fn, context);
}

void links_compare(const struct link_list *before, const struct link_list *after,
		   change_fn fn, void *context)
{
	assert(before);
	assert(after);
	assert(fn);

	merge(&change_links, &(struct list){ before->links, before->n },
	      &(struct list){ after->links, after->n }, fn, context);
}

void link_list_sort(struct link_list *list)
{
	assert(list);

	if (list->n > 0)
		qsort(list->links, list->n, sizeof(*list->links), change_links.compare);
}

void link_list_done(struct link_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->links[i].name);
		free(list->links[i].target);
	}
	free(list->links);
	*list = (struct link_list){ 0 };
}

const char *change_object_to_string(enum change_object object)
{
	static const char *const names[_CHANGE_OBJECT_MAX] = {
		[CHANGE_HBA] = "hba",	  [CHANGE_PORT] = "port",
		[CHANGE_VPORT] = "vport", [CHANGE_RPORT] = "rport",
		[CHANGE_LUN] = "lun",	  [CHANGE_LINK] = "link",
	};

	assert(object < _CHANGE_OBJECT_MAX);
	return names[object];
}

const char *change_kind_to_string(enum change_kind kind)
{
	static const char *const names[_CHANGE_KIND_MAX] = {
		[CHANGE_ADDED] = "added",
		[CHANGE_REMOVED] = "removed",
		[CHANGE_CHANGED] = "changed",
	};

	assert(kind < _CHANGE_KIND_MAX);
	return names[kind];
}
