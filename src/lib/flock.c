// SPDX-License-Identifier: LGPL-2.1-or-later
/* flock(2) with a time limit. */
#include <signal.h>
#include <sys/file.h>
#include <sys/time.h>

#include "lib/clock.h"
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

/* Waits in a child, which can be killed. The lock belongs to the open file, not to a process (flock(2)), so this
 * process has the lock that the child takes. */
static int flock_by_worker(int fd, int operation, uint64_t deadline)
{
	struct flock_job job = { fd, operation };

	return worker_run_interruptibly(flock_in_worker, &job, deadline);
}

static void flock_on_alarm(int signal _unused_)
{
}

/* Lets a timer interrupt flock(), and restores timer, mask and handler afterwards. */
static int flock_by_alarm(int fd, int operation, uint64_t deadline)
{
	uint64_t left = left_usec(deadline) + 1;
	const struct itimerval off = { 0 }, timer = {
		.it_value = { (time_t)(left / USEC_PER_SEC),
			      (suseconds_t)(left % USEC_PER_SEC) },
		.it_interval.tv_sec = 1, /* the first may expire before the wait begins */
	};
	const struct sigaction interrupt = { .sa_handler =
						     flock_on_alarm }; /* no SA_RESTART */
	struct sigaction handler_before;
	sigset_t alarm, mask_before;
	int r;

	(void)sigemptyset(&alarm);
	(void)sigaddset(&alarm, SIGALRM);
	if (sigaction(SIGALRM, &interrupt, &handler_before) < 0 ||
	    sigprocmask(SIG_UNBLOCK, &alarm, &mask_before) < 0 ||
	    setitimer(ITIMER_REAL, &timer, NULL) < 0)
		return -errno;
	do
		r = flock(fd, operation) < 0 ? -errno : 0;
	while (r == -EINTR && left_usec(deadline) > 0);
	(void)setitimer(ITIMER_REAL, &off, NULL);
	(void)sigprocmask(SIG_SETMASK, &mask_before, NULL);
	(void)sigaction(SIGALRM, &handler_before, NULL);
	return r == -EINTR ? -ETIMEDOUT : r;
}

int flock_until(int fd, int operation, uint64_t deadline, bool is_interruptible)
{
	int r;

	if (flock(fd, operation | LOCK_NB) == 0)
		return 0;
	if (errno != EWOULDBLOCK || deadline == 0)
		return -errno;
	r = is_interruptible ? flock_by_worker(fd, operation, deadline) :
			       flock_by_alarm(fd, operation, deadline);
	return r == -ETIMEDOUT ? -EAGAIN : r;
}
