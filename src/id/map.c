// SPDX-License-Identifier: LGPL-2.1-or-later
/* A multipath map: one logical unit, over any paths. */
#include "names/naming.h"
#include "id/properties.h"
#include "id/id.h"
#include "names/names.h"
#include "state/state-dir.h"

/* A disk below a map, with the state of its vHBA. */
struct slave {
	struct device device;
	struct vhba_state state;
};

struct slave_list {
	struct slave *slaves; /* paths through vHBAs of npiv */
	size_t n;
	size_t n_gone; /* paths that are gone; their vHBA is not known */
	bool has_strangers; /* there are paths through other ports */
};

static void slave_list_done(struct slave_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		vhba_state_done(&list->slaves[i].state);
	free(list->slaves);
	*list = (struct slave_list){ 0 };
}

/* Whether a disk is being removed: its links and attributes disappear one by one. */
static bool is_gone(int r)
{
	return r == -ENOENT || r == -ENODEV || r == -ENXIO;
}

/* Reads one path of a map into the list. Returns 1, 0 if the path is not through a vHBA of npiv, or -errno. */
static int read_slave(const struct lookup *lookup, const char *name,
		      struct slave_list *list)
{
	struct slave *slave;
	int r;

	slave = array_grow(&list->slaves, list->n, sizeof(*slave));
	if (!slave)
		return -ENOMEM;
	r = device_read(lookup->sysfs, name, &slave->device);
	if (is_gone(r)) {
		list->n_gone++;
		return 1;
	}
	if (r <= 0 || slave->device.kind != DEVICE_DISK)
		return r < 0 ? r : 0;
	r = state_lookup_port(lookup->run, lookup->sysfs, slave->device.wwpn,
			      slave->device.vport, &slave->state);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	list->n++;
	return 1;
}

/* Collects the paths of a map, and notes whether one is not through a vHBA of npiv, by whatever transport: a user
 * of the map would read and write through that path as well. */
static int read_slaves(const struct lookup *lookup, const struct device_list *names,
		       struct slave_list *list)
{
	for (size_t i = 0; i < names->n; i++) {
		int r = read_slave(lookup, names->names[i], list);

		if (r < 0)
			return r;
		list->has_strangers = list->has_strangers || r == 0;
	}
	return 0;
}

static int compare_slaves(const struct slave_list *list, struct map_path **ret_paths,
			  struct path_set *ret_set)
{
	struct map_path *paths = calloc(list->n, sizeof(*paths));

	if (!paths)
		return -ENOMEM;
	for (size_t i = 0; i < list->n; i++) {
		struct slave *slave = &list->slaves[i];

		paths[i] = (struct map_path){
			.state = &slave->state,
			.lun = slave->device.lun.lun,
			.target = slave->device.lun.target_wwpn,
			.wwid = slave->device.lun.wwid,
			.identity = slave->device.identity,
			.traits = slave->device.traits,
		};
	}

	path_set_compare(paths, list->n, ret_set);
	*ret_paths = paths;
	return 0;
}

/* Whether the map already has a name in the pool, as this logical unit. */
static bool has_names(const struct lookup *lookup, const struct device *map,
		      const struct claim_unit *unit, struct name_list names)
{
	names_look(lookup->run, lookup->sysfs, map, unit, &names);
	for (size_t i = 0; i < names.n; i++)
		if (names.names[i].is_granted)
			return true;
	return false;
}

/* A path that is gone may have belonged to another host, so a map with such a path gets no new names. A map that
 * had names while the path existed keeps them: with a foreign path it would have lost them then. */
static bool may_have_names(const struct lookup *lookup, const struct device *map,
			   const struct slave_list *list, const struct claim_unit *unit,
			   const struct name_list *names)
{
	return list->n_gone == 0 || has_names(lookup, map, unit, *names);
}

/* Writes for a partition, if nothing can be read of its map now, the names that the store has for the map: the
 * properties of the partition in udev's database may be older than the last change of the map. */
static int keep_part(const struct lookup *lookup, const struct device *map, FILE *out)
{
	struct name_list names = { 0 };
	int r;

	r = names_record(lookup->run, lookup->sysfs, map->name, &names);
	if (r < 0 || names.n == 0)
		return r;
	fputs("NPIV_KEEP=1\nNPIV_KEEP_NAMES=no\n", out);
	render_udev_names(&names, map->partition, out);
	return 0;
}

/* Drops the names of a map. A partition does not judge its map, whose event may still come: when the map drops its
 * names, its partitions evaluate theirs again, and until then they keep them. */
static int give_up(const struct lookup *lookup, const struct device *map, FILE *out)
{
	return map->partition > 0 ? keep_part(lookup, map, out) :
				    id_give_up_names(lookup, map);
}

/* Sets the names of a partition to those that its map has claimed, even if the map has changed since: when the map
 * claims others, its partitions evaluate their names again. If the claimed names cannot be read, keeps those that
 * the map would claim now. */
static void follow_map(const struct lookup *lookup, const struct device *map,
		       struct name_list *names)
{
	struct name_list record;

	if (names_record(lookup->run, lookup->sysfs, map->name, &record) >= 0)
		*names = record;
}

static int answer_slaves(const struct lookup *lookup, const struct device *map,
			 const struct slave_list *list, FILE *out)
{
	_cleanup_free_ struct map_path *paths = NULL;
	struct udev_answer answer = { 0 };
	struct naming_device naming;
	struct claim_unit unit;
	struct path_set set;
	int r;

	r = compare_slaves(list, &paths, &set);
	if (r < 0)
		return r;
	if (!set.is_one_unit)
		return give_up(lookup, map, out);
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
	/* The size is left out: a map gets a new size long after its paths. */
	unit = (struct claim_unit){ set.first->identity, set.first->traits, 0 };
	if (!may_have_names(lookup, map, list, &unit, &answer.names)) {
		/* The removal of a path must not let the host assemble volumes on the map. */
		if (!vhba_state_has_host_use(answer.state))
			fputs("NPIV_HOST_USE=no\n", out);
		return give_up(lookup, map, out);
	}
	if (map->partition > 0)
		follow_map(lookup, map, &answer.names);
	id_settle_names(lookup, map, &unit, &answer.names);
	render_udev(&answer, out);
	return 0;
}

int id_map(const struct lookup *lookup, const struct device *map, FILE *out)
{
	_cleanup_(device_list_done) struct device_list names = { 0 };
	_cleanup_(slave_list_done) struct slave_list slaves = { 0 };
	int r;

	r = device_slaves(lookup->sysfs, map->name, &names);
	if (r < 0)
		return r;
	r = read_slaves(lookup, &names, &slaves);
	if (r < 0)
		return r;
	if (slaves.has_strangers)
		return give_up(lookup, map, out);
	if (slaves.n > 0)
		return answer_slaves(lookup, map, &slaves, out);
	/* A map whose paths are all gone queues its I/O and waits for them, so a mounted map must not lose its
	 * name. sysfs no longer shows which logical unit it is. */
	if (map->partition > 0)
		return keep_part(lookup, map, out);
	r = id_keep_names(lookup, map, NULL, out);
	return r < 0 ? r : 0;
}
