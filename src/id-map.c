// SPDX-License-Identifier: LGPL-2.1-or-later
/* A multipath map: one logical unit, through whatever paths lead to it. */
#include "core/path-set.h"
#include "core/render-udev.h"
#include "id.h"
#include "sys/claim-dir.h"
#include "sys/state-lookup.h"

/* A disk below a map, with the state of its vHBA. */
struct slave {
	struct device device;
	struct vhba_state state;
};

struct slave_list {
	struct slave *slaves;
	size_t n;
};

static void slave_list_done(struct slave_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		vhba_state_done(&list->slaves[i].state);
	free(list->slaves);
	*list = (struct slave_list){ 0 };
}

/* Collects those paths of a map that come through vHBAs of ours. */
static int read_slaves(const struct lookup *lookup, const struct device_list *names,
		       struct slave_list *list)
{
	for (size_t i = 0; i < names->n; i++) {
		struct slave *slave;
		int r;

		slave = array_grow(&list->slaves, list->n, sizeof(*slave));
		if (!slave)
			return -ENOMEM;
		r = device_read(lookup->sysfs, names->names[i], &slave->device);
		if (r <= 0 || slave->device.kind != DEVICE_DISK)
			continue; /* gone, or of another transport */
		r = state_lookup_port(lookup->run, slave->device.wwpn, &slave->state);
		if (r == -ENOENT)
			continue;
		if (r < 0)
			return r;
		list->n++;
	}
	return 0;
}

static int compare_slaves(const struct slave_list *list, struct path **ret_paths,
			  struct path_set *ret_set)
{
	struct path *paths = calloc(list->n, sizeof(*paths));

	if (!paths)
		return -ENOMEM;
	for (size_t i = 0; i < list->n; i++) {
		const struct slave *slave = &list->slaves[i];

		paths[i] = (struct path){
			.state = &slave->state,
			.lun = slave->device.lun.lun,
			.target = slave->device.lun.target_wwpn,
			.wwid = slave->device.lun.wwid,
			.identity = slave->device.identity,
		};
	}

	path_set_compare(paths, list->n, ret_set);
	*ret_paths = paths;
	return 0;
}

static int answer_slaves(const struct lookup *lookup, const struct device *map,
			 const struct slave_list *list, FILE *out)
{
	_cleanup_free_ struct path *paths = NULL;
	struct udev_answer answer = { 0 };
	struct naming_device naming;
	struct path_set set;
	int r;

	r = compare_slaves(list, &paths, &set);
	if (r < 0)
		return r;
	if (!set.is_one_unit)
		return id_give_up_names(lookup, map);
	naming = (struct naming_device){
		.role = NAMING_MAP,
		.has_lun = set.is_one_lun,
		.lun = set.first->lun,
		.wwid = set.first->wwid,
	};
	answer = (struct udev_answer){
		.state = set.first->state,
		.has_vhba = set.is_one_vhba,
		.has_lun = set.is_one_lun,
		.lun = set.first->lun,
		.target = set.is_one_target ? set.first->target : 0,
		.guest_before = getenv("NPIV_GUEST"),
		.partition = map->partition,
	};
	naming_list(set.first->state, &naming, &answer.names);
	r = id_settle_names(lookup, map, set.first->identity, &answer.names);
	if (r < 0)
		return r;
	render_udev(&answer, out);
	return 0;
}

/* A map whose paths are all gone queues its I/O and waits for them; who has it mounted must not lose
 * its name. Nothing in sysfs tells any longer what it is, so what udev knows of it stays, as long as
 * the names are still its own. -EAGAIN has the rules take that from udev's database. */
static int answer_orphan(const struct lookup *lookup, const struct device *map)
{
	bool is_granted = false;
	int r;

	r = claim_dir_is_granted(lookup->run, lookup->sysfs, map->name, &is_granted);
	if (r < 0)
		return r;
	return is_granted ? -EAGAIN : 0;
}

int id_map(const struct lookup *lookup, const struct device *map, FILE *out)
{
	_cleanup_(device_list_done) struct device_list names = { 0 };
	_cleanup_(slave_list_done) struct slave_list slaves = { 0 };
	int r;

	r = device_slaves(lookup->sysfs, map->name, &names);
	if (r < 0)
		return r;
	if (names.n == 0)
		return answer_orphan(lookup, map);
	r = read_slaves(lookup, &names, &slaves);
	if (r < 0)
		return r;
	if (slaves.n == 0)
		return id_give_up_names(lookup, map);
	return answer_slaves(lookup, map, &slaves, out);
}
