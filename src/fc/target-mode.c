// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tells ports that serve LUNs to others from ports that use LUNs. */
#include <inttypes.h>

#include "fc/wwn.h"
#include "lib/fd.h"
#include "fc/sysfs.h"
#include "fc/target-mode.h"

static int add_target(struct target_list *list, uint64_t wwpn)
{
	uint64_t *item = array_grow(&list->wwpns, list->n, sizeof(*item));

	if (!item)
		return -ENOMEM;
	*item = wwpn;
	list->n++;
	return 0;
}

/* LIO's fabric modules keep one folder a port, named by its WWPN. */
static int read_fabric_module(int modules, const char *module, struct target_list *list)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(modules, module);
	struct dirent *item;

	while (dir && (item = readdir(dir))) {
		uint64_t wwpn;
		int r;

		if (wwn_parse(item->d_name, &wwpn) < 0 || !wwn_is_usable(wwpn))
			continue;
		r = add_target(list, wwpn);
		if (r < 0)
			return r;
	}
	return 0;
}

int target_list_read(int sysfs, struct target_list *ret_list)
{
	_cleanup_closedir_ DIR *modules =
		sysfs_open_stream(sysfs, "kernel/config/target");
	struct dirent *item;
	int r = 0;

	assert(ret_list);

	*ret_list = (struct target_list){ 0 };
	while (r >= 0 && modules && (item = readdir(modules)))
		/* "core" has the backing stores. */
		if (item->d_name[0] != '.' && !streq(item->d_name, "core"))
			r = read_fabric_module(dirfd(modules), item->d_name, ret_list);
	return r;
}

void target_list_done(struct target_list *list)
{
	free(list->wwpns);
	*list = (struct target_list){ 0 };
}

static bool driver_says_target(int sysfs, uint32_t host)
{
	char path[64], mode[64];

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/active_mode",
		       host);
	return sysfs_read_text(sysfs, path, mode, sizeof(mode)) >= 0 &&
	       strstr(mode, "Target");
}

bool target_mode_has(int sysfs, const struct target_list *list, uint32_t host,
		     uint64_t wwpn)
{
	assert(list);

	for (size_t i = 0; i < list->n; i++)
		if (list->wwpns[i] == wwpn)
			return true;
	return driver_says_target(sysfs, host);
}
