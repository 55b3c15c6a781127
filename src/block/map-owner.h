/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds out whether a multipath map belongs to a pool. */
#pragma once

#include "lib/util.h"

/* Whether a map, given by its kernel name, belongs to a pool: the ports that see its paths, working or not, all
 * belong to the pool. multipathd combines paths by the ids that arrays report, so a path of another initiator can
 * lead to another unit. A path that was removed together with its vport does not count. Returns false if the owner
 * of a path cannot be found out, true if there is no path. sysfs is an open folder, run is "/run/npiv". */
bool map_is_of_pool(int sysfs, const char *run, const char *map, const char *pool);
