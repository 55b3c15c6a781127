/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whose a multipath map is. */
#pragma once

#include "lib/util.h"

/* Whether a map, by its kernel name, belongs to a pool: each of its paths does, alive or not, by the port that sees
 * it. multipathd puts paths together by what arrays say of themselves, so another initiator's path in the map can be
 * another unit. A path that has been removed, with the vport behind which it was, is nobody's any longer. False
 * where a path cannot be judged; true if there is none. sysfs is an open folder, run is "/run/npiv". */
bool map_is_of_pool(int sysfs, const char *run, const char *map, const char *pool);
