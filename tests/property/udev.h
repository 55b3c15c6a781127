/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What udev does with an event: asks npiv-id's own code, and keeps the links that it answers. */
#pragma once

#include "model.h"
#include "system.h"

struct udev {
	name_set held[N_DEVICES]; /* by each device */
	/* What a worker still has to add to these, and to which device: npiv-id's answer is older than the link. */
	name_set late[N_DEVICES];
	uint64_t late_sequences[N_DEVICES];
	name_set parts[N_MAPS]; /* by the partition of each map */
	bool is_ambiguous[N_MAPS]; /* what it was told */
	uint64_t part_sequences[N_MAPS]; /* of the map that it was of then */
};

/* Handles one event. 0; -EBADMSG: the answer is none that the rules could take; or another -errno of
 * what was asked, other than those of a device that is gone. With trouble an error is no fault. */
int udev_handle(struct udev *udev, const struct world *world, const struct event *event,
		enum trouble trouble);

/* Takes back those links of a device that it did not have before its event: its worker makes them later. */
void udev_delay_links(struct udev *udev, const struct world *world, int device,
		      name_set before);

/* The worker makes these links, unless their device is gone. */
void udev_make_late_links(struct udev *udev, const struct world *world, int device);
