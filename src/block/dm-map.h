/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Maps of device-mapper: reads their status, removes them, and fails the I/O that they queue. */
#pragma once

#include <sys/types.h>

#include "lib/util.h"

/* All functions take a map by its device number, because multipathd can rename it at any time. */

/* Removes a map. If another process has it open for a moment, the kernel removes it after the close. A map that
 * does not exist is success. Needs CAP_SYS_ADMIN. */
int dm_map_remove(dev_t map) _must_check_;

/* Makes a multipath map fail the I/O that it queues for lack of a path, now and later: "fail_if_no_path" of
 * drivers/md/dm-mpath.c. A map that does not exist is success. Returns -EBUSY if the map is suspended. Needs
 * CAP_SYS_ADMIN. */
int dm_map_fail_queued(dev_t map) _must_check_;

#define DM_MAP_STATUS_SIZE 16384U /* enough for several hundred paths */

/* Reads the status of a multipath map, for dm_status_find_path(). Returns -ENOENT if there is no such map or it is
 * not one of multipath, -EMSGSIZE if the status is longer. Needs CAP_SYS_ADMIN. */
int dm_map_read_status(dev_t map, char status[static DM_MAP_STATUS_SIZE]) _must_check_;
