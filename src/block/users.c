// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds the users of a tree of devices: mounts and swap, holders, loop devices, processes, and the kernel. */
#include <fcntl.h>
#include <limits.h>
#include <linux/loop.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <libmount/libmount.h>

#include "block/users.h"
#include "fc/sysfs.h"
#include "lib/clock.h"
#include "lib/fd.h"
#include "lib/text.h"
#include "lib/worker.h"

#define BLOCK_DIR "/sys/class/block"
#define BTRFS_DIR "/sys/fs/btrfs"

#define MAX_PRINTED 8U

/* --- the list --- */

static int _printf_(4, 5) user_list_add(struct user_list *list, const char *device,
					bool is_transient, const char *format, ...)
{
	struct block_user user, *place;
	va_list ap;

	memset(&user, 0, sizeof(user)); /* clears the padding: compared as bytes below */
	user.is_transient = is_transient;
	(void)snprintf(user.device, sizeof(user.device), "%.31s", device);
	va_start(ap, format);
	(void)vsnprintf(user.text, sizeof(user.text), format, ap);
	va_end(ap);
	/* Any user can choose the names of processes and mount points: no name shall forge a line of a log. */
	mask_control_characters(user.text);
	for (size_t i = 0; i < list->n; i++)
		if (memcmp(&list->users[i], &user, sizeof(user)) == 0)
			return 0;
	place = array_grow(&list->users, list->n, sizeof(*place));
	if (!place)
		return -ENOMEM;

	*place = user;
	list->n++;
	return 0;
}

void user_list_print(const struct user_list *list, FILE *out)
{
	assert(list);
	assert(out);

	for (size_t i = 0; i < list->n && i < MAX_PRINTED; i++)
		fprintf(out, "%s%s is %s", i ? ", " : "", list->users[i].device,
			list->users[i].text);
	if (list->n > MAX_PRINTED)
		fprintf(out, ", and %zu more", list->n - MAX_PRINTED);
}

bool user_list_has_persistent(const struct user_list *list)
{
	assert(list);

	for (size_t i = 0; i < list->n; i++)
		if (!list->users[i].is_transient)
			return true;
	return false;
}

void user_list_done(struct user_list *list)
{
	free(list->users);
	*list = (struct user_list){ 0 };
}

/* --- mounts and swap --- */

DEFINE_CLEANUP(struct libmnt_table *, mnt_unref_table);
DEFINE_CLEANUP(struct libmnt_iter *, mnt_free_iter);

/* Whether the source of a mount or swap that the kernel shows is the path of a block device and was chosen by
 * root. Any user can mount a FUSE file system, or in a user namespace a tmpfs, with the source /dev/sdc. */
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

/* Returns the number of a device by its path below /dev; 0 for any other path. */
static dev_t source_device(const char *source)
{
	struct stat st;

	return source && startswith(source, "/dev/") && stat(source, &st) == 0 &&
			       S_ISBLK(st.st_mode) ?
		       st.st_rdev :
		       0;
}

/* Compares by number, and by source if the file system has an anonymous number, or for swap, which has none. */
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
	/* Read the mounts of PID 1: a unit's sandbox hides mounts below /home and /root. */
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
	if (r == -ENOENT) /* the kernel has no swap */
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

/* Adds the devices of one btrfs by their kernel names. The folder exists as long as the file system is mounted
 * anywhere (fs/btrfs/sysfs.c). */
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

/* A mount names only one device of a btrfs. A mount in another namespace is not visible at all. */
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

static int find_mount_users(const struct block_tree *tree, struct user_list *list)
{
	int r;

	r = find_mounts(tree, list);
	if (r >= 0)
		r = find_swaps(tree, list);
	return r < 0 ? r : find_btrfs(tree, list);
}

/* --- holders --- */

