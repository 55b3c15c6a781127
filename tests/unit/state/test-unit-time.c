// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of how long systemd gives the units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "state/state.h"
#include "state/unit-time.h"

static const struct vhba_config web01 = { .timeout_usec = 90 * USEC_PER_SEC + 1 };

static void test_unit_timeouts_are_longer_than_what_they_guard(void **state)
{
	assert_true(unit_start_timeout_usec(&web01) > web01.timeout_usec);
	/* A run of the program may take that long: a start its own timeout=, to the end. */
	assert_int_equal(unit_run_usec(unit_start_timeout_usec(&web01)),
			 web01.timeout_usec);
	assert_true(unit_run_usec(unit_stop_timeout_usec()) >=
		    VHBA_STOP_WAIT_USEC + 60 * USEC_PER_SEC);
	assert_true(unit_run_usec(unit_stop_timeout_usec()) < unit_stop_timeout_usec());
	assert_int_equal(unit_run_usec(1), 0);
	/* A vport_delete alone can block 30 s and more. */
	assert_true(unit_stop_timeout_usec() >= 90 * USEC_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unit_timeouts_are_longer_than_what_they_guard),
	};

	return cmocka_run_group_tests_name("unit-time", tests, NULL, NULL);
}
