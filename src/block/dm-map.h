/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Device-mapper's maps: their status, their removal, and an end to the I/O that they queue. */
#pragma once

#include <sys/types.h>

#include "lib/util.h"

/* All take a map by its device number: multipathd can rename it at any time. */

/* Removes a map; where somebody has it open in passing, as soon as that one closes it.
 * Already gone is success. Needs CAP_SYS_ADMIN. */
int dm_map_remove(dev_t map) _must_check_;

/* Has a multipath map fail what it has queued for want of a path, and from now on what it
 * would queue: "fail_if_no_path" of drivers/md/dm-mpath.c. Gone is success. Needs CAP_SYS_ADMIN.
 * -EBUSY: it is suspended. */
int dm_map_fail_queued(dev_t map) _must_check_;

#define DM_MAP_STATUS_SIZE 16384U /* of several hundred paths */

/* Reads the status of a multipath map; dm_status_find_path() looks into it. Needs CAP_SYS_ADMIN.
 * -ENOENT: there is no such map, or it is none of multipath's; -EMSGSIZE: it is longer. */
int dm_map_read_status(dev_t map, char status[static DM_MAP_STATUS_SIZE]) _must_check_;
