/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Removal of device-mapper maps. */
#pragma once

#include "core/util.h"

/* Removes a map by its name; where somebody has it open in passing, as soon as that one closes it.
 * Already gone is success. Needs CAP_SYS_ADMIN. */
int dm_map_remove(const char *name) _must_check_;
