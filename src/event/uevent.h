/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Change events that we send for disks, and the wait until udev is done with each. */
#pragma once

#include <libudev.h>
#include <systemd/sd-id128.h>

#include "fc/inventory.h"
#include "block/tree.h"

struct uevent_list {
	int sysfs;
	sd_id128_t id; /* marks our events among all others */
	char (*waiting)[DEVICE_NAME_SIZE]; /* kernel names that udev is not done with */
	size_t n;
};

/* Sends a change event for every disk of a host that is there, and for all that stands on it (a
 * partition and a map have names of ours too). To be called while a watch listens. What is gone is
 * left out. -ENOMEM. sysfs is an open folder. */
int uevent_trigger_host(struct uevent_list *list, int sysfs,
			const struct inventory *inventory, uint32_t host) _must_check_;

/* Sends nothing, but waits for the end of every disk and partition of a tree that is to be deleted:
 * udev has then taken its links away. -ENOMEM. */
int uevent_expect_removal(struct uevent_list *list,
			  const struct block_tree *tree) _must_check_;

/* Takes a device off the list that udev is done with: with our event, or because it is gone. One
 * that has only come now is sent its event again. */
void uevent_handled(struct uevent_list *list, struct udev_device *device);

/* Forgets those that do not exist any longer: their remove event may be older than the list. */
void uevent_prune(struct uevent_list *list, int sysfs);

void uevent_list_done(struct uevent_list *list);
