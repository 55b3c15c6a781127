// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the targets of the links below /dev/npiv. */
#include <limits.h>
#include <unistd.h>

#include "config/name.h"
#include "fc/sysfs.h"
#include "names/link-target.h"

bool link_target_read(const char *root, const char *link,
		      char ret_name[static DEVICE_NAME_SIZE])
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *name;
	ssize_t n;

	assert(root);
	assert(link);

	if (snprintf(path, sizeof(path), "%s" NPIV_DEV_DIR "/%s", root, link) >=
	    (int)sizeof(path))
		return false;
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	name = strrchr(target, '/');
	name = name ? name + 1 : target;
	if (strlen(name) >= DEVICE_NAME_SIZE)
		return false;

	(void)snprintf(ret_name, DEVICE_NAME_SIZE, "%.31s", name);
	return true;
}

bool link_target_is_map_over(int sysfs, const char *name, const char *disk)
{
	char path[96], uuid[256];

	assert(name);
	assert(disk);

	(void)snprintf(path, sizeof(path), "class/block/%.31s/dm/uuid", name);
	if (sysfs_read_text(sysfs, path, uuid, sizeof(uuid)) < 0 ||
	    !startswith(uuid, "mpath-"))
		return false;
	(void)snprintf(path, sizeof(path), "class/block/%.31s/slaves/%.31s", name, disk);
	return faccessat(sysfs, path, F_OK, 0) >= 0;
}

bool link_target_find(const char *root, int sysfs, const char *link, const char *disk,
		      char ret_name[static DEVICE_NAME_SIZE])
{
	char name[DEVICE_NAME_SIZE];

	assert(disk);

	if (!link_target_read(root, link, name) ||
	    (!streq(name, disk) && !link_target_is_map_over(sysfs, name, disk)))
		return false;

	memcpy(ret_name, name, sizeof(name));
	return true;
}
