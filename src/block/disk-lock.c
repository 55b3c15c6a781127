// SPDX-License-Identifier: LGPL-2.1-or-later
/* Exclusive BSD locks on whole disks, held by a child. */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "lib/clock.h"
#include "lib/compat.h"
#include "block/disk-lock.h"
#include "lib/fd.h"

/* Open read-only: a close after writing would cause an event of udev. */
static int open_disk(const char *name)
{
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];

	(void)snprintf(path, sizeof(path), "/dev/%.31s", name);
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
}

/* Locks the free disks first, so that a locked one does not leave the others to udev. */
static void lock_all(const struct block_tree *tree)
{
	int *busy = calloc(tree->n + 1, sizeof(*busy));
	size_t n = 0;

	for (size_t i = 0; i < tree->n && busy; i++) {
		int fd = tree->nodes[i].kind == BLOCK_DISK ?
				 open_disk(tree->nodes[i].name) :
				 -EBADF;

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0)
			busy[n++] = fd;
	}
	for (size_t i = 0; i < n; i++)
		(void)flock(busy[i], LOCK_EX);
	free(busy);
}

/* Each disk takes a descriptor, and a host can have thousands of disks. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* The child keeps nothing of its parent, above all no lock, and ends with it. */
static _Noreturn void hold_locks(const struct block_tree *tree, pid_t parent, int done)
{
	sigset_t none;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	if (done > STDERR_FILENO + 1)
		(void)close_range(STDERR_FILENO + 1, (unsigned)done - 1, 0);
	(void)close_range((unsigned)done + 1, UINT_MAX, 0);
	raise_limit();
	lock_all(tree);
	close(done);
	sigemptyset(&none);
	for (;;)
		(void)sigsuspend(&none);
}

/* The child closes its end of the pipe when all disks are locked, or when it dies. */
static int await_child(int done, uint64_t deadline)
{
	struct pollfd fd = { .fd = done, .events = POLLIN };
	int r;

	do
		r = poll(&fd, 1, left_msec(deadline));
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return -errno;
	return r > 0 ? 0 : -ETIMEDOUT;
}

int disk_lock_take(struct disk_lock *lock, const struct block_tree *tree,
		   uint64_t deadline)
{
	_cleanup_close_ int done = -EBADF;
	pid_t parent = getpid();
	int fds[2];

	assert(lock);
	assert(tree);

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	done = fds[0];
	lock->pid = fork();
	if (lock->pid == 0)
		hold_locks(tree, parent, fds[1]);
	close(fds[1]);
	if (lock->pid < 0) {
		lock->pid = 0;
		return -EAGAIN;
	}
	return await_child(done, deadline);
}

void disk_lock_release(struct disk_lock *lock)
{
	assert(lock);

	if (lock->pid == 0)
		return;
	(void)kill(lock->pid, SIGKILL);
	/* Do not wait for a child that hangs in an open. */
	(void)waitpid(lock->pid, NULL, WNOHANG);
	lock->pid = 0;
}
