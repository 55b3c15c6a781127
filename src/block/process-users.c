// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds processes that have a device of a tree open. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "lib/fd.h"
#include "block/in-use.h"
#include "fc/sysfs.h"

struct process {
	const char *pid; /* the folder's name below /proc */
	char name[32];
	int proc; /* the open folder /proc */
	DIR *fds;
};

/* What of a tree a descriptor leads to. */
struct use {
	const char *device; /* as messages call it */
	const char *
		node; /* the character device by which it is open; NULL: the block device itself */
};

/* These programs open every disk in passing, and close it when it is removed. A program gives itself what name it
 * likes, so its file counts too. udevd is one file with udevadm, of which other verbs hold disks (udevadm-lock(8)). */
static bool is_ignored_program(const char *name, const char *file)
{
	static const struct {
		const char *name, *file;
	} programs[] = {
		{ "(udev-worker)", "udevadm" }, { "(udev-worker)", "systemd-udevd" },
		{ "systemd-udevd", "udevadm" }, { "systemd-udevd", "systemd-udevd" },
		{ "multipath", "multipath" },	{ "multipathd", "multipathd" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
		if (streq(programs[i].name, name) && streq(programs[i].file, file))
			return true;
	return false;
}

/* The file that a process runs, without its folder, where that is one of the system's. One that an update replaced is
 * called "(deleted)" (proc(5)). */
static bool read_program(int proc, const char *pid, char buf[static PATH_MAX],
			 const char **ret_file)
{
	static const char *const folders[] = { "/usr/bin/",	 "/usr/sbin/",
					       "/bin/",		 "/sbin/",
					       "/lib/systemd/",	 "/usr/lib/systemd/",
					       "/usr/lib/udev/", "/lib/udev/" };
	char path[NAME_MAX + sizeof("/exe")], *end;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%s/exe", pid);
	n = readlinkat(proc, path, buf, PATH_MAX - 1);
	if (n < 0)
		return false;
	buf[n] = '\0';
	end = strstr(buf, " (deleted)");
	if (end)
		*end = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		*ret_file = startswith(buf, folders[i]);
		if (*ret_file)
			return true;
	}
	return false;
}

/* Real, effective, saved and file system's, all of them, as this namespace has them (proc_pid_status(5)). */
static bool is_of_root(int proc, const char *pid)
{
	char path[NAME_MAX + sizeof("/status")], text[4096];
	const char *uids;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%s/status", pid);
	n = sysfs_read_bytes(proc, path, text, sizeof(text) - 1);
	if (n < 0)
		return false;
	text[n] = '\0';
	uids = strstr(text, "\nUid:\t");
	return uids && startswith(uids, "\nUid:\t0\t0\t0\t0\n");
}

static bool is_ignored(int proc, const char *pid, const char *name)
{
	char buf[PATH_MAX];
	const char *file;

	return read_program(proc, pid, buf, &file) && is_ignored_program(name, file) &&
	       is_of_root(proc, pid);
}

/* Block and character devices are numbered independently of each other, so the kind counts as well. */
static bool find_use(const struct block_tree *tree, const struct statx *st,
		     struct use *ret_use)
{
	dev_t device = makedev(st->stx_rdev_major, st->stx_rdev_minor);

	if (S_ISBLK(st->stx_mode)) {
		const struct block_node *node = block_tree_find(tree, device);

		if (!node || node->has_others)
			return false;
		*ret_use = (struct use){ .device = node->name };
		return true;
	}
	for (size_t i = 0; S_ISCHR(st->stx_mode) && i < tree->n_chars; i++) {
		const struct scsi_char *item = &tree->chars[i];

		if (item->device != device)
			continue;
		*ret_use = (struct use){ .device = item->unit, .node = item->name };
		return true;
	}
	return false;
}

/* Whether a descriptor is a mere place in the file system (O_PATH, open(2)): getting one needs no right to the
 * device, so it must not keep anything from being removed. */
static bool is_path_only(const struct process *process, const char *fd)
{
	char path[2 * NAME_MAX + 16], text[512];
	const char *flags;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%s/fdinfo/%s", process->pid, fd);
	n = sysfs_read_bytes(process->proc, path, text, sizeof(text) - 1);
	if (n < 0)
		return false;
	text[n] = '\0';
	flags = strstr(text, "flags:");
	return flags && strtoul(flags + strlen("flags:"), NULL, 8) & O_PATH;
}

/* Asks no server: a file of a network file system or of FUSE may never get an answer. */
static bool find_use_of_fd(const struct process *process, const char *fd,
			   const struct block_tree *tree, struct use *ret_use)
{
	struct statx st;

	return statx(dirfd(process->fds), fd, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT,
		     STATX_TYPE, &st) == 0 &&
	       find_use(tree, &st, ret_use) && !is_path_only(process, fd);
}

/* A child of ours, which keeps udev off a disk (block/disk-lock.h) or has the disk flushed. The name of a process
 * in its stat file ends with the last bracket (proc(5)). */
static bool is_own_child(const struct process *process)
{
	char text[512];
	const char *rest;
	int parent;

	if (sysfs_read_text(dirfd(process->fds), "../stat", text, sizeof(text)) < 0)
		return false;
	rest = strrchr(text, ')');
	return rest && sscanf(rest, ") %*c %d", &parent) == 1 && parent == getpid();
}

static int look_at_process(const struct process *process, const struct block_tree *tree,
			   struct user_list *list)
{
	struct dirent *item;
	int r;

	while ((item = readdir(process->fds))) {
		struct use use;

		if (item->d_name[0] == '.' ||
		    !find_use_of_fd(process, item->d_name, tree, &use))
			continue;
		if (is_own_child(process))
			return 0;
		r = user_list_add(list, use.device, true, "open %s%s%sby %s (PID %s)",
				  use.node ? "as " : "", use.node ?: "",
				  use.node ? " " : "", process->name, process->pid);
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
	struct process process = { .pid = pid, .proc = proc };
	char path[NAME_MAX + 8];

	(void)snprintf(path, sizeof(path), "%s/comm", pid);
	if (sysfs_read_text(proc, path, process.name, sizeof(process.name)) < 0 ||
	    is_ignored(proc, pid, process.name))
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
