/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What came and went by the events of kernel and udev, each of which counts once: of what comes and goes between
 * two looks these know alone. Looks say how it is meanwhile. */
#pragma once

#include "ctl/changes.h"

/* One event of udev. */
struct change_event {
	enum change_object object; /* CHANGE_LINK: of a block device, which has links */
	bool is_removed;
	char *name; /* the kernel's: "host7", "vport-7:0-1", "rport-8:0-1", "8:0:1:0", "sda" */
	char *links; /* of a block device: DEVLINKS of udev's database; NULL: none */
};

void change_event_done(struct change_event *event);

/* Which vHBA a device belongs to, by how it is now; NULL: none. */
typedef const char *(*change_vhba_fn)(const struct change *change, void *context);

/* What is not there by its events, though it is seen, or the other way round, counts after this long: events can be
 * lost. */
#define CHANGE_LOST_USEC (10 * USEC_PER_SEC)

struct change_tracker {
	change_fn fn; /* called for each change */
	change_vhba_fn vhba_of;
	void *context; /* of both */
	/* Its own: */
	void *tree;
	struct change_item *first;
	bool is_begun;
};

/* What is there at one look, and what has happened since the one before. */
struct change_look {
	const struct inventory *before, *after; /* before: NULL with the first */
	const struct link_list *links;
	const struct change_event *events; /* in the order in which they came */
	size_t n_events;
	uint64_t now; /* of any clock that goes on */
};

/* Tells what has changed; the first look tells nothing. -ENOMEM. */
int change_tracker_look(struct change_tracker *tracker,
			const struct change_look *look) _must_check_;

void change_tracker_done(struct change_tracker *tracker);
