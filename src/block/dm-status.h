/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The paths of a multipath map, as device-mapper reports them. */
#pragma once

#include "lib/util.h"

/* Looks for a path, as "8:16", in the status of a multipath map, and sets *ret_is_active to whether the map uses
 * it: multipath_status() of drivers/md/dm-mpath.c, STATUSTYPE_INFO. Returns whether the path is in the status; if
 * not, *ret_is_active is unchanged. */
bool dm_status_find_path(const char *status, const char *device, bool *ret_is_active);
