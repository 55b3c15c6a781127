// SPDX-License-Identifier: LGPL-2.1-or-later
/* The names of a LUN: links below /dev/npiv, derived from the state of its vHBA and from its address. */
#include "names/naming.h"
#include "fc/identity.h"

bool name_is_by_target(const char *link)
{
	assert(link);

	/* alias_fault() refuses an alias with the name by-target. */
	return strstr(link, "/by-target/") != NULL;
}

bool name_is_alias(const char *link)
{
	const char *name;

	assert(link);

	name = strchr(link, '/');
	return name && name[1 + strspn(name + 1, "0123456789")] &&
	       !name_is_by_target(link);
}

/* Whether a device of this role gets the names by number and the aliases of its logical unit. */
static bool takes_plain_names(enum multipath_mode mode, enum naming_role role)
{
	switch (mode) {
	case MULTIPATH_AUTO:
		return role != NAMING_MEMBER;
	case MULTIPATH_YES:
		return role == NAMING_MAP;
	case MULTIPATH_NO:
		return role != NAMING_MAP;
	}
	return false;
}

static bool has_link(const struct name_list *list, const char *link)
{
	for (size_t i = 0; i < list->n; i++)
		if (streq(list->names[i].link, link))
			return true;
	return false;
}

static void name_list_add(struct name_list *list, const char *link, bool is_wanted)
{
	if (has_link(list, link))
		return;
	if (list->n == NAMING_MAX) {
		list->is_cut = true;
		return;
	}
	list->names[list->n].is_wanted = is_wanted;
	(void)snprintf(list->names[list->n].link, NPIV_LINK_MAX, "%s", link);
	list->n++;
}

static bool alias_matches(const struct pool_alias *alias,
			  const struct naming_device *device)
{
	if (alias->wwid)
		return *device->wwid && wwid_equal(alias->wwid, device->wwid);
	return device->has_lun && alias->lun == device->lun;
}

const char *naming_alias_of_unit(const struct vhba_state *state, const char *wwid)
{
	assert(state);
	assert(wwid);

	for (size_t i = 0; i < state->n_aliases; i++)
		if (state->aliases[i].wwid && *wwid &&
		    wwid_equal(state->aliases[i].wwid, wwid))
			return state->aliases[i].name;
	return NULL;
}

bool naming_has_alias_of_number(const struct vhba_state *state, uint64_t lun)
{
	assert(state);

	for (size_t i = 0; i < state->n_aliases; i++)
		if (!state->aliases[i].wwid && state->aliases[i].lun == lun)
			return true;
	return false;
}

void naming_list(const struct vhba_state *state, const struct naming_device *device,
		 struct name_list *ret_names)
{
	struct name_list list = { 0 };
	char link[NPIV_LINK_MAX];
	bool is_wanted;

	assert(state);
	assert(device);
	assert(ret_names);

	is_wanted = takes_plain_names(state->multipath, device->role);
	if (device->role != NAMING_MAP)
		name_list_add(&list,
			      link_by_target(state->pool, device->target, device->lun,
					     link),
			      true);
	else if (!is_wanted)
		goto out;
	if (device->has_lun)
		name_list_add(&list, link_by_lun(state->pool, device->lun, link),
			      is_wanted);
	for (size_t i = 0; i < state->n_aliases; i++)
		if (alias_matches(&state->aliases[i], device))
			name_list_add(&list,
				      link_by_alias(state->pool, state->aliases[i].name,
						    link),
				      is_wanted);
out:
	*ret_names = list;
}

/* Compares with each path: a path that does not know its traits fits two paths that differ. */
static bool has_traits_of(const struct map_path *path, const struct map_path *paths,
			  size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!identity_paths_fit(path->identity, path->traits, paths[i].traits))
			return false;
	return true;
}

void path_set_compare(const struct map_path *paths, size_t n, struct path_set *ret_set)
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
		const struct map_path *path = &paths[i];

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
