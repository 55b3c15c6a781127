/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on a disk, and the links that lead to it. */
#pragma once

#include <libudev.h>

#include "lib/util.h"

/* Each text is NULL if there is none. It is safe to print, although users of the disk write it. */
struct probe {
	char *type; /* "ext4", "LVM2_member" */
	char *label, *uuid; /* of the file system */
	char *table; /* of partitions: "gpt", "dos" */
};

/* Reads the signatures on a disk by its path, with libblkid. It blocks while the disk does not answer: do not call
 * it for a disk that does no I/O. Returns -EACCES if the caller may not read the disk, -ENOMEM, or another -errno.
 * Empty *ret_probe with probe_done(). */
int probe_disk(const char *path, struct probe *ret_probe) _must_check_;

/* Reads the signatures from udev's database, by kernel name, which any user may do. Returns -ENOMEM. */
int probe_udev(struct udev *udev, const char *name, struct probe *ret_probe) _must_check_;

void probe_done(struct probe *probe);

/* link: an absolute path. Returns 0 to go on, or -errno. */
typedef int (*device_link_fn)(const char *link, void *context);

/* Calls fn for each link to a block device, given by its kernel name, in order of the links' names. A device that
 * does not exist has no links. Returns what fn returned, or -ENOMEM. */
int device_links_for_each(struct udev *udev, const char *name, device_link_fn fn,
			  void *context) _must_check_;
