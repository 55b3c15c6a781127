// SPDX-License-Identifier: LGPL-2.1-or-later
/* Pools of child processes that take jobs from one pipe and report each result, with a time limit. */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include "lib/clock.h"
#include "lib/compat.h"
#include "lib/fd.h"
#include "lib/worker.h"

/* To start a process costs more than most jobs, so a few processes do all jobs. While jobs wait, one more process
 * starts whenever PATIENCE_USEC pass without a finished job, so that jobs that hang do not delay the others. */
#define FEW_AT_ONCE   4U
#define MAX_AT_ONCE   32U
#define PATIENCE_USEC (50 * USEC_PER_MSEC)

/* Number of jobs that surely fit into a pipe (PIPE_BUF is 4096): to write them never blocks. */
#define MAX_QUEUED 1024U

#define NOT_DONE (-EINPROGRESS) /* the result of an unfinished job */

struct worker {
	pid_t pid;
	int reports;
};

struct report {
	uint32_t job;
	int result;
};

/* The workers of one round of jobs. */
struct pool {
	worker_fn fn;
	char *contexts;
	size_t size; /* of a context */
	uint32_t n; /* jobs */
	uint32_t n_done; /* finished jobs */
	int *results;
	int jobs; /* a pipe of job numbers: each read takes one */
	int signals; /* readable when the wait must end early; -EBADF if it never must */
	pid_t parent;
	const struct worker_survivor *survivor; /* NULL: workers end with the parent */
	struct worker workers[MAX_AT_ONCE];
	size_t n_workers;
	bool is_begun; /* a worker was started */
};

static void worker_loop(const struct pool *pool, int reports)
{
	struct report report;

	while (read(pool->jobs, &report.job, sizeof(report.job)) == sizeof(report.job)) {
		report.result = pool->fn(pool->contexts + report.job * pool->size);
		if (write(reports, &report, sizeof(report)) != sizeof(report))
			return;
	}
}

/* A worker that is killed with its parent must not continue, and must not keep the parent's locks: in an
 * uninterruptible call it would do so until the driver returns. */
static void worker_end_with_parent(const struct pool *pool)
{
	sigset_t none;

	(void)close_range(FD_LOCK_MIN, UINT_MAX, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* prctl(2) sends no signal for a parent that died before the call. */
	if (getppid() != pool->parent)
		_exit(1);
	/* The parent blocks SIGTERM for its event loop; in the worker it may end whatever it can. */
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Closes all descriptors except standard ones and fds, which may be in any order. */
static void close_other_fds(const int *fds, size_t n)
{
	unsigned from = STDERR_FILENO + 1;

	for (;;) {
		unsigned next = UINT_MAX;

		for (size_t i = 0; i < n; i++)
			if ((unsigned)fds[i] >= from && (unsigned)fds[i] < next)
				next = (unsigned)fds[i];
		if (next > from)
			(void)close_range(from, next - 1, 0);
		if (next == UINT_MAX)
			return;
		from = next + 1;
	}
}

/* Gives the worker its own session, which receives no signals of a terminal, and no output that another process
 * could wait on. */
static void worker_outlive_parent(const struct pool *pool, int reports)
{
	const int fds[] = { reports, pool->jobs, pool->survivor->sysfs,
			    pool->survivor->lock };
	int null;

	(void)setsid();
	close_other_fds(fds, ARRAY_SIZE(fds));
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		(void)dup2(null, fd);
}

static _Noreturn void worker_main(const struct pool *pool, int reports)
{
	if (pool->survivor)
		worker_outlive_parent(pool, reports);
	else
		worker_end_with_parent(pool);
	worker_loop(pool, reports);
	_exit(0);
}

/* Starts a worker. A worker that outlives its parent has every signal blocked from its first instruction. */
static pid_t worker_fork(const struct pool *pool)
{
	sigset_t all, before;
	pid_t pid;

	if (!pool->survivor)
		return fork();
	sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid != 0)
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return pid;
}

static int pool_add_worker(struct pool *pool)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	pool->parent = getpid();
	pid = worker_fork(pool);
	if (pid < 0) {
		int r = -errno;

		close(fds[0]);
		close(fds[1]);
		return r;
	}
	if (pid == 0)
		worker_main(pool, fds[1]);

	close(fds[1]);
	pool->workers[pool->n_workers++] = (struct worker){ pid, fds[0] };
	pool->is_begun = true;
	return 0;
}

static void pool_drop_worker(struct pool *pool, size_t i)
{
	close(pool->workers[i].reports);
	pool->workers[i] = pool->workers[--pool->n_workers];
}

/* Reads a worker's next result, or its end: no job is left, or it died. */
static void pool_read_report(struct pool *pool, size_t i)
{
	const struct worker *worker = &pool->workers[i];
	struct report report;

	if (read(worker->reports, &report, sizeof(report)) == sizeof(report)) {
		pool->results[report.job] = report.result;
		pool->n_done++;
		return;
	}
	(void)waitpid(worker->pid, NULL, 0);
	pool_drop_worker(pool, i);
}

/* Whether one more worker would have a job: each existing worker has at most one. */
static bool pool_can_grow(const struct pool *pool)
{
	return pool->n_done + pool->n_workers < pool->n && pool->n_workers < MAX_AT_ONCE;
}

/* Waits for reports. Returns how many workers have one, 0 if the time is up, or -errno. fds has one entry more than
 * there are workers. */
