// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a disk or SCSI host device that somebody else gave the guest leads to on this host. */
#include <limits.h>

#include "libvirt/guest.h"
#include "fc/device.h"
#include "lib/fd.h"
#include "fc/sysfs.h"

static bool keep_name(const char *name, char ret_name[static DEVICE_NAME_SIZE])
{
	if (strlen(name) >= DEVICE_NAME_SIZE)
		return false;
	(void)snprintf(ret_name, DEVICE_NAME_SIZE, "%s", name);
	return true;
}

static bool find_path(const char *source, char ret_name[static DEVICE_NAME_SIZE])
{
	char path[PATH_MAX];

	return startswith(source, "/dev/") && realpath(source, path) &&
	       keep_name(strrchr(path, '/') + 1, ret_name);
}

/* Of "8:0:1:3"; a tape has no block device, and no name in the pool. */
static bool find_address(const struct guest_task *task, const char *source,
			 char ret_name[static DEVICE_NAME_SIZE])
{
	_cleanup_closedir_ DIR *folder = NULL;
	char path[PATH_MAX];
	struct dirent *item;

	(void)snprintf(path, sizeof(path), "bus/scsi/devices/%.64s/block", source);
	folder = sysfs_open_stream(task->sysfs, path);
	while (folder && (item = readdir(folder)))
		if (item->d_name[0] != '.')
			return keep_name(item->d_name, ret_name);
	return false;
}

/* Which logical unit a device is; of a map that of any path. False where it is none of Fibre Channel. */
static bool read_identity(const struct guest_task *task, const struct device *device,
			  char ret_identity[static IDENTITY_SIZE])
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	struct device disk = *device;

	if (device->kind == DEVICE_MAP &&
	    (device_slaves(task->sysfs, device->name, &slaves) < 0 || slaves.n == 0 ||
	     device_read(task->sysfs, slaves.names[0], &disk) <= 0 ||
	     disk.kind != DEVICE_DISK))
		return false;
	memcpy(ret_identity, disk.identity, IDENTITY_SIZE);
	return *ret_identity;
}

/* A partition stands for its disk, and each path for the logical unit that the pool may have by another
 * path, or by its map: given to the guest beside it, it would be written twice. */
static void find_unit(const struct guest_task *task, const struct guest_host *host,
		      struct attach_disk *disk)
{
	char identity[IDENTITY_SIZE];
	struct device device;

	if (device_read(task->sysfs, disk->device, &device) <= 0)
		return;
	(void)snprintf(disk->device, sizeof(disk->device), "%s", device.name);
	if (!read_identity(task, &device, identity))
		return;
	for (size_t i = 0; i < host->n_devices; i++)
		if (streq(host->devices[i].identity, identity)) {
			memcpy(disk->device, host->devices[i].name, DEVICE_NAME_SIZE);
			return;
		}
}

void guest_source_find(const struct guest_task *task, const struct guest_host *host,
		       struct attach_disk *disk)
{
	assert(task);
	assert(host);
	assert(disk);

	if (!disk->source)
		return;
	if (*disk->source == '/' ? find_path(disk->source, disk->device) :
				   find_address(task, disk->source, disk->device))
		find_unit(task, host, disk);
}
