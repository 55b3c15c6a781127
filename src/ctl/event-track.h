/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices and links that are added and removed, by the events of the kernel and of udev, and their attributes, by
 * looks at sysfs. Only events know what was added and removed again between two looks; each is reported once. */
#pragma once

#include "ctl/host-event.h"

/* One event of udev. */
struct device_event {
	enum event_object object; /* OBJECT_LINK: of a block device, which has links */
	bool is_removed;
	char *name; /* the kernel's: "host7", "vport-7:0-1", "rport-8:0-1", "8:0:1:0", "sda" */
	char *links; /* of a block device: DEVLINKS of udev's database; NULL: none */
};

void device_event_done(struct device_event *event);

/* Which vHBA a device belongs to, by how it is now; NULL: none. */
typedef const char *(*event_vhba_fn)(const struct host_event *event, void *context);

/* Events can be lost: if looks and events disagree for this long about whether something is there, the looks are
 * right. */
#define EVENT_LOST_USEC (10 * USEC_PER_SEC)

struct event_tracker {
	host_event_fn fn; /* called for each event */
	event_vhba_fn vhba_of;
	void *context; /* of both */
	/* Its own: */
	void *tree;
	struct tracked_item *first;
	bool is_begun;
};

/* What is there at one look, and what has happened since the one before. */
struct event_look {
	const struct inventory *before, *after; /* before: NULL with the first */
	const struct link_list *links;
	const struct device_event *events; /* in the order in which they came */
	size_t n_events;
	uint64_t now; /* of any clock that goes on */
};

/* Reports what has happened since the look before; the first look reports nothing. -ENOMEM. */
int event_tracker_look(struct event_tracker *tracker,
		       const struct event_look *look) _must_check_;

void event_tracker_done(struct event_tracker *tracker);
