/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on a disk, and the links that lead to it. */
#pragma once

#include <libudev.h>

#include "lib/util.h"

/* Each is NULL if there is none, and safe to print although the users of the disk write it. */
struct probe {
	char *type; /* "ext4", "LVM2_member" */
	char *label, *uuid; /* of the file system */
	char *table; /* of partitions: "gpt", "dos" */
};

/* Reads the signatures on a disk by its path, with libblkid. It waits for the disk: not for one that
 * does no I/O now. -EACCES where the caller may not read it, -ENOMEM, or another -errno. Empty
 * *ret_probe with probe_done(). */
int probe_disk(const char *path, struct probe *ret_probe) _must_check_;

/* The same as udev saw it last, by kernel name: any user may ask. -ENOMEM. */
int probe_udev(struct udev *udev, const char *name, struct probe *ret_probe) _must_check_;

void probe_done(struct probe *probe);

/* link: an absolute path. Returns 0 to go on, or -errno. */
typedef int (*device_link_fn)(const char *link, void *context);

/* Calls fn for each link to a block device, by its kernel name, in order of links. A device that is not
 * there has none. Returns what fn did, or -ENOMEM. */
int device_links_for_each(struct udev *udev, const char *name, device_link_fn fn,
			  void *context) _must_check_;
