/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The paths below one multipath map, and what they have in common. */
#pragma once

#include "state/state.h"

struct path {
	const struct vhba_state *state; /* of the vHBA that sees it */
	uint64_t lun, target;
	const char *wwid; /* of the logical unit, as the others */
	char *identity, *traits;
};

struct path_set {
	const struct path *first; /* any one of them, for what they have in common */
	bool is_one_unit; /* one logical unit in one pool: without that there are no names */
	bool is_one_vhba, is_one_lun, is_one_target;
};

/* paths has at least one. Two fabrics give two vHBAs in one pool, and an array's two ports can show
 * one logical unit by different numbers: both is fine. */
void path_set_compare(const struct path *paths, size_t n, struct path_set *ret_set);
