// SPDX-License-Identifier: LGPL-2.1-or-later
/* The paths of a multipath map in what device-mapper says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "block/dm-status.h"

/* As 6.1 prints it: two groups, the first in use, each with service-time's two figures a path. */
#define STATUS "2 0 0 0 2 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 0 1 E 0 1 2 65:160 A 0 0 1 "

static void expect(const char *device, bool wanted)
{
	bool is_active = !wanted;

	assert_true(dm_status_find_path(STATUS, device, &is_active));
	assert_int_equal(is_active, wanted);
}

static void test_dm_status_find_path(void **state)
{
	expect("8:16", true);
	expect("8:32", false);
	expect("65:160", true); /* of a group that is not in use now */
}

static void test_dm_status_find_path_that_is_in_no_map(void **state)
{
	static const char *const devices[] = { "8:1", "8:160", "5:160", "", "8:64" };
	bool is_active = true;

	for (size_t i = 0; i < ARRAY_SIZE(devices); i++)
		assert_false(dm_status_find_path(STATUS, devices[i], &is_active));
	assert_true(is_active);
}

static void test_dm_status_find_path_in_what_is_no_status(void **state)
{
	static const char *const texts[] = { "",       " ",	  "8:16", "8:16 ",
					     "8:16 B", "8:16 AA", "8:16A" };
	bool is_active = false;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_false(dm_status_find_path(texts[i], "8:16", &is_active));
	assert_false(is_active);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dm_status_find_path),
		cmocka_unit_test(test_dm_status_find_path_that_is_in_no_map),
		cmocka_unit_test(test_dm_status_find_path_in_what_is_no_status),
	};

	return cmocka_run_group_tests_name("dm-status", tests, NULL, NULL);
}