/* A holder uses the device below it. */
static int find_holders(const struct block_tree *tree, struct user_list *list)
{
	for (size_t i = 0; i < tree->n; i++) {
		const struct block_node *node = &tree->nodes[i];
		const char *below;
		int r;

		if (node->kind != BLOCK_HOLDER)
			continue;
		below = tree->nodes[node->below].name;
		if (*node->title)
			r = user_list_add(list, below, false, "used by %s (%s)",
					  node->name, node->title);
		else
			r = user_list_add(list, below, false, "used by %s", node->name);
		if (r < 0)
			return r;
	}
	return 0;
}

/* --- loop devices: neither a holder nor a process of the device shows them --- */

/* The kernel asks the file system of the loop device's file, which may be a network file system that does not
 * answer. A file that is a device node answers at once. */
#define ASK_USEC (1 * USEC_PER_SEC)

struct loop {
	char name[DEVICE_NAME_SIZE];
	const struct block_tree *tree;
};

struct loop_list {
	struct loop *loops;
	size_t n;
};

static void loop_list_done(struct loop_list *list)
{
	free(list->loops);
}

/* Returns the index of its device in the tree plus one, or 0 if its file is no device of the tree. Kernel and
 * glibc encode the number of a device alike. */
static int in_worker_ask_loop(void *context)
{
	const struct loop *loop = context;
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	_cleanup_close_ int fd = -EBADF;
	struct loop_info64 info;

	(void)snprintf(path, sizeof(path), "/dev/%s", loop->name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (ioctl(fd, LOOP_GET_STATUS64, &info) < 0)
		return -errno;
	for (size_t i = 0; i < loop->tree->n; i++)
		if (info.lo_rdevice && loop->tree->nodes[i].device == info.lo_rdevice)
			return (int)i + 1;
	return 0;
}

/* A loop device without a file has no folder "loop" in sysfs (loop_sysfs_init(), drivers/block/loop.c). */
static int list_loops(const struct block_tree *tree, struct loop_list *list)
{
	_cleanup_closedir_ DIR *blocks = sysfs_open_stream(AT_FDCWD, BLOCK_DIR);
	char path[DEVICE_NAME_SIZE + sizeof("/loop")];
	struct dirent *item;

	if (!blocks)
		return -errno;
	while ((item = readdir(blocks))) {
		struct loop *loop;

		if (!startswith(item->d_name, "loop") ||
		    strlen(item->d_name) >= DEVICE_NAME_SIZE)
			continue;
		(void)snprintf(path, sizeof(path), "%.31s/loop", item->d_name);
		if (faccessat(dirfd(blocks), path, F_OK, 0) < 0)
			continue;
		loop = array_grow(&list->loops, list->n, sizeof(*loop));
		if (!loop)
			return -ENOMEM;
		loop->tree = tree;
		(void)snprintf(loop->name, sizeof(loop->name), "%.31s", item->d_name);
		list->n++;
	}
	return 0;
}

static int ask_loops(const struct loop_list *loops, const struct block_tree *tree,
		     struct user_list *list)
{
	_cleanup_free_ int *places = calloc(loops->n, sizeof(*places));
	int r;

	if (!places)
		return -ENOMEM;
	r = worker_run_all(in_worker_ask_loop, loops->loops, loops->n,
			   sizeof(*loops->loops), now_usec() + ASK_USEC, places);
	for (size_t i = 0; i < loops->n && r >= 0; i++) {
		const struct block_node *node;

		if (places[i] <= 0)
			continue;
		node = &tree->nodes[places[i] - 1];
		if (!node->has_others)
			r = user_list_add(list, node->name, false, "used by %s",
					  loops->loops[i].name);
	}
	return r;
}

static int find_loop_users(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_(loop_list_done) struct loop_list loops = { 0 };
	int r;

	r = list_loops(tree, &loops);
	return r < 0 || loops.n == 0 ? r : ask_loops(&loops, tree, list);
}

/* --- processes --- */

struct process {
	const char *pid; /* name of the folder below /proc */
	char name[32];
	int proc; /* the open folder /proc */
	DIR *fds;
};

/* The device of the tree that a descriptor leads to. */
struct use {
	const char *device; /* its name in messages */
	const char *
		node; /* the character device that is open; NULL: the block device itself */
};

/* These programs open every disk for a moment, and close it when it is removed. A process can choose its own name,
 * so its file is compared too. udevd and udevadm are one file, and other verbs of udevadm hold disks
 * (udevadm-lock(8)). */
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

/* The file name, without folder, of a process's program if it is in a folder of the system. If an update has
 * replaced the program, " (deleted)" follows (proc(5)). */
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

/* The real, effective, saved and file system ids, as seen in this namespace (proc_pid_status(5)). */
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

/* Block and character devices are numbered independently, so compare the type too. */
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

/* Whether a descriptor is only a path (O_PATH, open(2)): opening it takes no right to the device, so it must not
 * prevent a removal. */
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

/* Sends no request to a server: a file of a network file system or of FUSE may never answer. */
static bool find_use_of_fd(const struct process *process, const char *fd,
			   const struct block_tree *tree, struct use *ret_use)
{
	struct statx st;

	return statx(dirfd(process->fds), fd, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT,
		     STATX_TYPE, &st) == 0 &&
	       find_use(tree, &st, ret_use) && !is_path_only(process, fd);
}

/* Whether a process is a child of this one, which keeps udev off a disk (block/disk-lock.h) or flushes it. In the
 * stat file the process name ends at the last bracket (proc(5)). */
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
		if (use.node)
			r = user_list_add(list, use.device, true,
					  "open as %s by %s (PID %s)", use.node,
					  process->name, process->pid);
		else
			r = user_list_add(list, use.device, true, "open by %s (PID %s)",
					  process->name, process->pid);
		if (r < 0)
			return r;
	}
	return 0;
}

