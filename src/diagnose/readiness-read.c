// SPDX-License-Identifier: LGPL-2.1-or-later
/* Compares udev's database and the links below /dev/npiv with the disks. */
#include <fcntl.h>
#include <limits.h>

#include "config/name.h"
#include "diagnose/readiness-read.h"
#include "fc/lun-read.h"
#include "fc/sysfs.h"
#include "lib/fd.h"
#include "lib/roots.h"
#include "names/link-target.h"
#include "names/names.h"
#include "names/naming.h"

#define ATTRIBUTE_SIZE 96

/* One path to a logical unit. */
struct path {
	const struct readiness_source *source;
	const struct vhba_state *state;
	const struct fc_lun *lun;
	struct udev_device *device; /* NULL if udev is not asked */
	const struct conflict_list *conflicts; /* used if udev is not asked */
};

static bool path_has_property(const struct path *path, const char *key, const char *value)
{
	const char *text = udev_device_get_property_value(path->device, key);

	return text && streq(text, value);
}

/* Whether udev has handled the disk as a disk of this vHBA. */
static bool path_is_in_database(const struct path *path)
{
	return udev_device_get_is_initialized(path->device) > 0 &&
	       path_has_property(path, "NPIV_VHBA", path->state->name) &&
	       path_has_property(path, "NPIV_POOL", path->state->pool);
}

/* Whether another logical unit claims the name by number. */
static bool path_is_ambiguous(const struct path *path, const char *number)
{
	if (path->device)
		return path_has_property(path, "NPIV_AMBIGUOUS", "1");
	for (size_t i = 0; i < path->conflicts->n; i++)
		if (streq(path->conflicts->conflicts[i].link, number))
			return true;
	return false;
}

/* Whether this kernel name is the disk of the path, or of another path to the same logical unit. */
static bool path_is_same_unit(const struct path *path, const char *name)
{
	char attribute[ATTRIBUTE_SIZE], wwid[sizeof(path->lun->wwid)];

	if (streq(name, path->lun->disk))
		return true;
	(void)snprintf(attribute, sizeof(attribute), "class/block/%.31s/device/wwid",
		       name);
	return lun_read_wwid(path->source->sysfs, attribute, wwid, sizeof(wwid)) >= 0 &&
	       wwid_equal(wwid, path->lun->wwid);
}

/* Whether no path of the logical unit does I/O: the name leads to an idle path only if no path does I/O. */
static bool path_is_idle(const struct path *path, const char *name)
{
	struct fc_lun lun = { 0 };
	char attribute[ATTRIBUTE_SIZE];

	(void)snprintf(attribute, sizeof(attribute),
		       "class/block/%.31s/device/access_state", name);
	return sysfs_read_text(path->source->sysfs, attribute, lun.access,
			       sizeof(lun.access)) >= 0 &&
	       lun_is_idle(&lun);
}

/* Whether multipathd runs: it then holds a lock on its pid file (pidfile_create() in multipath-tools). If that
 * cannot be read, multipathd counts as running. */
static bool multipathd_runs(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[PATH_MAX];
	_cleanup_close_ int fd = -EBADF;

	(void)snprintf(path, sizeof(path), "%s/run/multipathd.pid", environment_root());
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return errno != ENOENT;
	return fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type != F_UNLCK;
}

/* Explains why a disk that needs a map has none. */
static enum lun_readiness path_explain_map(const struct path *path)
{
	if (!multipathd_runs())
		return LUN_NO_MULTIPATHD;
	return path->device && !path_has_property(path, "DM_MULTIPATH_DEVICE_PATH", "1") ?
		       LUN_UNCLAIMED :
		       LUN_NO_MAP;
}

/* Whether only a map may have the names by number and the aliases of this disk. */
static bool path_wants_map(const struct path *path)
{
	switch (path->state->multipath) {
	case MULTIPATH_YES:
		return true;
	case MULTIPATH_NO:
		return false;
	case MULTIPATH_AUTO:
		break;
	}
	return path->device && path_has_property(path, "DM_MULTIPATH_DEVICE_PATH", "1");
}

