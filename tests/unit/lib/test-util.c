// SPDX-License-Identifier: LGPL-2.1-or-later
/* The growing array and the small helpers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/util.h"

static void test_array_grow_keeps_and_zeroes(void **state)
{
	unsigned *numbers = NULL;

	for (unsigned i = 0; i < 1000; i++) {
		unsigned *place = array_grow(&numbers, i, sizeof(*numbers));

		assert_non_null(place);
		assert_ptr_equal(place, &numbers[i]);
		assert_int_equal(*place, 0);
		*place = i + 1;
	}
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i + 1);
	free(numbers);
}

static void test_array_grow_that_would_overflow(void **state)
{
	char *items = NULL;

	assert_null(array_grow(&items, (SIZE_MAX >> 2) + 1, 8));
	assert_null(items);
}

static void test_startswith(void **state)
{
	assert_string_equal(startswith("npiv=off", "npiv="), "off");
	assert_string_equal(startswith("a", "a"), "");
	assert_string_equal(startswith("a", ""), "a");
	assert_null(startswith("npi", "npiv="));
}

static void test_take_ptr_leaves_null(void **state)
{
	char *text = strdup("x"), *taken = TAKE_PTR(text);

	assert_null(text);
	assert_string_equal(taken, "x");
	free(taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_array_grow_keeps_and_zeroes),
		cmocka_unit_test(test_array_grow_that_would_overflow),
		cmocka_unit_test(test_startswith),
		cmocka_unit_test(test_take_ptr_leaves_null),
	};

	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}
