// SPDX-License-Identifier: LGPL-2.1-or-later
/* Child processes that take jobs from one queue and tell each result, and a wait for them with an end. */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include "lib/clock.h"
#include "lib/fd.h"
#include "lib/worker.h"

/* To start a process costs more than most jobs: a few do all, and as long as jobs wait one more comes each
 * time that PATIENCE_USEC pass without one that is done, so that those that hang hold up no other. */
#define FEW_AT_ONCE   4U
#define MAX_AT_ONCE   32U
#define PATIENCE_USEC (50 * USEC_PER_MSEC)

/* What surely fits into a pipe (PIPE_BUF is 4096): to fill the queue never blocks. */
#define MAX_QUEUED 1024U

#define UNTOLD (-EINPROGRESS) /* a result so far */

struct worker {
	pid_t pid;
	int reports;
};

struct report {
	uint32_t job;
	int result;
};

/* The workers of one round of jobs. */
struct crew {
	worker_fn fn;
	char *contexts;
	size_t size; /* of a context */
	uint32_t n; /* jobs */
	uint32_t n_told; /* of these */
	int *results;
	int queue; /* of job numbers: each read takes one */
	int signals; /* can be read once it is to end early; -EBADF: it is not */
	pid_t parent;
	const struct worker_survivor *survivor; /* NULL: they end with their parent */
	struct worker workers[MAX_AT_ONCE];
	size_t n_workers;
	bool is_begun; /* there was a worker */
};

static void work(const struct crew *crew, int reports)
{
	struct report report;

	while (read(crew->queue, &report.job, sizeof(report.job)) == sizeof(report.job)) {
		report.result = crew->fn(crew->contexts + report.job * crew->size);
		if (write(reports, &report, sizeof(report)) != sizeof(report))
			return;
	}
}

/* A worker that is killed with its parent must not go on, and must not keep the parent's locks: in an
 * uninterruptible call it would do so for as long as the driver likes. */
static void end_with_parent(const struct crew *crew)
{
	sigset_t none;

	(void)close_range(FD_LOCK_MIN, UINT_MAX, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* prctl(2) sends nothing for a parent that died before the call. */
	if (getppid() != crew->parent)
		_exit(1);
	/* The parent blocks SIGTERM for its event loop; here it ends what it can. */
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* fds need no order. */
static void close_others(const int *fds, size_t n)
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

/* A terminal's signals stay in its session, and nothing waits for this worker to close its output. */
static void outlive_parent(const struct crew *crew, int reports)
{
	const int fds[] = { reports, crew->queue, crew->survivor->sysfs,
			    crew->survivor->lock };
	int null;

	(void)setsid();
	close_others(fds, ARRAY_SIZE(fds));
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		(void)dup2(null, fd);
}

static _Noreturn void child(const struct crew *crew, int reports)
{
	if (crew->survivor)
		outlive_parent(crew, reports);
	else
		end_with_parent(crew);
	work(crew, reports);
	_exit(0);
}

/* A worker that outlives its parent has every signal blocked from its first instruction on. */
static pid_t fork_worker(const struct crew *crew)
{
	sigset_t all, before;
	pid_t pid;

	if (!crew->survivor)
		return fork();
	sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid != 0)
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return pid;
}

static int add_worker(struct crew *crew)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	crew->parent = getpid();
	pid = fork_worker(crew);
	if (pid < 0) {
		int r = -errno;

		close(fds[0]);
		close(fds[1]);
		return r;
	}
	if (pid == 0)
		child(crew, fds[1]);

	close(fds[1]);
	crew->workers[crew->n_workers++] = (struct worker){ pid, fds[0] };
	crew->is_begun = true;
	return 0;
}

static void drop_worker(struct crew *crew, size_t i)
{
	close(crew->workers[i].reports);
	crew->workers[i] = crew->workers[--crew->n_workers];
}

/* A worker's next result, or its end: with the queue empty, or dead. */
static void read_report(struct crew *crew, size_t i)
{
	const struct worker *worker = &crew->workers[i];
	struct report report;

	if (read(worker->reports, &report, sizeof(report)) == sizeof(report)) {
		crew->results[report.job] = report.result;
		crew->n_told++;
		return;
	}
	(void)waitpid(worker->pid, NULL, 0);
	drop_worker(crew, i);
}

/* Whether one more could have something to do: each of those that are there has a job at most. */
static bool wants_more(const struct crew *crew)
{
	return crew->n_told + crew->n_workers < crew->n && crew->n_workers < MAX_AT_ONCE;
}

