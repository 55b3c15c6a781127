// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds out whether a multipath map belongs to a pool. */
#include <inttypes.h>
#include <limits.h>

#include "fc/device.h"
#include "lib/fd.h"
#include "block/map-owner.h"
#include "state/state-dir.h"
#include "fc/sysfs.h"

#define VPORT "vport-"

struct owner {
	int sysfs;
	const char *run, *pool;
};

static bool is_port_of_pool(const struct owner *owner, uint64_t wwpn, const char *vport)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };

	return state_lookup_port(owner->run, owner->sysfs, wwpn, vport, &state) >= 0 &&
	       streq(state.pool, owner->pool);
}

/* Returns the vport in the path of a device, as named in sysfs; NULL if the device is behind a physical port. */
static char *find_vport(char *target)
{
	char *vport = strstr(target, "/" VPORT);

	if (!vport)
		return NULL;
	vport++;
	vport[strcspn(vport, "/")] = '\0';
	return vport;
}

/* A disk that was removed while a map has it open: the link to it still shows its path. The kernel never reuses
 * the number of a vport (fc_vport_setup(), drivers/scsi/scsi_transport_fc.c). */
static bool is_removed_path_of_pool(const struct owner *owner, const char *map,
				    const char *disk)
{
	char path[NAME_MAX + 64], target[PATH_MAX];
	const char *vport;
	uint64_t wwpn;
	ssize_t n;
	int r;

	(void)snprintf(path, sizeof(path), "class/block/%.31s/slaves/%.31s", map, disk);
	n = readlinkat(owner->sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return errno == ENOENT; /* multipathd has removed the path meanwhile */
	target[n] = '\0';
	vport = find_vport(target);
	if (!vport)
		return false;
	(void)snprintf(path, sizeof(path), "class/fc_vports/%.64s/port_name", vport);
	r = sysfs_read_wwn(owner->sysfs, path, &wwpn);
	return r == -ENOENT || r == -ENODEV ||
	       (r >= 0 && is_port_of_pool(owner, wwpn, vport));
}

static bool is_path_of_pool(const struct owner *owner, const char *map, const char *disk)
{
	struct device device;
	int r;

	r = device_read(owner->sysfs, disk, &device);
	if (r == -ENOENT || r == -ENODEV || r == -ENXIO)
		return is_removed_path_of_pool(owner, map, disk);
	return r > 0 && device.kind == DEVICE_DISK &&
	       is_port_of_pool(owner, device.wwpn, device.vport);
}

bool map_is_of_pool(int sysfs, const char *run, const char *map, const char *pool)
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	const struct owner owner = { .sysfs = sysfs, .run = run, .pool = pool };

	assert(run);
	assert(map);
	assert(pool);

	if (device_slaves(sysfs, map, &slaves) < 0)
		return false;
	for (size_t i = 0; i < slaves.n; i++)
		if (!is_path_of_pool(&owner, map, slaves.names[i]))
			return false;
	return true;
}
