// SPDX-License-Identifier: LGPL-2.1-or-later
/* Sizes as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/size.h"

static void test_size_format(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} sizes[] = {
		{ 0, "0B" },
		{ 512, "512B" },
		{ 1023, "1023B" },
		{ 1024, "1K" },
		{ 1536, "1.5K" },
		{ 16777216, "16M" },
		{ UINT64_C(1) << 30, "1G" },
		{ (UINT64_C(1) << 30) - 1, "1G" }, /* rounded up to the next unit */
		{ UINT64_C(2199023255552), "2T" },
		{ UINT64_MAX, "16E" },
	};
	char text[SIZE_TEXT_SIZE];

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		assert_string_equal(size_format(sizes[i].bytes, text), sizes[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_size_format),
	};

	return cmocka_run_group_tests_name("size", tests, NULL, NULL);
}
