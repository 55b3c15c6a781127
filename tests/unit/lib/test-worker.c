// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of calls in a process of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/fd.h"
#include "lib/worker.h"

#define SOON (now_usec() + 50 * USEC_PER_MSEC)
#define LATE (now_usec() + 30 * USEC_PER_SEC)

static int give_back(void *context)
{
	return *(int *)context;
}

/* As a write to a driver that does not come back: far longer than the test waits. */
static int hang(void *context)
{
	/* Who waits for the end of this program's output is not to wait for this one. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	(void)poll(NULL, 0, 5000);
	return 0;
}

static int die(void *context)
{
	_exit(7);
}

static int die_or_give_back(void *context)
{
	const int *value = context;

	return *value == -EPIPE ? die(context) : *value;
}

static void test_worker_run_gives_the_result(void **state)
{
	int values[] = { 0, -EBUSY };

	assert_int_equal(worker_run(give_back, &values[0], LATE), 0);
	assert_int_equal(worker_run(give_back, &values[1], LATE), -EBUSY);
}

static void test_worker_run_does_not_wait_for_ever(void **state)
{
	uint64_t began = now_usec();

	assert_int_equal(worker_run(hang, NULL, SOON), -ETIMEDOUT);
	assert_true(now_usec() - began < 4 * USEC_PER_SEC);
}

static void test_worker_run_ends_what_hangs(void **state)
{
	struct pollfd end = { .events = POLLIN };
	int fds[2];

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_int_equal(worker_run(hang, NULL, SOON), -ETIMEDOUT);
	/* The end of the pipe comes with the child's, who has it open too. */
	close(fds[1]);
	end.fd = fds[0];
	assert_int_equal(poll(&end, 1, 3000), 1);
	close(fds[0]);
}

static void test_worker_run_of_a_child_that_dies(void **state)
{
	assert_int_equal(worker_run(die, NULL, LATE), -EPIPE);
}

static void test_worker_run_interruptibly_ends_with_a_signal(void **state)
{
	uint64_t began = now_usec();
	int value = -EBUSY, got;
	sigset_t term, old;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	assert_int_equal(sigprocmask(SIG_BLOCK, &term, &old), 0);
	assert_int_equal(worker_run_interruptibly(give_back, &value, LATE), -EBUSY);
	assert_int_equal(worker_run_interruptibly(hang, NULL, SOON), -ETIMEDOUT);
	assert_int_equal(kill(getpid(), SIGTERM), 0);
	assert_int_equal(worker_run_interruptibly(hang, NULL, LATE), -ECANCELED);
	assert_true(now_usec() - began < 4 * USEC_PER_SEC);
	/* It is still for the caller to take. */
	assert_int_equal(sigwait(&term, &got), 0);
	assert_int_equal(got, SIGTERM);
	assert_int_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
}

static void test_worker_run_all_more_than_run_at_once(void **state)
{
	int values[70], results[70];

	for (int i = 0; i < 70; i++)
		values[i] = -i;
	assert_int_equal(
		worker_run_all(give_back, values, 70, sizeof(*values), LATE, results), 0);
	for (int i = 0; i < 70; i++)
		assert_int_equal(results[i], -i);
}

static void test_worker_run_all_one_that_hangs_holds_up_no_other(void **state)
{
	int results[3] = { 1, 1, 1 };

	assert_int_equal(worker_run_all(hang, NULL, 0, 1, SOON, NULL), 0);
	assert_int_equal(
		worker_run_all(hang, results, 3, sizeof(*results), SOON, results), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(results[i], -ETIMEDOUT);
}

/* As a write to a LUN that does not answer, beside many that do. */
static int hang_or_give_back(void *context)
{
	const int *value = context;

	return *value == -ETIMEDOUT ? hang(context) : *value;
}

static void test_worker_run_all_many_that_hang_hold_up_no_other(void **state)
{
	int values[40], results[40];

	for (int i = 0; i < 40; i++)
		values[i] = i < 8 ? -ETIMEDOUT : -EBUSY;
	assert_int_equal(worker_run_all(hang_or_give_back, values, 40, sizeof(*values),
					now_usec() + 2 * USEC_PER_SEC, results),
			 0);
	for (int i = 0; i < 40; i++)
		assert_int_equal(results[i], values[i]);
}

static void test_worker_run_all_one_that_dies_costs_its_job_alone(void **state)
{
	int values[] = { -EBUSY, -EPIPE, -EBUSY, -EBUSY, -EBUSY, -EBUSY, -EBUSY };
	int results[ARRAY_SIZE(values)];

	assert_int_equal(worker_run_all(die_or_give_back, values, ARRAY_SIZE(values),
					sizeof(*values), LATE, results),
			 0);
	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		assert_int_equal(results[i], values[i]);
}

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static int has_descriptor(void *context)
{
	return is_open(*(int *)context);
}

struct survivor_job {
	int lock,
		done; /* descriptors: of a lock, and of a pipe that closes with the child */
	const char *report; /* a file that it writes at its end */
};

/* Writes what it still has at its end: the lock, the pipe, SIGTERM blocked, a session of its own. */
static int write_report(void *context)
{
	const struct survivor_job *job = context;
	const char has_lock = is_open(job->lock) ? 'l' : '-';
	const char has_pipe = is_open(job->done) ? 'p' : '-';
	char text[8];
	sigset_t blocked;
	int fd;

	(void)poll(NULL, 0, 200);
	(void)sigprocmask(SIG_BLOCK, NULL, &blocked);
	(void)snprintf(text, sizeof(text), "%c%c%c%c", has_lock, has_pipe,
		       sigismember(&blocked, SIGTERM) && sigismember(&blocked, SIGPIPE) ?
			       'b' :
			       '-',
		       getsid(0) == getpid() ? 's' : '-');
	fd = open(job->report, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return fd >= 0 && write(fd, text, 4) == 4 ? 0 : -EIO;
}

/* Runs it in a parent that is killed in the middle of it; then reads the report. */
static void run_and_kill_parent(struct survivor_job *job)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		const struct worker_survivor survivor = { AT_FDCWD, job->lock, false };
		int result;

		(void)!worker_run_survivor(write_report, job, &survivor, LATE, &result);
		_exit(0);
	}
	(void)poll(NULL, 0, 50);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_worker_run_survivor_outlives_its_parent(void **state)
{
	char folder[] = "/tmp/npiv-worker-XXXXXX", report[64], lock[64], text[8] = "";
	struct survivor_job job = { .report = report };
	int fds[2], fd;

	assert_non_null(mkdtemp(folder));
	(void)snprintf(report, sizeof(report), "%s/report", folder);
	(void)snprintf(lock, sizeof(lock), "%s/lock", folder);
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	job.lock = fcntl(fd, F_DUPFD_CLOEXEC, FD_LOCK_MIN);
	close(fd);
	job.done = fds[1];
	run_and_kill_parent(&job);
	close(job.lock);
	/* Whoever comes next waits for it by its lock. */
	fd = open(lock, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), -1);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	close(fd);
	fd = open(report, O_RDONLY | O_CLOEXEC);
	assert_int_equal(read(fd, text, sizeof(text)), 4);
	close(fd);
	assert_string_equal(text, "l-bs");
	close(fds[0]);
	close(fds[1]);
	(void)unlink(report);
	(void)unlink(lock);
	(void)rmdir(folder);
}

