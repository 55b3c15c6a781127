// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds loop devices that have a device of a tree as their file: no holder, and no process, shows them. */
#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "lib/clock.h"
#include "lib/fd.h"
#include "block/in-use.h"
#include "fc/sysfs.h"
#include "lib/worker.h"

#define BLOCK_DIR "/sys/class/block"

/* The kernel asks the file system of the loop device's file, which may be one of the network that does not
 * answer. What is behind a device node of this host answers at once. */
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

/* Returns the place of its device in the tree, plus one; 0 where its file is something else. Kernel and glibc encode
 * the number of a device alike. */
static int in_worker_ask(void *context)
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

/* One without a file has no folder "loop" in sysfs (loop_sysfs_init(), drivers/block/loop.c). */
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
	r = worker_run_all(in_worker_ask, loops->loops, loops->n, sizeof(*loops->loops),
			   now_usec() + ASK_USEC, places);
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

int loop_users_find(const struct block_tree *tree, struct user_list *list)
{
	_cleanup_(loop_list_done) struct loop_list loops = { 0 };
	int r;

	assert(tree);
	assert(list);

	r = list_loops(tree, &loops);
	return r < 0 || loops.n == 0 ? r : ask_loops(&loops, tree, list);
}
