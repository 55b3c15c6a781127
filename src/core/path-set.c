// SPDX-License-Identifier: LGPL-2.1-or-later
/* The paths below one multipath map, and what they have in common. */
#include "core/path-set.h"

void path_set_compare(const struct path *paths, size_t n, struct path_set *ret_set)
{
	struct path_set set = {
		.first = paths,
		.is_one_unit = true,
		.is_one_vhba = true,
		.is_one_lun = true,
		.is_one_target = true,
	};

	assert(paths);
	assert(n > 0);
	assert(ret_set);

	for (size_t i = 1; i < n; i++) {
		const struct path *path = &paths[i];

		if (!streq(path->state->pool, paths->state->pool) ||
		    !streq(path->identity, paths->identity))
			set.is_one_unit = false;
		if (!streq(path->state->name, paths->state->name))
			set.is_one_vhba = false;
		if (path->lun != paths->lun)
			set.is_one_lun = false;
		if (path->target != paths->target)
			set.is_one_target = false;
	}

	*ret_set = set;
}
