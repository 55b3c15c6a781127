// SPDX-License-Identifier: LGPL-2.1-or-later
/* World wide names as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/wwn.h"

static void test_wwn_parse_every_spelling(void **state)
{
	static const char *const spellings[] = {
		"50014380a1b2c3d4",	     "50014380A1B2C3D4",
		"0x50014380a1b2c3d4",	     "0X50014380A1b2c3d4",
		"50:01:43:80:a1:b2:c3:d4",   "50:01:43:80:A1:B2:C3:D4",
		"0x50:01:43:80:a1:b2:c3:d4",
	};

	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		uint64_t wwn = 0;

		assert_int_equal(wwn_parse(spellings[i], &wwn), 0);
		assert_true(wwn == UINT64_C(0x50014380a1b2c3d4));
	}
}

static void test_wwn_parse_what_is_no_wwn(void **state)
{
	static const char *const texts[] = {
		"",
		"0x",
		"50014380a1b2c3d",
		"50014380a1b2c3d45",
		"50014380a1b2c3dg",
		" 50014380a1b2c3d4",
		"50014380a1b2c3d4 ",
		"50:01:43:80:a1:b2:c3:d",
		"50:01:43:80:a1:b2:c3d4",
		"50:01:43:80:a1:b2:c3:d4:",
		":50:01:43:80:a1:b2:c3:d4",
		"50-01-43-80-a1-b2-c3-d4",
		"5001:4380:a1b2:c3d4",
		"0x0x50014380a1b2c3",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		uint64_t wwn = 7;

		assert_int_equal(wwn_parse(texts[i], &wwn), -EINVAL);
		assert_true(wwn == 7); /* written on success alone */
	}
}

static void test_wwn_parse_sysfs_without_leading_zeros(void **state)
{
	static const struct {
		const char *text;
		uint64_t wwn;
	} cases[] = {
		{ "0x50014380a1b2c3d4\n", UINT64_C(0x50014380a1b2c3d4) },
		{ "0x1", 1 },
		{ "0x0\n", 0 },
		{ "0xffffffffffffffff\n", WWN_UNSET },
		{ "1000000000000abc", UINT64_C(0x1000000000000abc) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t wwn = 7;

		assert_int_equal(wwn_parse_sysfs(cases[i].text, &wwn), 0);
		assert_true(wwn == cases[i].wwn);
	}
}

static void test_wwn_parse_sysfs_what_is_no_wwn(void **state)
{
	static const char *const texts[] = { "",      "\n",   "0x",
					     "0x1 2", "0x1g", "0x12345678901234567",
					     "50:01" };

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		uint64_t wwn = 7;

		assert_int_equal(wwn_parse_sysfs(texts[i], &wwn), -EINVAL);
		assert_true(wwn == 7);
	}
}

static void test_wwn_is_usable(void **state)
{
	assert_true(wwn_is_usable(UINT64_C(0x50014380a1b2c3d4)));
	assert_true(wwn_is_usable(1));
	assert_false(wwn_is_usable(0));
	assert_false(wwn_is_usable(WWN_UNSET));
}

static void test_wwn_format_keeps_leading_zeros(void **state)
{
	char text[WWN_TEXT_SIZE];

	assert_string_equal(wwn_format(UINT64_C(0xABCDEF), text), "0x0000000000abcdef");
	assert_string_equal(wwn_format(WWN_UNSET, text), "0xffffffffffffffff");
}

static void test_wwn_format_colons(void **state)
{
	char text[WWN_COLONS_SIZE];
	uint64_t back;

	assert_string_equal(wwn_format_colons(0x0123456789abcdef, text),
			    "01:23:45:67:89:ab:cd:ef");
	assert_string_equal(wwn_format_colons(WWN_UNSET, text),
			    "ff:ff:ff:ff:ff:ff:ff:ff");
	assert_int_equal(wwn_parse(wwn_format_colons(0x50014c5000000001, text), &back),
			 0);
	assert_int_equal(back, 0x50014c5000000001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wwn_parse_every_spelling),
		cmocka_unit_test(test_wwn_parse_what_is_no_wwn),
		cmocka_unit_test(test_wwn_parse_sysfs_without_leading_zeros),
		cmocka_unit_test(test_wwn_parse_sysfs_what_is_no_wwn),
		cmocka_unit_test(test_wwn_is_usable),
		cmocka_unit_test(test_wwn_format_colons),
		cmocka_unit_test(test_wwn_format_keeps_leading_zeros),
	};

	return cmocka_run_group_tests_name("wwn", tests, NULL, NULL);
}
