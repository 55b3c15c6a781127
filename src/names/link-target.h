/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the targets of the links below /dev/npiv. link is the part after /dev/npiv/; root is "" or a folder of a
 * test; sysfs is an open folder. */
#pragma once

#include "fc/devpath.h"

/* Reads the kernel name of the device that a link leads to, whether or not the device exists. Returns false if
 * there is no such link. */
bool link_target_read(const char *root, const char *link,
		      char ret_name[static DEVICE_NAME_SIZE]);

/* Whether a device is a multipath map that has this disk as a path. */
bool link_target_is_map_over(int sysfs, const char *name, const char *disk);

/* Whether a link leads to a disk or to a map over it; writes the kernel name of the device that it leads to. */
bool link_target_find(const char *root, int sysfs, const char *link, const char *disk,
		      char ret_name[static DEVICE_NAME_SIZE]);