static int pool_await_reports(const struct pool *pool, struct pollfd *fds,
			      uint64_t deadline)
{
	int r;

	for (size_t i = 0; i < pool->n_workers; i++)
		fds[i] = (struct pollfd){ .fd = pool->workers[i].reports,
					  .events = POLLIN };
	/* poll(2) ignores a negative descriptor. */
	fds[pool->n_workers] = (struct pollfd){ .fd = pool->signals, .events = POLLIN };
	do
		r = poll(fds, pool->n_workers + 1, left_msec(deadline));
	while (r < 0 && errno == EINTR);
	if (r > 0 && fds[pool->n_workers].revents)
		return -ECANCELED;
	return r < 0 ? -errno : r;
}

/* Supervises until the last worker has ended or the deadline has passed. */
static int pool_supervise(struct pool *pool, uint64_t deadline)
{
	while (pool->n_workers > 0 && left_usec(deadline) > 0) {
		uint64_t grow = now_usec() + PATIENCE_USEC;
		struct pollfd fds[MAX_AT_ONCE + 1];
		bool can_grow = pool_can_grow(pool);
		int r;

		r = pool_await_reports(pool, fds,
				       can_grow && grow < deadline ? grow : deadline);
		if (r < 0)
			return r;
		/* Go backwards: a dropped worker is replaced by the last one. */
		for (size_t i = pool->n_workers; r > 0 && i-- > 0;)
			if (fds[i].revents)
				pool_read_report(pool, i);
		/* The existing workers continue in any case. */
		if (r == 0 && can_grow)
			(void)pool_add_worker(pool);
	}
	return 0;
}

/* Does not wait for workers that are still in a call, where no signal may reach them. A survivor is left alone. */
static void pool_reap(struct pool *pool)
{
	bool is_late = pool->n_workers > 0;

	while (pool->n_workers > 0) {
		if (!pool->survivor)
			(void)kill(pool->workers[0].pid, SIGKILL);
		pool_drop_worker(pool, 0);
	}
	for (uint32_t i = 0; i < pool->n; i++)
		if (pool->results[i] == NOT_DONE)
			pool->results[i] = is_late ? -ETIMEDOUT : -EPIPE;
}

/* Closes the writing end at once, so that a worker ends when it finds no job. */
static int pool_write_jobs(struct pool *pool)
{
	_cleanup_close_ int in = -EBADF;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	pool->jobs = fds[0];
	in = fds[1];
	for (uint32_t i = 0; i < pool->n; i++) {
		pool->results[i] = NOT_DONE;
		if (write(in, &i, sizeof(i)) != sizeof(i))
			return -EIO;
	}
	return 0;
}

static int pool_run(struct pool *pool, uint64_t deadline)
{
	int r;

	r = pool_write_jobs(pool);
	for (uint32_t i = 0; r >= 0 && i < FEW_AT_ONCE && i < pool->n; i++) {
		r = pool_add_worker(pool);
		if (r < 0 && pool->n_workers > 0) {
			r = 0; /* fewer workers are enough */
			break;
		}
	}
	if (r >= 0)
		r = pool_supervise(pool, deadline);
	pool_reap(pool);
	if (pool->jobs >= 0)
		close(pool->jobs);
	return r;
}

int worker_run_all(worker_fn fn, void *contexts, size_t n, size_t size, uint64_t deadline,
		   int *results)
{
	assert(fn);
	assert(contexts || n == 0 || size == 0);
	assert(results || n == 0);

	for (size_t done = 0; done < n; done += MAX_QUEUED) {
		size_t left = n - done;
		struct pool pool = {
			.fn = fn,
			.contexts = (char *)contexts + done * size,
			.size = size,
			.n = (uint32_t)(left < MAX_QUEUED ? left : MAX_QUEUED),
			.results = results + done,
			.jobs = -EBADF,
			.signals = -EBADF,
		};
		int r;

		r = pool_run(&pool, deadline);
		if (r < 0)
			return r;
	}
	return 0;
}

static int pool_run_one(struct pool *pool, uint64_t deadline, int *ret_result)
{
	assert(pool->fn);

	pool->n = 1;
	pool->results = ret_result;
	pool->jobs = -EBADF;
	return pool_run(pool, deadline);
}

/* Opens a descriptor that is readable when the caller, which blocks both signals, must end. */
static int open_signal_fd(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int worker_run(worker_fn fn, void *context, uint64_t deadline)
{
	struct pool pool = { .fn = fn, .contexts = context, .signals = -EBADF };
	int result, r;

	r = pool_run_one(&pool, deadline, &result);
	return r < 0 ? r : result;
}

int worker_run_interruptibly(worker_fn fn, void *context, uint64_t deadline)
{
	_cleanup_close_ int signals = open_signal_fd();
	struct pool pool = { .fn = fn, .contexts = context, .signals = signals };
	int result, r;

	r = signals < 0 ? signals : pool_run_one(&pool, deadline, &result);
	return r < 0 ? r : result;
}

int worker_run_survivor(worker_fn fn, void *context,
			const struct worker_survivor *survivor, uint64_t deadline,
			int *ret_result)
{
	_cleanup_close_ int signals = -EBADF;
	struct pool pool = {
		.fn = fn,
		.contexts = context,
		.survivor = survivor,
	};
	int r;

	assert(survivor);
	assert(ret_result);

	if (survivor->is_interruptible) {
		signals = open_signal_fd();
		if (signals < 0) {
			*ret_result = signals;
			return 1;
		}
	}
	pool.signals = signals;
	r = pool_run_one(&pool, deadline, ret_result);
	if (r < 0 && !pool.is_begun) {
		*ret_result = r;
		return 1;
	}
	if (r < 0)
		return r;
	return pool.n_done > 0 ? 0 : *ret_result;
}
