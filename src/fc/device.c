// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads one block device from sysfs. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>

#include "fc/device.h"
#include "lib/fd.h"
#include "fc/lun-read.h"
#include "fc/sysfs.h"

#define MAP_UUID       "mpath-" /* libmultipath: UUID_PREFIX */
#define PARTITION_UUID "part%u-" /* kpartx puts this before the UUID of the map */

#define NPIV_ATTRIBUTE_PATH 96U

static bool is_gone(int r)
{
	return r == -ENOENT || r == -ENODEV || r == -ENXIO;
}

/* "class/block/NAME/ATTRIBUTE" */
static const char *block_path(const char *name, const char *attribute,
			      char buf[static NPIV_ATTRIBUTE_PATH])
{
	(void)snprintf(buf, NPIV_ATTRIBUTE_PATH, "class/block/%.31s/%s", name, attribute);
	return buf;
}

int device_sequence(int sysfs, const char *name, uint64_t *ret_sequence)
{
	char path[NPIV_ATTRIBUTE_PATH];
	int r;

	assert(name);
	assert(ret_sequence);

	r = sysfs_read_number(sysfs, block_path(name, "diskseq", path), ret_sequence);
	if (r != -ENOENT)
		return r;
	if (faccessat(sysfs, block_path(name, "", path), F_OK, 0) < 0)
		return -errno;
	*ret_sequence = 0;
	return 0;
}

static int read_partition(int sysfs, const char *name, unsigned *ret_partition)
{
	char path[NPIV_ATTRIBUTE_PATH];
	uint64_t n;
	int r;

	r = sysfs_read_number(sysfs, block_path(name, "partition", path), &n);
	if (r < 0)
		return r;
	if (n == 0 || n > UINT_MAX)
		return -EINVAL;
	*ret_partition = (unsigned)n;
	return 0;
}

int device_port_wwpn(int sysfs, const char *vport, uint32_t host, uint64_t *ret_wwpn)
{
	char path[NPIV_ATTRIBUTE_PATH];
	int r;

	assert(vport);
	assert(ret_wwpn);

	if (*vport) {
		(void)snprintf(path, sizeof(path), "class/fc_vports/%.31s/port_name",
			       vport);
		r = sysfs_read_wwn(sysfs, path, ret_wwpn);
		if (r != -ENOENT)
			return r;
	}
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32 "/port_name",
		       host);
	return sysfs_read_wwn(sysfs, path, ret_wwpn);
}

static int read_disk(int sysfs, const struct devpath *devpath, const char *path,
		     struct device *device)
{
	_cleanup_close_ int dir = -EBADF;
	char attribute[NPIV_ATTRIBUTE_PATH];
	int r;