/* Returns how many have something to tell, 0 where the time is up, or -errno. fds: one more than workers. */
static int await_reports(const struct crew *crew, struct pollfd *fds, uint64_t deadline)
{
	int r;

	for (size_t i = 0; i < crew->n_workers; i++)
		fds[i] = (struct pollfd){ .fd = crew->workers[i].reports,
					  .events = POLLIN };
	/* poll(2): one below zero is left out. */
	fds[crew->n_workers] = (struct pollfd){ .fd = crew->signals, .events = POLLIN };
	do
		r = poll(fds, crew->n_workers + 1, left_msec(deadline));
	while (r < 0 && errno == EINTR);
	if (r > 0 && fds[crew->n_workers].revents)
		return -ECANCELED;
	return r < 0 ? -errno : r;
}

/* Until the last worker has ended or the deadline has passed. */
static int supervise(struct crew *crew, uint64_t deadline)
{
	while (crew->n_workers > 0 && left_usec(deadline) > 0) {
		uint64_t grow = now_usec() + PATIENCE_USEC;
		struct pollfd fds[MAX_AT_ONCE + 1];
		bool can_grow = wants_more(crew);
		int r;

		r = await_reports(crew, fds,
				  can_grow && grow < deadline ? grow : deadline);
		if (r < 0)
			return r;
		/* From the last on: one that is dropped is replaced by what is behind it. */
		for (size_t i = crew->n_workers; r > 0 && i-- > 0;)
			if (fds[i].revents)
				read_report(crew, i);
		/* Those that are there go on in any case. */
		if (r == 0 && can_grow)
			(void)add_worker(crew);
	}
	return 0;
}

/* Those that still sit in a call are not waited for: no signal may reach them there. One that keeps on
 * is left alone. */
static void dismiss(struct crew *crew)
{
	bool is_late = crew->n_workers > 0;

	while (crew->n_workers > 0) {
		if (!crew->survivor)
			(void)kill(crew->workers[0].pid, SIGKILL);
		drop_worker(crew, 0);
	}
	for (uint32_t i = 0; i < crew->n; i++)
		if (crew->results[i] == UNTOLD)
			crew->results[i] = is_late ? -ETIMEDOUT : -EPIPE;
}

/* The writing end is closed at once: who finds the queue empty is done. */
static int make_queue(struct crew *crew)
{
	_cleanup_close_ int in = -EBADF;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	crew->queue = fds[0];
	in = fds[1];
	for (uint32_t i = 0; i < crew->n; i++) {
		crew->results[i] = UNTOLD;
		if (write(in, &i, sizeof(i)) != sizeof(i))
			return -EIO;
	}
	return 0;
}

static int run_crew(struct crew *crew, uint64_t deadline)
{
	int r;

	r = make_queue(crew);
	for (uint32_t i = 0; r >= 0 && i < FEW_AT_ONCE && i < crew->n; i++) {
		r = add_worker(crew);
		if (r < 0 && crew->n_workers > 0) {
			r = 0; /* fewer do it too */
			break;
		}
	}
	if (r >= 0)
		r = supervise(crew, deadline);
	dismiss(crew);
	if (crew->queue >= 0)
		close(crew->queue);
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
		struct crew crew = {
			.fn = fn,
			.contexts = (char *)contexts + done * size,
			.size = size,
			.n = (uint32_t)(left < MAX_QUEUED ? left : MAX_QUEUED),
			.results = results + done,
			.queue = -EBADF,
			.signals = -EBADF,
		};
		int r;

		r = run_crew(&crew, deadline);
		if (r < 0)
			return r;
	}
	return 0;
}

static int run_one(struct crew *crew, uint64_t deadline, int *ret_result)
{
	assert(crew->fn);

	crew->n = 1;
	crew->results = ret_result;
	crew->queue = -EBADF;
	return run_crew(crew, deadline);
}

/* Can be read as soon as the caller, which blocks both signals, is to end. */
static int open_signals(void)
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
	struct crew crew = { .fn = fn, .contexts = context, .signals = -EBADF };
	int result, r;

	r = run_one(&crew, deadline, &result);
	return r < 0 ? r : result;
}

int worker_run_interruptibly(worker_fn fn, void *context, uint64_t deadline)
{
	_cleanup_close_ int signals = open_signals();
	struct crew crew = { .fn = fn, .contexts = context, .signals = signals };
	int result, r;

	r = signals < 0 ? signals : run_one(&crew, deadline, &result);
	return r < 0 ? r : result;
}

int worker_run_survivor(worker_fn fn, void *context,
			const struct worker_survivor *survivor, uint64_t deadline,
			int *ret_result)
{
	_cleanup_close_ int signals = -EBADF;
	struct crew crew = {
		.fn = fn,
		.contexts = context,
		.survivor = survivor,
	};
	int r;

	assert(survivor);
	assert(ret_result);

	if (survivor->is_interruptible) {
		signals = open_signals();
		if (signals < 0) {
			*ret_result = signals;
			return 1;
		}
	}
	crew.signals = signals;
	r = run_one(&crew, deadline, ret_result);
	if (r < 0 && !crew.is_begun) {
		*ret_result = r;
		return 1;
	}
	if (r < 0)
		return r;
	return crew.n_told > 0 ? 0 : *ret_result;
}
