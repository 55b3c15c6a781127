// SPDX-License-Identifier: LGPL-2.1-or-later
/* A flock(2) whose wait has an end. */
#include <sys/file.h>

#include "lib/flock.h"
#include "lib/worker.h"

struct flock_job {
	int fd, operation;
};

static int flock_in_worker(void *context)
{
	const struct flock_job *job = context;

	return flock(job->fd, job->operation) < 0 ? -errno : 0;
}

int flock_until(int fd, int operation, uint64_t deadline, bool is_interruptible)
{
	struct flock_job job = { fd, operation };
	int r;

	if (flock(fd, operation | LOCK_NB) == 0)
		return 0;
	if (errno != EWOULDBLOCK || deadline == 0)
		return -errno;
	/* flock() waits without an end, but a child that waits in it can be killed. The lock belongs to the open
	 * file, not to a process (flock(2)): what the child takes, this process has. */
	r = is_interruptible ? worker_run_interruptibly(flock_in_worker, &job, deadline) :
			       worker_run(flock_in_worker, &job, deadline);
	return r == -ETIMEDOUT ? -EAGAIN : r;
}
