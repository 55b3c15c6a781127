// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds mounts and swap on a tree of block devices. */
#include <sys/stat.h>

#include <libmount/libmount.h>

#include "sys/in-use.h"

DEFINE_CLEANUP(struct libmnt_table *, mnt_unref_table);
DEFINE_CLEANUP(struct libmnt_iter *, mnt_free_iter);

/* The number of a device by its path below /dev; 0 for anything else. */
static dev_t source_device(const char *source)
{
	struct stat st;

	return source && startswith(source, "/dev/") && stat(source, &st) == 0 &&
			       S_ISBLK(st.st_mode) ?
		       st.st_rdev :
		       0;
}

/* By number, and by source where a file system has a made-up one (btrfs). */
static const struct block_node *find_node(const struct block_tree *tree,
					  struct libmnt_fs *fs)
{
	const struct block_node *node = block_tree_find(tree, mnt_fs_get_devno(fs));
	dev_t device = node ? 0 : source_device(mnt_fs_get_source(fs));

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

int mount_users_find(const struct block_tree *tree, struct user_list *list)
{
	int r;

	assert(tree);
	assert(list);

	r = find_mounts(tree, list);
	return r < 0 ? r : find_swaps(tree, list);
}
