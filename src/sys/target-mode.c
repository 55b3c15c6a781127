// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tells ports that serve LUNs to others from ports that use LUNs. */
#include <inttypes.h>

#include "core/wwn.h"
#include "sys/fd.h"
#include "sys/sysfs.h"
#include "sys/target-mode.h"

static bool driver_says_target(int sysfs, uint32_t host)
{
	char path[64], mode[64];

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/active_mode", host);
	return sysfs_read_text(sysfs, path, mode, sizeof(mode)) >= 0 && strstr(mode, "Target");
}

/* LIO's fabric modules keep one folder a port, named by its WWPN. */
static bool fabric_module_has(int modules, const char *module, uint64_t wwpn)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(modules, module);
	struct dirent *item;

	while (dir && (item = readdir(dir))) {
		uint64_t other;

		if (wwn_parse(item->d_name, &other) == 0 && other == wwpn)
			return true;
	}
	return false;
}

bool target_mode_has(int sysfs, uint32_t host, uint64_t wwpn)
{
	_cleanup_closedir_ DIR *modules = NULL;
	struct dirent *item;

	if (driver_says_target(sysfs, host))
		return true;
	if (!wwn_is_usable(wwpn))
		return false;

	modules = sysfs_open_stream(sysfs, "kernel/config/target");
	while (modules && (item = readdir(modules)))
		/* "core" has the backing stores. */
		if (item->d_name[0] != '.' && !streq(item->d_name, "core") &&
		    fabric_module_has(dirfd(modules), item->d_name, wwpn))
			return true;
	return false;
}
