/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells ports that serve LUNs to others from ports that use LUNs. */
#pragma once

#include "core/util.h"

/* Whether a port is in target mode: its driver says so (scsi_host's active_mode), or LIO has a
 * target under its WWPN (configfs, below sysfs's kernel/config), as software targets such as tcm_fc
 * have without telling their driver. sysfs is an open folder. What cannot be read says no. */
bool target_mode_has(int sysfs, uint32_t host, uint64_t wwpn);
