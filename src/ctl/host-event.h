/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of a host's Fibre Channel: the differences between two looks at it. */
#pragma once

#include "fc/inventory.h"

enum event_object {
	OBJECT_HBA,
	OBJECT_PORT, /* the port of a vport, once it is logged in */
	OBJECT_VPORT,
	OBJECT_RPORT,
	OBJECT_LUN,
	OBJECT_LINK,
	_OBJECT_MAX,
};

enum event_kind {
	EVENT_ADDED,
	EVENT_REMOVED,
	EVENT_CHANGED,
	_EVENT_KIND_MAX,
};

#define HOST_EVENT_TEXT_SIZE 288U

struct host_event {
	enum event_object object;
	enum event_kind kind;
	const char *name; /* "host7", "vport-7:0-1", "rport-8:0-1", "8:0:1:0", "web01/0" */
	uint32_t host; /* of the local port that it is about; HOST_NONE: of none */
	uint64_t wwpn; /* its own, of a LUN the target port's; 0: it has none */
	const struct fc_lun *lun; /* of a LUN */
	const char *vhba; /* whose it is; NULL: of none of ours, or not known here */
	const char *attribute; /* what changed; NULL: it was added or removed */
	char before[HOST_EVENT_TEXT_SIZE],
		after[HOST_EVENT_TEXT_SIZE]; /* "": it has no value */
};

typedef void (*host_event_fn)(const struct host_event *event, void *context);

/* Calls fn for each difference between two sorted inventories, from the HBAs down to the LUNs. The
 * state of a device that is added is in after, of one that is removed in before. */
void inventory_compare(const struct inventory *before, const struct inventory *after,
		       host_event_fn fn, void *context);

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
		   host_event_fn fn, void *context);

void link_list_sort(struct link_list *list);
void link_list_done(struct link_list *list);

/* Stable words: "hba", "rport"; "added", "removed", "changed". */
const char *event_object_to_string(enum event_object object);
const char *event_kind_to_string(enum event_kind kind);
