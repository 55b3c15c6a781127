// SPDX-License-Identifier: LGPL-2.1-or-later
/* The paths below one multipath map, and what they have in common. */
#include "fc/identity.h"
#include "names/path-set.h"

/* With each: what one path does not know may not stand between two that differ. */
static bool has_traits_of(const struct path *path, const struct path *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!identity_paths_fit(path->identity, path->traits, paths[i].traits))
			return false;
	return true;
}

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
		    !streq(path->identity, paths->identity) ||
		    !has_traits_of(path, paths, i))
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