/* link is the name by number, or the alias in its place. */
static enum lun_readiness path_look_at_plain(const struct path *path, const char *link)
{
	char name[DEVICE_NAME_SIZE];
	bool is_there = link_target_read(environment_root(), link, name);

	if (is_there &&
	    link_target_is_map_over(path->source->sysfs, name, path->lun->disk))
		return LUN_USABLE;
	if (path_wants_map(path))
		return path_explain_map(path);
	if (!is_there || !path_is_same_unit(path, name))
		return LUN_IN_UDEV;
	return path_is_idle(path, name) ? LUN_STALLED : LUN_USABLE;
}

static enum lun_readiness path_look_at_links(const struct path *path, const char *plain)
{
	char link[NPIV_LINK_MAX], name[DEVICE_NAME_SIZE];
	enum lun_readiness readiness = path_look_at_plain(path, plain);

	/* Two vHBAs of a pool can see the same target port: then only one path has the link. */
	link_by_target(path->state->pool, path->lun->target_wwpn, path->lun->lun, link);
	if (link_target_read(environment_root(), link, name) &&
	    path_is_same_unit(path, name))
		return readiness;
	return readiness == LUN_USABLE ? LUN_HALF_LINKED : LUN_IN_UDEV;
}

/* Units that all have an alias by WWID need no name by number, unless an alias by number means that number. */
static enum lun_readiness path_look_at_alias(const struct path *path)
{
	const char *alias = naming_alias_of_unit(path->state, path->lun->wwid);
	char link[NPIV_LINK_MAX];

	if (!alias || naming_has_alias_of_number(path->state, path->lun->lun))
		return LUN_AMBIGUOUS;
	link_by_alias(path->state->pool, alias, link);
	return path_look_at_links(path, link) == LUN_USABLE ? LUN_WITHHELD :
							      LUN_AMBIGUOUS;
}

static enum lun_readiness path_look_at_names(const struct path *path)
{
	char number[NPIV_LINK_MAX];

	if (path->device && !path_is_in_database(path))
		return LUN_IN_UDEV;
	link_by_lun(path->state->pool, path->lun->lun, number);
	return path_is_ambiguous(path, number) ? path_look_at_alias(path) :
						 path_look_at_links(path, number);
}

static enum lun_readiness path_look(struct path *path)
{
	struct udev *udev = path->source->udev;
	enum lun_readiness readiness;

	if (!*path->lun->disk)
		return LUN_NO_DISK;
	if (!streq(path->lun->state, "running"))
		return LUN_STALLED;
	if (!path->state)
		return LUN_USABLE;
	if (!udev)
		return path_look_at_names(path);
	path->device =
		udev_device_new_from_subsystem_sysname(udev, "block", path->lun->disk);
	if (!path->device)
		return LUN_NO_DISK;
	readiness = path_look_at_names(path);
	udev_device_unref(path->device);
	return readiness;
}

int readiness_read(const struct readiness_source *source,
		   const struct inventory *inventory, const struct vhba_state *state,
		   enum lun_readiness **ret_readiness)
{
	_cleanup_(conflict_list_done) struct conflict_list conflicts = { 0 };
	enum lun_readiness *readiness;
	int r = 0;

	assert(source);
	assert(inventory);
	assert(ret_readiness);

	if (state && !source->udev)
		r = names_conflicts(source->run, source->sysfs, state->pool, &conflicts);
	if (r < 0)
		return r;
	readiness = calloc(inventory->n_luns ? inventory->n_luns : 1, sizeof(*readiness));
	if (!readiness)
		return -ENOMEM;
	for (size_t i = 0; i < inventory->n_luns; i++) {
		struct path path = {
			.source = source,
			.state = state,
			.lun = &inventory->luns[i],
			.conflicts = &conflicts,
		};

		readiness[i] = path_look(&path);
	}

	*ret_readiness = readiness;
	return 0;
}
