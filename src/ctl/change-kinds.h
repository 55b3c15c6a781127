/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What ctl/changes.c looks at of each kind of device. */
#pragma once

#include "ctl/changes.h"

#define CHANGE_MAX_ATTRIBUTES 5U
#define CHANGE_NAME_SIZE      64U

/* Writes one attribute of an item; "" where it has none. */
typedef void (*change_print_fn)(const void *item, char *buf, size_t size);

struct change_attribute {
	const char *name;
	change_print_fn print;
};

/* One kind of list: what is the same item, what it is called, and what of it may change. The first
 * attribute says how an item is that comes or goes. */
struct change_list_kind {
	size_t size;
	int (*compare)(const void *a, const void *b);
	void (*describe)(const void *item, struct change *change,
			 char name[CHANGE_NAME_SIZE]);
	/* Up to one without a name. */
	struct change_attribute attributes[CHANGE_MAX_ATTRIBUTES + 1];
};

extern const struct change_list_kind change_ports, change_vports, change_rports,
	change_luns, change_links;
