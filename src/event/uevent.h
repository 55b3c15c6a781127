/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Change events that npiv sends for disks, and the wait until udev has handled each of them. */
#pragma once

#include <libudev.h>
#include <systemd/sd-id128.h>

#include "fc/inventory.h"
#include "block/tree.h"

struct uevent_list {
	int sysfs;
	sd_id128_t id; /* marks npiv's own events */
	char (*waiting)[DEVICE_NAME_SIZE]; /* devices that udev has not handled yet */
	size_t n;
};

/* Sends a change event for every disk of a host, and for everything on top of it (partitions and maps have names
 * of npiv too). Call it while a watch listens. Skips devices that no longer exist. sysfs is an open folder.
 * Returns -ENOMEM. */
int uevent_trigger_host(struct uevent_list *list, int sysfs,
			const struct inventory *inventory, uint32_t host) _must_check_;

/* Sends no event, but expects the removal of every disk and partition of a tree that is about to be deleted: after
 * it udev has removed their links. Returns -ENOMEM. */
int uevent_expect_removal(struct uevent_list *list,
			  const struct block_tree *tree) _must_check_;

/* Removes a device from the list after udev has handled npiv's event for it, or its removal. A device that has
 * just been added gets its event again. */
void uevent_handled(struct uevent_list *list, struct udev_device *device);

/* Removes devices that no longer exist: their remove event may be older than the list. */
void uevent_prune(struct uevent_list *list, int sysfs);

void uevent_list_done(struct uevent_list *list);
