// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of locks, in a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <unistd.h>

#include "lib/clock.h"
#include "state/lock.h"
#include "run-fixture.h"

#define SOON (now_usec() + 50 * USEC_PER_MSEC)
#define LATE (now_usec() + 30 * USEC_PER_SEC)

static void test_lock_take_one_at_a_time(void **state)
{
	int first = lock_take_parent(*state, 1, 0), second;

	assert_true(first >= 0);
	assert_int_equal(lock_take_parent(*state, 1, 0), -EAGAIN);
	second = lock_take_parent(*state, 2, 0);
	assert_true(second >= 0);
	close(first);
	first = lock_take_parent(*state, 1, 0);
	assert_true(first >= 0);
	close(first);
	close(second);
}

static void test_lock_take_waits_until_its_deadline(void **state)
{
	int lock = lock_take_vhba(*state, "web01", 0);
	uint64_t began = now_usec();

	assert_true(lock >= 0);
	assert_int_equal(lock_take_vhba(*state, "web01", SOON), -EAGAIN);
	assert_true(now_usec() - began >= 50 * USEC_PER_MSEC);
	close(lock);
}

static int hold_for_a_moment(void *context)
{
	int lock = lock_take_pool(context, "p", 0);

	(void)poll(NULL, 0, 100);
	return lock < 0 ? lock : 0; /* the lock goes with the process */
}

static void test_lock_take_is_woken_by_the_holders_end(void **state)
{
	uint64_t began = now_usec();
	pid_t pid = fork();
	int lock;

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(hold_for_a_moment(*state) < 0);
	(void)poll(NULL, 0, 30); /* it has the lock by now */
	lock = lock_take_pool(*state, "p", LATE);
	assert_true(lock >= 0);
	assert_true(now_usec() - began < 5 * USEC_PER_SEC);
	close(lock);
}

static void test_lock_holder_is_named(void **state)
{
	int lock = lock_take_parent(*state, 1, 0);
	char holder[192], wanted[64];

	lock_print_holder_of_parent(*state, 1, holder, sizeof(holder));
	(void)snprintf(wanted, sizeof(wanted), "process %d (", (int)getpid());
	assert_memory_equal(holder, wanted, strlen(wanted));
	assert_non_null(strstr(holder, "test-lock) holds it"));
	lock_print_holder_of_vhba(*state, "web01", holder, sizeof(holder));
	assert_string_equal(holder, "another process holds it");
	close(lock);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_lock_take_one_at_a_time),
		TEST(test_lock_take_waits_until_its_deadline),
		TEST(test_lock_take_is_woken_by_the_holders_end),
		TEST(test_lock_holder_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
