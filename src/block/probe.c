// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads what is on a disk, with libblkid or from udev's database, and the links of udev that lead to it. */
#include <blkid/blkid.h>
#include <fcntl.h>

#include "lib/fd.h"
#include "block/probe.h"

DEFINE_CLEANUP(blkid_probe, blkid_free_probe);

static int copy_value(blkid_probe probe, const char *key, char **ret)
{
	const char *value;
	size_t size;

	if (blkid_probe_lookup_value(probe, key, &value, NULL) < 0)
		return 0;
	/* Users of the disk write these texts: every byte that is not safe becomes \xNN. */
	size = 4 * strlen(value) + 1;
	*ret = malloc(size);
	if (!*ret)
		return -ENOMEM;
	if (blkid_encode_string(value, *ret, size) < 0)
		(*ret)[0] = '\0';
	return 0;
}

static int read_signatures(blkid_probe probe, struct probe *result)
{
	int r;

	if (blkid_probe_enable_superblocks(probe, 1) < 0 ||
	    blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_TYPE |
							     BLKID_SUBLKS_LABEL |
							     BLKID_SUBLKS_UUID) < 0 ||
	    blkid_probe_enable_partitions(probe, 1) < 0)
		return -ENOMEM;
	/* 1: nothing was found; -2: several signatures were found, so the type is not known. */
	if (blkid_do_safeprobe(probe) != 0)
		return 0;
	r = copy_value(probe, "TYPE", &result->type);
	if (r >= 0)
		r = copy_value(probe, "LABEL", &result->label);
	if (r >= 0)
		r = copy_value(probe, "UUID", &result->uuid);
	if (r >= 0)
		r = copy_value(probe, "PTTYPE", &result->table);
	return r;
}

int probe_disk(const char *path, struct probe *ret_probe)
{
	_cleanup_(blkid_free_probep) blkid_probe probe = NULL;
	_cleanup_(probe_done) struct probe result = { 0 };
	_cleanup_close_ int fd = -EBADF;
	int r;

	assert(path);
	assert(ret_probe);

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	probe = blkid_new_probe();
	if (!probe)
		return -ENOMEM;
	errno = 0;
	if (blkid_probe_set_device(probe, fd, 0, 0) < 0)
		return errno ? -errno : -EIO;
	r = read_signatures(probe, &result);
	if (r < 0)
		return r;

	*ret_probe = result;
	result = (struct probe){ 0 };
	return 0;
}

static int copy_property(struct udev_device *device, const char *key, char **ret)
{
	const char *value = udev_device_get_property_value(device, key);

	if (!value || !*value)
		return 0;
	*ret = strdup(value);
	return *ret ? 0 : -ENOMEM;
}

int probe_udev(struct udev *udev, const char *name, struct probe *ret_probe)
{
	_cleanup_(probe_done) struct probe result = { 0 };
	struct udev_device *device;
	int r;

	assert(udev);
	assert(name);
	assert(ret_probe);

	device = udev_device_new_from_subsystem_sysname(udev, "block", name);
	if (!device)
		return errno == ENOMEM ? -ENOMEM : 0;
	/* NPIV_FS_TYPE is the true type if the pool's rules have replaced ID_FS_TYPE (61-npiv.rules). */
	r = copy_property(device, "NPIV_FS_TYPE", &result.type);
	if (r >= 0 && !result.type &&
	    !udev_device_get_property_value(device, "NPIV_HOST_USE"))
		r = copy_property(device, "ID_FS_TYPE", &result.type);
	if (r >= 0)
		r = copy_property(device, "ID_FS_LABEL", &result.label);
	if (r >= 0)
		r = copy_property(device, "ID_FS_UUID", &result.uuid);
	if (r >= 0)
		r = copy_property(device, "ID_PART_TABLE_TYPE", &result.table);
	udev_device_unref(device);
	if (r < 0)
		return r;

	*ret_probe = result;
	result = (struct probe){ 0 };
	return 0;
}

void probe_done(struct probe *probe)
{
	free(probe->type);
	free(probe->label);
	free(probe->uuid);
	free(probe->table);
	*probe = (struct probe){ 0 };
}

static int compare_links(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The list is not sorted; it is valid as long as the device. */
static int links_for_each_sorted(struct udev_list_entry *first, device_link_fn fn,
				 void *context)
{
	_cleanup_free_ const char **links = NULL;
	struct udev_list_entry *entry;
	size_t n = 0;
	int r = 0;

	udev_list_entry_foreach(entry, first)
	{
		const char **link = array_grow(&links, n, sizeof(*link));

		if (!link)
			return -ENOMEM;
		*link = udev_list_entry_get_name(entry);
		n++;
	}
	if (n > 0)
		qsort(links, n, sizeof(*links), compare_links);
	for (size_t i = 0; r >= 0 && i < n; i++)
		r = fn(links[i], context);
	return r;
}

int device_links_for_each(struct udev *udev, const char *name, device_link_fn fn,
			  void *context)
{
	struct udev_device *device;
	int r;

	assert(udev);
	assert(name);
	assert(fn);

	device = udev_device_new_from_subsystem_sysname(udev, "block", name);
	if (!device)
		return errno == ENOMEM ? -ENOMEM : 0;
	r = links_for_each_sorted(udev_device_get_devlinks_list_entry(device), fn,
				  context);
	udev_device_unref(device);
	return r;
}
