// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of flock(2) with an end to its wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/flock.h"
#include "run-fixture.h"

#define SOON (now_usec() + 50 * USEC_PER_MSEC)
#define LATE (now_usec() + 30 * USEC_PER_SEC)

static int open_lock(const char *folder)
{
	char path[64];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/lock", folder);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	return fd;
}

static void test_flock_until_ends_with_its_deadline(void **state)
{
	int held = open_lock(*state), fd = open_lock(*state);
	uint64_t began = now_usec();

	assert_int_equal(flock_until(held, LOCK_EX, 0, false), 0);
	assert_int_equal(flock_until(fd, LOCK_EX, 0, false), -EAGAIN);
	assert_int_equal(flock_until(fd, LOCK_EX, SOON, false), -EAGAIN);
	assert_true(now_usec() - began >= 50 * USEC_PER_MSEC);
	close(held);
	close(fd);
}

/* What a child that waited has locked is locked for the parent, too. */
static void test_flock_until_takes_what_becomes_free(void **state)
{
	int held = open_lock(*state), fd = open_lock(*state), other = open_lock(*state);
	pid_t pid;

	assert_int_equal(flock_until(held, LOCK_EX, 0, false), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)poll(NULL, 0, 50);
		_exit(0);
	}
	close(held);
	assert_int_equal(flock_until(fd, LOCK_EX, LATE, false), 0);
	assert_int_equal(flock_until(other, LOCK_EX, 0, false), -EAGAIN);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(fd);
	close(other);
}

static void test_flock_until_ends_with_a_signal_where_asked(void **state)
{
	int held = open_lock(*state), fd = open_lock(*state), caught;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	assert_int_equal(flock_until(held, LOCK_EX, 0, true), 0);
	(void)raise(SIGTERM);
	assert_int_equal(flock_until(fd, LOCK_EX, SOON, false), -EAGAIN);
	assert_int_equal(flock_until(fd, LOCK_EX, LATE, true), -ECANCELED);
	(void)sigwait(&set, &caught);
	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
	close(held);
	close(fd);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_flock_until_ends_with_its_deadline),
		TEST(test_flock_until_takes_what_becomes_free),
		TEST(test_flock_until_ends_with_a_signal_where_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
