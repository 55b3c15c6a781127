// SPDX-License-Identifier: LGPL-2.1-or-later
/* Locks as flock(2)ed files, with a bounded wait that is woken by the holder's close. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/inotify.h>

#include "core/name.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/lock.h"
#include "sys/state-dir.h"

static int try_lock(int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	return errno == EWOULDBLOCK ? -EAGAIN : -errno;
}

/* The event of a close comes a moment before the lock goes (__fput() in the kernel's fs/file_table.c),
 * and there is none for that moment: so the lock is tried again soon after, too. */
#define RETRY_MSEC 50

static int wait_msec(uint64_t deadline)
{
	int left = left_msec(deadline);

	return left < RETRY_MSEC ? left : RETRY_MSEC;
}

/* flock() itself could wait, but without an end. The holder opened the file for writing, so its
 * close is an event of inotify(7). */
static int wait_for_close(const char *path, int fd, uint64_t deadline)
{
	_cleanup_close_ int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	struct pollfd poll_fd = { .fd = watch, .events = POLLIN };
	char events[4096];
	int r;

	if (watch < 0 || inotify_add_watch(watch, path, IN_CLOSE_WRITE) < 0)
		return -errno;
	for (;;) {
		/* After the watch is there: a close before it is seen here. */
		r = try_lock(fd);
		if (r != -EAGAIN)
			return r;
		r = poll(&poll_fd, 1, wait_msec(deadline));
		if (r < 0 && errno != EINTR)
			return -errno;
		if (r == 0 && left_usec(deadline) == 0)
			return -EAGAIN;
		while (read(watch, events, sizeof(events)) > 0)
			;
	}
}

static int take(const char *path, uint64_t deadline)
{
	_cleanup_close_ int fd = -EBADF;
	int r;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	r = try_lock(fd);
	if (r == -EAGAIN && deadline > 0)
		r = wait_for_close(path, fd, deadline);
	return r < 0 ? r : TAKE_FD(fd);
}

/* The files stay: to remove one would let two hold "the" lock. */
static int take_named(const char *run, const char *name, uint64_t deadline)
{
	char path[PATH_MAX];
	int r;

	r = state_dir_make(run);
	if (r < 0)
		return r;
	if (snprintf(path, sizeof(path), "%s/lock/%s", run, name) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	return take(path, deadline);
}

int lock_take_parent(const char *run, uint64_t parent_wwpn, uint64_t deadline)
{
	char name[64];

	assert(run);

	(void)snprintf(name, sizeof(name), "parent-%016" PRIx64, parent_wwpn);
	return take_named(run, name, deadline);
}

static int take_kind(const char *run, const char *kind, const char *name,
		     uint64_t deadline)
{
	char file[NPIV_NAME_MAX + 16];

	(void)snprintf(file, sizeof(file), "%s-%s", kind, name);
	return take_named(run, file, deadline);
}

int lock_take_vhba(const char *run, const char *name, uint64_t deadline)
{
	assert(run);
	assert(name);

	return take_kind(run, "vhba", name, deadline);
}

int lock_take_pool(const char *run, const char *pool, uint64_t deadline)
{
	assert(run);
	assert(pool);

	return take_kind(run, "pool", pool, deadline);
}