static void test_worker_run_survivor_tells_results_from_errors(void **state)
{
	struct worker_survivor survivor = { AT_FDCWD, -EBADF, false };
	int value = -ETIMEDOUT, result = 0;
	sigset_t term, old;

	assert_int_equal(worker_run_survivor(give_back, &value, &survivor, LATE, &result),
			 0);
	assert_int_equal(result, -ETIMEDOUT);
	assert_int_equal(worker_run_survivor(die, NULL, &survivor, LATE, &result),
			 -EPIPE);
	assert_int_equal(worker_run_survivor(hang, NULL, &survivor, SOON, &result),
			 -ETIMEDOUT);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	assert_int_equal(sigprocmask(SIG_BLOCK, &term, &old), 0);
	assert_int_equal(kill(getpid(), SIGTERM), 0);
	assert_int_equal(worker_run_survivor(hang, NULL, &survivor, SOON, &result),
			 -ETIMEDOUT);
	survivor.is_interruptible = true;
	assert_int_equal(worker_run_survivor(hang, NULL, &survivor, LATE, &result),
			 -ECANCELED);
	assert_int_equal(sigwaitinfo(&term, NULL), SIGTERM);
	assert_int_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
}

/* Where no child could be started, the caller has to know that fn was not called. */
static void test_worker_run_survivor_that_cannot_begin(void **state)
{
	struct worker_survivor survivor = { AT_FDCWD, -EBADF, false };
	struct rlimit before, none;
	int value = -EBUSY, results[2] = { 0 }, r[2];

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){ 0, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	for (int i = 0; i < 2; i++) {
		survivor.is_interruptible = i == 1;
		r[i] = worker_run_survivor(give_back, &value, &survivor, LATE,
					   &results[i]);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(r[i], 1);
		assert_int_equal(results[i], -EMFILE);
	}
}

/* A driver that holds a child up must not hold up those who want its parent's locks. */
static void test_worker_run_children_have_no_lock(void **state)
{
	FILE *file = tmpfile();
	int lock = fcntl(fileno(file), F_DUPFD_CLOEXEC, FD_LOCK_MIN);

	assert_true(lock >= FD_LOCK_MIN);
	assert_int_equal(worker_run(has_descriptor, &lock, LATE), 0);
	close(lock);
	lock = fcntl(fileno(file), F_DUPFD_CLOEXEC, 50);
	assert_int_equal(worker_run(has_descriptor, &lock, LATE), 1);
	close(lock);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worker_run_gives_the_result),
		cmocka_unit_test(test_worker_run_does_not_wait_for_ever),
		cmocka_unit_test(test_worker_run_ends_what_hangs),
		cmocka_unit_test(test_worker_run_of_a_child_that_dies),
		cmocka_unit_test(test_worker_run_interruptibly_ends_with_a_signal),
		cmocka_unit_test(test_worker_run_all_more_than_run_at_once),
		cmocka_unit_test(test_worker_run_all_one_that_hangs_holds_up_no_other),
		cmocka_unit_test(test_worker_run_all_many_that_hang_hold_up_no_other),
		cmocka_unit_test(test_worker_run_all_one_that_dies_costs_its_job_alone),
		cmocka_unit_test(test_worker_run_survivor_outlives_its_parent),
		cmocka_unit_test(test_worker_run_survivor_tells_results_from_errors),
		cmocka_unit_test(test_worker_run_survivor_that_cannot_begin),
		cmocka_unit_test(test_worker_run_children_have_no_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
