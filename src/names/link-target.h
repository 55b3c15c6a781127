/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the links below /dev/npiv lead. */
#pragma once

#include "fc/devpath.h"

/* Whether a link (what follows /dev/npiv/) leads to a disk, or to a map over it; writes the kernel name
 * of what it leads to. root is "" or that of a test, sysfs an open folder. */
bool link_target_find(const char *root, int sysfs, const char *link, const char *disk,
		      char ret_name[static DEVICE_NAME_SIZE]);
