// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds mounts and swap on a tree of block devices. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include <libmount/libmount.h>

#include "lib/fd.h"
#include "block/in-use.h"
#include "fc/sysfs.h"

#define BTRFS_DIR "/sys/fs/btrfs"

DEFINE_CLEANUP(struct libmnt_table *, mnt_unref_table);
DEFINE_CLEANUP(struct libmnt_iter *, mnt_free_iter);

/* Whether what the kernel shows as source of a mount or swap is the path of a block device that root chose. Any user
 * can have a FUSE file system, or in a user namespace a tmpfs, call itself mounted from /dev/sdc. */
static bool has_true_source(struct libmnt_fs *fs)
{
	static const char *const types[] = { "btrfs", "bcachefs" };
	const char *type = mnt_fs_get_fstype(fs);

	if (mnt_fs_is_swaparea(fs)) {
		type = mnt_fs_get_swaptype(fs);
		return type && streq(type, "partition");
	}
	for (size_t i = 0; type && i < ARRAY_SIZE(types); i++)
		if (streq(type, types[i]))
			return true;
	return false;
}

/* The number of a device by its path below /dev; 0 for anything else. */
static dev_t source_device(const char *source)
{
	struct stat st;

	return source && startswith(source, "/dev/") && stat(source, &st) == 0 &&
			       S_ISBLK(st.st_mode) ?
		       st.st_rdev :
		       0;
}

/* By number, and by source where a file system has a made-up one, or swap has none. */
static const struct block_node *find_node(const struct block_tree *tree,
					  struct libmnt_fs *fs)
{
	const struct block_node *node = block_tree_find(tree, mnt_fs_get_devno(fs));
	dev_t device =
		node || !has_true_source(fs) ? 0 : source_device(mnt_fs_get_source(fs));

	if (device)
		node = block_tree_find(tree, device);
	return node && !node->has_others ? node : NULL;
}

static int add_entries(struct libmnt_table *table, const struct block_tree *tree,
		       struct user_list *list)
{
	_cleanup_(mnt_free_iterp) struct libmnt_iter *iter =
		mnt_new_iter(MNT_ITER_FORWARD);
	struct libmnt_fs *fs;
	int r;

	if (!iter)
		return -ENOMEM;
	while (mnt_table_next_fs(table, iter, &fs) == 0) {
		const struct block_node *node = find_node(tree, fs);

		if (!node)
			continue;
		r = mnt_fs_is_swaparea(fs) ?
			    user_list_add(list, node->name, false, "swap") :
			    user_list_add(list, node->name, false, "mounted at %s",
					  mnt_fs_get_target(fs));
		if (r < 0)
			return r;
	}
	return 0;
}

static int find_mounts(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_(mnt_unref_tablep) struct libmnt_table *table = mnt_new_table();
	int r;

	if (!table)
		return -ENOMEM;
	/* PID 1's: a unit's sandbox hides what is mounted below /home and /root from itself. */
	r = mnt_table_parse_file(table, "/proc/1/mountinfo");
	if (r == -EACCES || r == -EPERM)
		r = mnt_table_parse_file(table, "/proc/self/mountinfo");
	return r < 0 ? r : add_entries(table, tree, list);
}

static int find_swaps(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_(mnt_unref_tablep) struct libmnt_table *table = mnt_new_table();
	int r;

	if (!table)
		return -ENOMEM;
	r = mnt_table_parse_swaps(table, NULL);
	if (r == -ENOENT) /* a kernel without swap */
		return 0;
	return r < 0 ? r : add_entries(table, tree, list);
}

static bool has_user(const struct user_list *list, const char *device)
{
	for (size_t i = 0; i < list->n; i++)
		if (streq(list->users[i].device, device))
			return true;
	return false;
}

/* The devices of one btrfs by their kernel names; it is there as long as the file system is mounted anywhere
 * (fs/btrfs/sysfs.c). */
static int find_members(int btrfs, const char *id, const struct block_tree *tree,
			struct user_list *list)
{
	_cleanup_closedir_ DIR *devices = NULL;
	char path[NAME_MAX + sizeof("/devices")];
	struct dirent *item;

	(void)snprintf(path, sizeof(path), "%s/devices", id);
	devices = sysfs_open_stream(btrfs, path);
	while (devices && (item = readdir(devices))) {
		const struct block_node *node = block_tree_find_name(tree, item->d_name);
		int r;

		if (!node || node->has_others || has_user(list, node->name))
			continue;
		r = user_list_add(list, node->name, false, "part of btrfs %s", id);
		if (r < 0)
			return r;
	}
	return 0;
}

/* A mount names one device of a btrfs alone, and one in a namespace of its own none. */
static int find_btrfs(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_closedir_ DIR *btrfs = sysfs_open_stream(AT_FDCWD, BTRFS_DIR);
	struct dirent *item;
	int r;

	while (btrfs && (item = readdir(btrfs))) {
		if (item->d_name[0] == '.')
			continue;
		r = find_members(dirfd(btrfs), item->d_name, tree, list);
		if (r < 0)
			return r;
	}
	return 0;
}

int mount_users_find(const struct block_tree *tree, struct user_list *list)
{
	int r;

	assert(tree);
	assert(list);

	r = find_mounts(tree, list);
	if (r >= 0)
		r = find_swaps(tree, list);
	return r < 0 ? r : find_btrfs(tree, list);
}
