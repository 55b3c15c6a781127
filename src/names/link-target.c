// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where the links below /dev/npiv lead. */
#include <limits.h>
#include <unistd.h>

#include "config/name.h"
#include "names/link-target.h"

bool link_target_find(const char *root, int sysfs, const char *link, const char *disk,
		      char ret_name[static DEVICE_NAME_SIZE])
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *name;
	ssize_t n;

	assert(root);
	assert(link);
	assert(disk);

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
	if (!streq(name, disk)) {
		(void)snprintf(path, sizeof(path), "class/block/%.31s/slaves/%.31s", name,
			       disk);
		if (faccessat(sysfs, path, F_OK, 0) < 0)
			return false;
	}

	(void)snprintf(ret_name, DEVICE_NAME_SIZE, "%.31s", name);
	return true;
}
