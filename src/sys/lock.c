// SPDX-License-Identifier: LGPL-2.1-or-later
/* Locks as flock(2)ed files, with a wait that has an end. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sys/file.h>

#include "core/name.h"
#include "sys/fd.h"
#include "sys/lock.h"
#include "sys/state-dir.h"
#include "sys/worker.h"

static int try_lock(int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	return errno == EWOULDBLOCK ? -EAGAIN : -errno;
}

static int in_worker_lock(void *context)
{
	const int *fd = context;

	return flock(*fd, LOCK_EX) < 0 ? -errno : 0;
}

/* flock() waits without an end; so a child does the waiting, which ends with the deadline. The lock is
 * that of the open file, not of a process (flock(2)): what the child takes is ours. */
static int wait_for_lock(int fd, uint64_t deadline)
{
	int r = worker_run_interruptibly(in_worker_lock, &fd, deadline);

	return r == -ETIMEDOUT ? -EAGAIN : r;
}

static int take(const char *path, uint64_t deadline)
{
	_cleanup_close_ int fd = -EBADF;
	int r;

	fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	r = try_lock(fd);
	if (r == -EAGAIN && deadline > 0)
		r = wait_for_lock(fd, deadline);
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

int lock_take_guests(const char *run, uint64_t deadline)
{
	assert(run);

	return take_named(run, "guests", deadline);
}
