// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of what is no news. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event/log.h"

#define MINUTE_USEC (60 * USEC_PER_SEC)

static bool passes(struct log_limit *limit, const char *text, unsigned minute)
{
	/* The time of day 0 is no time. */
	return log_limit_passes(limit, LOG_ERR, text, (minute + 100) * MINUTE_USEC);
}

static void test_log_limit_tells_a_cause_once_and_hourly(void **state)
{
	_cleanup_(log_limit_done) struct log_limit limit = { 0 };

	assert_true(passes(&limit, "no link", 0));
	assert_false(passes(&limit, "no link", 0));
	assert_false(passes(&limit, "no link", 59));
	assert_true(passes(&limit, "no link", 60));
	assert_false(passes(&limit, "no link", 119));
}

static void test_log_limit_tells_a_change(void **state)
{
	_cleanup_(log_limit_done) struct log_limit limit = { 0 };

	assert_true(passes(&limit, "missing 1", 0));
	assert_true(passes(&limit, "missing 12", 1));
	assert_true(passes(&limit, "missing 1", 2));
	/* A warning beside it is no change of the error. */
	assert_true(log_limit_passes(&limit, LOG_WARNING, "odd", 103 * MINUTE_USEC));
	assert_false(passes(&limit, "missing 1", 4));
	assert_true(log_limit_passes(&limit, LOG_INFO, "step", 104 * MINUTE_USEC));
	assert_true(log_limit_passes(&limit, LOG_INFO, "step", 104 * MINUTE_USEC));
}

static void test_log_limit_has_a_bound(void **state)
{
	_cleanup_(log_limit_done) struct log_limit limit = { 0 };
	char text[16];
	unsigned n = 0;

	/* Causes that take turns, for an hour. */
	for (unsigned i = 0; i < 60; i++) {
		(void)snprintf(text, sizeof(text), "cause %u", i % 2);
		n += passes(&limit, text, i);
	}
	assert_true(n >= 12);
	assert_true(n <= 6 * LOG_LIMIT_N);
}

static void test_log_limit_knows_what_another_has_told(void **state)
{
	_cleanup_(log_limit_done) struct log_limit limit = { 0 };

	log_limit_note(&limit, LOG_ERR, "no link: host0", 100 * MINUTE_USEC);
	assert_false(passes(&limit, "no link: host0; look at the cable", 1));
	assert_true(passes(&limit, "no link: host01; look at the cable", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log_limit_tells_a_cause_once_and_hourly),
		cmocka_unit_test(test_log_limit_tells_a_change),
		cmocka_unit_test(test_log_limit_has_a_bound),
		cmocka_unit_test(test_log_limit_knows_what_another_has_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
