// SPDX-License-Identifier: LGPL-2.1-or-later
/* Child processes that tell their result through a pipe, and a wait for them with an end. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/worker.h"

#define MAX_AT_ONCE 32U /* processes */

struct worker {
	pid_t pid;
	int result_fd;
};

static _Noreturn void child(worker_fn fn, void *context, int result_fd)
{
	sigset_t none;
	int result;

	/* Who is killed shall leave none behind that goes on, or keeps a lock. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* The parent blocks SIGTERM for its event loop; here it shall end what it can. */
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	result = fn(context);
	_exit(write(result_fd, &result, sizeof(result)) == sizeof(result) ? 0 : 1);
}

static int start(worker_fn fn, void *context, struct worker *ret_worker)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	pid = fork();
	if (pid < 0) {
		int r = -errno;

		close(fds[0]);
		close(fds[1]);
		return r;
	}
	if (pid == 0)
		child(fn, context, fds[1]);

	close(fds[1]);
	*ret_worker = (struct worker){ .pid = pid, .result_fd = fds[0] };
	return 0;
}

/* Waits for the result, or the end of the pipe where the child died without one. */
static int finish(struct worker *worker, uint64_t deadline)
{
	_cleanup_close_ int fd = worker->result_fd;
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int result, r;

	do
		r = poll(&poll_fd, 1, left_msec(deadline));
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return -errno;
	if (r == 0) {
		(void)kill(worker->pid, SIGKILL);
		return -ETIMEDOUT;
	}
	if (read(fd, &result, sizeof(result)) != sizeof(result))
		result = -EPIPE;
	(void)waitpid(worker->pid, NULL, 0);
	return result;
}

int worker_run(worker_fn fn, void *context, uint64_t deadline)
{
	struct worker worker;
	int r;

	assert(fn);

	r = start(fn, context, &worker);
	return r < 0 ? r : finish(&worker, deadline);
}

int worker_run_all(worker_fn fn, void *contexts, size_t n, size_t size, uint64_t deadline,
		   int *results)
{
	struct worker workers[MAX_AT_ONCE];

	assert(fn);
	assert(contexts || n == 0);
	assert(results || n == 0);

	for (size_t done = 0; done < n;) {
		size_t started = 0;
		int r = 0;

		while (started < MAX_AT_ONCE && done + started < n && r >= 0) {
			r = start(fn, (char *)contexts + (done + started) * size,
				  &workers[started]);
			started += r >= 0;
		}
		for (size_t i = 0; i < started; i++)
			results[done + i] = finish(&workers[i], deadline);
		if (r < 0)
			return r;
		done += started;
	}
	return 0;
}
