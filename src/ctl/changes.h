/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became different between two looks at a host's Fibre Channel. */
#pragma once

#include "fc/inventory.h"

enum change_object {
	CHANGE_HBA,
	CHANGE_PORT, /* the port of a vport, once it is logged in */
	CHANGE_VPORT,
	CHANGE_RPORT,
	CHANGE_LUN,
	CHANGE_LINK,
	_CHANGE_OBJECT_MAX,
};

enum change_kind {
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_CHANGED,
	_CHANGE_KIND_MAX,
};

#define CHANGE_TEXT_SIZE 288U

struct change {
	enum change_object object;
	enum change_kind kind;
	const char *name; /* "host7", "vport-7:0-1", "rport-8:0-1", "8:0:1:0", "web01/0" */
	uint32_t host; /* of the local port that it is about; HOST_NONE: of none */
	uint64_t wwpn; /* its own, of a LUN the target port's; 0: it has none */
	const struct fc_lun *lun; /* of a LUN */
	const char *vhba; /* whose it is; NULL: of none of ours, or not known here */
	const char *attribute; /* what changed; NULL: it was added or removed */
	char before[CHANGE_TEXT_SIZE], after[CHANGE_TEXT_SIZE]; /* "": it has no value */
};

typedef void (*change_fn)(const struct change *change, void *context);

/* Calls fn for each difference between two sorted inventories, from the HBAs down to the LUNs. A device
 * that is added or removed says its state as after or before. */
void inventory_compare(const struct inventory *before, const struct inventory *after,
		       change_fn fn, void *context);

/* A link below /dev/npiv. */
struct named_link {
	char *name; /* what follows /dev/npiv/ */
	char *target; /* kernel name of what it leads to */
};

struct link_list {
	struct named_link *links; /* in order of names */
	size_t n;
};

/* The same for links; their attribute is "target". */
void links_compare(const struct link_list *before, const struct link_list *after,
		   change_fn fn, void *context);

void link_list_sort(struct link_list *list);
void link_list_done(struct link_list *list);

/* Stable words: "hba", "rport"; "added", "removed", "changed". */
const char *change_object_to_string(enum change_object object);
const char *change_kind_to_string(enum change_kind kind);
