// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds processes that have a device of a tree open. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "sys/fd.h"
#include "sys/in-use.h"
#include "sys/sysfs.h"

struct process {
	const char *pid; /* the folder's name below /proc */
	char name[32];
	DIR *fds;
};

/* They open every disk in passing, and end when it is gone: udev, what its rules run, and multipathd. */
static bool is_passer_by(const char *name)
{
	static const char *const names[] = { "(udev-worker)", "systemd-udevd",
					     "multipath", "multipathd" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (streq(names[i], name))
			return true;
	return false;
}

/* Which of the devices a descriptor is; NULL: none. What its link says comes first: stat() of a file
 * on a dead network file system would hang. */
static const struct block_node *find_node(const struct block_tree *tree, int fds,
					  const char *fd)
{
	const struct block_node *node;
	char text[PATH_MAX];
	struct stat st;
	ssize_t n;

	n = readlinkat(fds, fd, text, sizeof(text) - 1);
	if (n < 0)
		return NULL;
	text[n] = '\0';
	if (!strstr(text, "/dev/") || fstatat(fds, fd, &st, 0) < 0 ||
	    !S_ISBLK(st.st_mode))
		return NULL;
	node = block_tree_find(tree, st.st_rdev);
	return node && !node->has_others ? node : NULL;
}

static int look_at_process(const struct process *process, const struct block_tree *tree,
			   struct user_list *list)
{
	struct dirent *item;
	int r;

	while ((item = readdir(process->fds))) {
		const struct block_node *node;

		if (item->d_name[0] == '.')
			continue;
		node = find_node(tree, dirfd(process->fds), item->d_name);
		if (!node)
			continue;
		r = user_list_add(list, node, true, "open by %s (PID %s)", process->name,
				  process->pid);
		if (r < 0)
			return r;
	}
	return 0;
}

/* A process that ended meanwhile, or may not be looked into, has no descriptors to show. */
static int look_at_pid(int proc, const char *pid, const struct block_tree *tree,
		       struct user_list *list)
{
	_cleanup_closedir_ DIR *fds = NULL;
	struct process process = { .pid = pid };
	char path[NAME_MAX + 8];

	(void)snprintf(path, sizeof(path), "%s/comm", pid);
	if (sysfs_read_text(proc, path, process.name, sizeof(process.name)) < 0 ||
	    is_passer_by(process.name))
		return 0;
	(void)snprintf(path, sizeof(path), "%s/fd", pid);
	fds = sysfs_open_stream(proc, path);
	if (!fds)
		return 0;
	process.fds = fds;
	return look_at_process(&process, tree, list);
}

static bool is_pid(const char *name)
{
	return *name && name[strspn(name, "0123456789")] == '\0';
}

int process_users_find(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_closedir_ DIR *proc = NULL;
	struct dirent *item;
	int r;

	assert(tree);
	assert(list);

	proc = sysfs_open_stream(AT_FDCWD, "/proc");
	if (!proc)
		return -errno;
	while ((item = readdir(proc))) {
		if (!is_pid(item->d_name))
			continue;
		r = look_at_pid(dirfd(proc), item->d_name, tree, list);
		if (r < 0)
			return r;
	}
	return 0;
}
