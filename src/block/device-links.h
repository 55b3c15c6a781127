/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stable names of a block device, as udev's database has them. */
#pragma once

#include <libudev.h>

#include "lib/util.h"

/* link: an absolute path. Returns 0 to go on, or -errno. */
typedef int (*device_link_fn)(const char *link, void *context);

/* Calls fn for each link to a block device, by its kernel name, in order of links. A device that is not
 * there has none. Returns what fn did, or -ENOMEM. */
int device_links_for_each(struct udev *udev, const char *name, device_link_fn fn,
			  void *context) _must_check_;