/* A process that has ended meanwhile, or that may not be inspected, has no descriptors to list. */
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

static int find_process_users(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_closedir_ DIR *proc = NULL;
	struct dirent *item;
	int r;

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

/* --- users that only the kernel can see --- */

/* If a block device has an exclusive holder, another exclusive open fails (bd_prepare_to_claim(), block/bdev.c):
 * mounted file systems, swap, LVM, md and backstores of a target are such holders. */
static bool is_claimed(const struct block_node *node)
{
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	_cleanup_close_ int fd = -EBADF;

	(void)snprintf(path, sizeof(path), "/dev/%s", node->name);
	fd = open(path, O_RDONLY | O_EXCL | O_CLOEXEC | O_NONBLOCK);
	return fd < 0 && errno == EBUSY;
}

static int find_claimed(const struct block_tree *tree, struct user_list *list)
{
	for (size_t i = 0; i < tree->n; i++) {
		const struct block_node *node = &tree->nodes[i];
		int r;

		if (node->is_held || node->has_others || !is_claimed(node))
			continue;
		r = user_list_add(list, node->name, true,
				  "held by the kernel (mounted elsewhere?)");
		if (r < 0)
			return r;
	}
	return 0;
}

/* --- all of them --- */

/* Adds the users that do not end by themselves: mounts, swap, holders and loop devices. */
static int in_use_look_persistent(const struct block_tree *tree,
				  struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	if (tree->n > 0) {
		r = find_mount_users(tree, &list);
		if (r >= 0)
			r = find_holders(tree, &list);
		if (r >= 0)
			r = find_loop_users(tree, &list);
		if (r < 0)
			return r;
	}

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}

int in_use_look(const struct block_tree *tree, struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	assert(tree);
	assert(ret_list);

	r = in_use_look_persistent(tree, &list);
	if (r >= 0 && (tree->n > 0 || tree->n_chars > 0))
		r = find_process_users(tree, &list);
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}

int in_use_read(const struct block_tree *tree, struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	r = in_use_look(tree, &list);
	if (r >= 0 && list.n == 0)
		r = find_claimed(tree, &list);
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}
