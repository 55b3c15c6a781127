// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds loop devices that have a device of a tree as their file: no holder, and no process, shows them. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "core/limits.h"
#include "sys/fd.h"
#include "sys/in-use.h"
#include "sys/sysfs.h"

#define BLOCK_DIR "/sys/class/block"

/* The device behind a loop device; 0 where it is none, or its file is no device. */
static dev_t loop_backing(int blocks, const char *name)
{
	char path[NAME_MAX + 32], file[NPIV_ATTR_MAX];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/loop/backing_file", name);
	if (sysfs_read_text(blocks, path, file, sizeof(file)) < 0 ||
	    !startswith(file, "/dev/") || stat(file, &st) < 0)
		return 0;
	return S_ISBLK(st.st_mode) ? st.st_rdev : 0;
}

int loop_users_find(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_closedir_ DIR *blocks = NULL;
	struct dirent *item;
	int r;

	assert(tree);
	assert(list);

	blocks = sysfs_open_stream(AT_FDCWD, BLOCK_DIR);
	if (!blocks)
		return -errno;
	while ((item = readdir(blocks))) {
		const struct block_node *node;
		dev_t device;

		if (!startswith(item->d_name, "loop"))
			continue;
		device = loop_backing(dirfd(blocks), item->d_name);
		node = device ? block_tree_find(tree, device) : NULL;
		if (!node || node->has_others)
			continue;
		r = user_list_add(list, node->name, false, "used by %s", item->d_name);
		if (r < 0)
			return r;
	}
	return 0;
}
