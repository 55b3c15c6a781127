/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells ports that serve LUNs to others from ports that use LUNs. */
#pragma once

#include "lib/util.h"

/* The names of all ports that LIO has as targets (configfs, below sysfs's kernel/config): software targets
 * such as tcm_fc are some without telling their driver. */
struct target_list {
	uint64_t *wwpns;
	size_t n;
};

/* sysfs is an open folder. What cannot be read has no targets. -ENOMEM. The caller empties the list with
 * target_list_done(). */
int target_list_read(int sysfs, struct target_list *ret_list) _must_check_;
void target_list_done(struct target_list *list);

/* Whether a port is in target mode: it is in the list, or its driver says so (scsi_host's active_mode).
 * What cannot be read says no. */
bool target_mode_has(int sysfs, const struct target_list *list, uint32_t host,
		     uint64_t wwpn);