	device->kind = DEVICE_DISK;
	(void)snprintf(device->name, sizeof(device->name), "%s", devpath->disk);
	memcpy(device->vport, devpath->vport, sizeof(device->vport));
	r = lun_address_parse(devpath->address, &device->lun);
	if (r < 0)
		return r;
	(void)snprintf(attribute, sizeof(attribute), "class/scsi_device/%s",
		       devpath->address);
	dir = sysfs_open_dir(sysfs, attribute);
	if (dir < 0)
		return dir;
	r = lun_read_identity(sysfs, dir, path, &device->lun);
	if (r <= 0)
		return r;
	/* The kernel removes the class entry before the attributes (__scsi_remove_device()): if the entry still
	 * exists, all attributes were read, and empty ones are really empty. */
	if (faccessat(sysfs, attribute, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;

	/* A SCSI address begins with the last hostN of the path: the vHBA's own host, even if the path also
	 * contains its parent's hostN. */
	r = device_port_wwpn(sysfs, device->vport, device->lun.host, &device->wwpn);
	if (r < 0)
		return r;
	(void)identity_format(&device->lun, device->identity);
	(void)identity_traits(&device->lun, device->traits);
	return 1;
}

/* A partition made by kpartx is a map with one slave: the map that it is a part of. */
static int read_map_partition(int sysfs, const char *name, unsigned partition,
			      struct device *device)
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	int r;

	r = device_slaves(sysfs, name, &slaves);
	if (r < 0)
		return r;
	if (slaves.n != 1)
		return 0;
	(void)snprintf(device->name, sizeof(device->name), "%s", slaves.names[0]);
	device->partition = partition;
	return 1;
}

static int read_map(int sysfs, const char *name, struct device *device)
{
	char path[NPIV_ATTRIBUTE_PATH], uuid[160]; /* DM_UUID_LEN is 129 */
	unsigned partition;
	int r, n = 0;

	r = sysfs_read_text(sysfs, block_path(name, "dm/uuid", path), uuid, sizeof(uuid));
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	device->kind = DEVICE_MAP;
	if (startswith(uuid, MAP_UUID)) {
		(void)snprintf(device->name, sizeof(device->name), "%.31s", name);
		return 1;
	}
	if (sscanf(uuid, PARTITION_UUID "%n", &partition, &n) == 1 && n > 0 &&
	    partition > 0 && startswith(uuid + n, MAP_UUID))
		return read_map_partition(sysfs, name, partition, device);
	return 0;
}

int device_read(int sysfs, const char *name, struct device *ret_device)
{
	struct device device = { 0 };
	char path[NPIV_ATTRIBUTE_PATH], target[PATH_MAX];
	struct devpath devpath;
	ssize_t n;
	int r;

	assert(name);
	assert(ret_device);

	(void)snprintf(path, sizeof(path), "class/block/%.31s", name);
	n = readlinkat(sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return -errno;
	target[n] = '\0';
	if (devpath_parse(target, &devpath) >= 0) {
		r = read_disk(sysfs, &devpath, target, &device);
		if (r > 0 && *devpath.partition) {
			int s = read_partition(sysfs, name, &device.partition);

			r = s < 0 ? s : r;
		}
	} else
		r = read_map(sysfs, name, &device);
	if (r <= 0)
		return r;
	r = device_sequence(sysfs, device.name, &device.sequence);
	if (r < 0)
		return r;

	*ret_device = device;
	return 1;
}

bool device_is_running(int sysfs, const char *disk)
{
	char path[NPIV_ATTRIBUTE_PATH], state[32];

	assert(disk);

	return sysfs_read_text(sysfs, block_path(disk, "device/state", path), state,
			       sizeof(state)) >= 0 &&
	       streq(state, "running");
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int list_add(struct device_list *list, const char *name)
{
	char(*item)[DEVICE_NAME_SIZE] = array_grow(&list->names, list->n, sizeof(*item));

	if (!item)
		return -ENOMEM;
	(void)snprintf(*item, sizeof(*item), "%.31s", name);
	list->n++;
	return 0;
}

/* Lists the entries of a folder of a block device for which is_wanted() returns true. */
static int list_folder(int sysfs, const char *name, const char *folder,
		       bool (*is_wanted)(int sysfs, const char *item),
		       struct device_list *list)
{
	_cleanup_closedir_ DIR *dir = NULL;
	char path[NPIV_ATTRIBUTE_PATH];
	struct dirent *item;
	int r;

	dir = sysfs_open_stream(sysfs, block_path(name, folder, path));
	if (!dir)
		return -errno;
	while ((item = readdir(dir))) {
		if (item->d_name[0] == '.' || !is_wanted(sysfs, item->d_name))
			continue;
		r = list_add(list, item->d_name);
		if (r < 0)
			return r;
	}
	if (list->n > 0)
		qsort(list->names, list->n, sizeof(*list->names), compare_names);
	return 0;
}

static bool is_anything(int sysfs, const char *name)
{
	return true;
}

static bool is_partition(int sysfs, const char *name)
{
	struct device device = { 0 };
	unsigned partition;

	return strlen(name) < DEVICE_NAME_SIZE &&
	       (read_partition(sysfs, name, &partition) >= 0 ||
		(read_map(sysfs, name, &device) > 0 && device.partition > 0));
}

int device_slaves(int sysfs, const char *name, struct device_list *ret_list)
{
	_cleanup_(device_list_done) struct device_list list = { 0 };
	int r;

	assert(name);
	assert(ret_list);

	r = list_folder(sysfs, name, "slaves", is_anything, &list);
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct device_list){ 0 };
	return 0;
}

static int trigger_one(int sysfs, const char *name)
{
	char path[NPIV_ATTRIBUTE_PATH];
	ssize_t n = sysfs_write(sysfs, block_path(name, "uevent", path), "change");

	return n < 0 && !is_gone((int)n) ? (int)n : 0;
}

int device_trigger(int sysfs, const char *name, bool only_partitions)
{
	_cleanup_(device_list_done) struct device_list partitions = { 0 };
	int r;

	assert(name);

	if (!only_partitions) {
		r = trigger_one(sysfs, name);
		if (r < 0)
			return r;
	}
	r = list_folder(sysfs, name, "", is_partition, &partitions);
	if (r >= 0)
		r = list_folder(sysfs, name, "holders", is_partition, &partitions);
	if (r < 0)
		return is_gone(r) ? 0 : r;
	for (size_t i = 0; i < partitions.n; i++) {
		r = trigger_one(sysfs, partitions.names[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

void device_list_done(struct device_list *list)
{
	free(list->names);
	*list = (struct device_list){ 0 };
}
