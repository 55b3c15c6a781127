// SPDX-License-Identifier: LGPL-2.1-or-later
/* udev's database and the links below /dev/npiv, compared with the disks they are for. */
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "config/name.h"
#include "names/naming.h"
#include "fc/lun-read.h"
#include "diagnose/readiness-read.h"
#include "fc/sysfs.h"

#define ATTRIBUTE_SIZE 96

struct target {
	struct udev_device *disk;
	const struct fc_lun *lun;
	const struct vhba_state *state;
	int sysfs;
};

static bool has_property(struct udev_device *device, const char *key, const char *value)
{
	const char *text = udev_device_get_property_value(device, key);

	return text && streq(text, value);
}

/* Which device a link leads to; 0 where it leads to none. */
static dev_t link_device(const char *link)
{
	char path[sizeof(NPIV_DEV_DIR) + NPIV_LINK_MAX];
	struct stat st;

	(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s", link);
	return stat(path, &st) == 0 && S_ISBLK(st.st_mode) ? st.st_rdev : 0;
}

/* Whether the device is a multipath map that has this disk as a path. */
static bool is_map_over(const struct target *target, dev_t device)
{
	char path[ATTRIBUTE_SIZE], text[256];

	(void)snprintf(path, sizeof(path), "dev/block/%u:%u/dm/uuid", major(device),
		       minor(device));
	if (sysfs_read_text(target->sysfs, path, text, sizeof(text)) < 0 ||
	    !startswith(text, "mpath-"))
		return false;
	(void)snprintf(path, sizeof(path), "dev/block/%u:%u/slaves/%.31s/dev",
		       major(device), minor(device), target->lun->disk);
	return sysfs_read_text(target->sysfs, path, text, sizeof(text)) >= 0;
}

static bool is_other_path(const struct target *target, dev_t device)
{
	char path[ATTRIBUTE_SIZE], wwid[sizeof(target->lun->wwid)];

	(void)snprintf(path, sizeof(path), "dev/block/%u:%u/device/wwid", major(device),
		       minor(device));
	return lun_read_wwid(target->sysfs, path, wwid, sizeof(wwid)) >= 0 &&
	       wwid_equal(wwid, target->lun->wwid);
}

/* Whether no path of the logical unit does I/O: then the one that has the name does none. */
static bool is_idle(const struct target *target, dev_t device)
{
	struct fc_lun lun = { 0 };
	char path[ATTRIBUTE_SIZE];

	(void)snprintf(path, sizeof(path), "dev/block/%u:%u/device/access_state",
		       major(device), minor(device));
	return sysfs_read_text(target->sysfs, path, lun.access, sizeof(lun.access)) >=
		       0 &&
	       lun_is_idle(&lun);
}

/* Whether only a map may have the plain names of this disk. */
static bool wants_map(const struct target *target)
{
	switch (target->state->multipath) {
	case MULTIPATH_YES:
		return true;
	case MULTIPATH_NO:
		return false;
	case MULTIPATH_AUTO:
		break;
	}
	return has_property(target->disk, "DM_MULTIPATH_DEVICE_PATH", "1");
}

/* name: the one by number, or what stands for it. */
static enum lun_readiness look_at_links(const struct target *target, const char *name)
{
	dev_t self = udev_device_get_devnum(target->disk), by_target, plain;
	char link[NPIV_LINK_MAX];

	/* Two vHBAs of a pool can have one target port in common: then one path has the link. */
	by_target = link_device(link_by_target(
		target->state->pool, target->lun->target_wwpn, target->lun->lun, link));
	if (!by_target || (by_target != self && !is_other_path(target, by_target)))
		return LUN_IN_UDEV;

	plain = link_device(name);
	if (plain && is_map_over(target, plain))
		return LUN_USABLE;
	if (wants_map(target))
		return LUN_NO_MAP;
	if (!plain || (plain != self && !is_other_path(target, plain)))
		return LUN_IN_UDEV;
	return is_idle(target, plain) ? LUN_STALLED : LUN_USABLE;
}

/* Units that all have a name by WWID dispute no number, unless an alias stands for that. */
static enum lun_readiness look_at_alias(const struct target *target)
{
	const char *alias = naming_alias_of_unit(target->state, target->lun->wwid);
	char link[NPIV_LINK_MAX];

	if (!alias || naming_has_alias_of_number(target->state, target->lun->lun))
		return LUN_AMBIGUOUS;
	return look_at_links(target, link_by_alias(target->state->pool, alias, link)) ==
			       LUN_USABLE ?
		       LUN_WITHHELD :
		       LUN_AMBIGUOUS;
}

static enum lun_readiness look_at_disk(const struct target *target)
{
	char number[NPIV_LINK_MAX];

	if (udev_device_get_is_initialized(target->disk) <= 0 ||
	    !has_property(target->disk, "NPIV_VHBA", target->state->name) ||
	    !has_property(target->disk, "NPIV_POOL", target->state->pool))
		return LUN_IN_UDEV;
	if (has_property(target->disk, "NPIV_AMBIGUOUS", "1"))
		return look_at_alias(target);
	return look_at_links(target,
			     link_by_lun(target->state->pool, target->lun->lun, number));
}

static enum lun_readiness look_at_lun(struct udev *udev, struct target *target)
{
	enum lun_readiness readiness;

	if (!*target->lun->disk)
		return LUN_NO_DISK;
	if (!streq(target->lun->state, "running"))
		return LUN_STALLED;
	target->disk =
		udev_device_new_from_subsystem_sysname(udev, "block", target->lun->disk);
	if (!target->disk)
		return LUN_NO_DISK;
	readiness = look_at_disk(target);
	udev_device_unref(target->disk);
	return readiness;
}

int readiness_read(struct udev *udev, int sysfs, const struct inventory *inventory,
		   const struct vhba_state *state, enum lun_readiness **ret_readiness)
{
	enum lun_readiness *readiness;

	assert(udev);
	assert(inventory);
	assert(state);
	assert(ret_readiness);

	readiness = calloc(inventory->n_luns ? inventory->n_luns : 1, sizeof(*readiness));
	if (!readiness)
		return -ENOMEM;
	for (size_t i = 0; i < inventory->n_luns; i++) {
		struct target target = {
			.lun = &inventory->luns[i],
			.state = state,
			.sysfs = sysfs,
		};

		readiness[i] = look_at_lun(udev, &target);
	}

	*ret_readiness = readiness;
	return 0;
}
