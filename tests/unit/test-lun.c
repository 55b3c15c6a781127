// SPDX-License-Identifier: LGPL-2.1-or-later
/* LUN addressing and sets of LUN numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/limits.h"
#include "core/lun.h"

static void test_lun_number_of_each_addressing_method(void **state)
{
	static const struct {
		uint64_t kernel, number;
	} cases[] = {
		{ 0, 0 },
		{ 255, 255 }, /* peripheral */
		{ 16384, 0 }, /* flat */
		{ 16684, 300 }, /* flat, fc-facts' example */
		{ 16384 + 16383, 16383 },
		{ 0x8001, 0x8001 }, /* logical unit addressing: no agreed number */
		{ 0xc101, 0xc101 }, /* well-known */
		{ UINT64_C(0x10000), UINT64_C(0x10000) }, /* two levels */
		{ UINT64_C(0x40010001), UINT64_C(0x40010001) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_true(lun_number(cases[i].kernel) == cases[i].number);
}

static void test_lun_is_well_known(void **state)
{
	assert_true(lun_is_well_known(0xc101)); /* REPORT LUNS */
	assert_true(lun_is_well_known(0xc102));
	assert_false(lun_is_well_known(0));
	assert_false(lun_is_well_known(0x4001));
	assert_false(lun_is_well_known(0xc201));
}

/* What a list reads as, written in its shortest form. */
static void check_list(const char *text, const char *expected, uint64_t size)
{
	char printed[128] = "";
	struct lun_set set;
	FILE *out;

	assert_int_equal(lun_set_parse(text, &set), 0);
	out = fmemopen(printed, sizeof(printed), "w");
	assert_non_null(out);
	lun_set_print(&set, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(printed, expected);
	assert_true(lun_set_size(&set) == size);
	lun_set_done(&set);
}

static void test_lun_set_parse_and_print(void **state)
{
	check_list("0", "0", 1);
	check_list("0-3,7", "0-3,7", 5);
	check_list(" 7 , 0 - 3 ", "0-3,7", 5);
	check_list("3,2,1,0", "0-3", 4);
	check_list("0-3,4-7", "0-7", 8);
	check_list("5-5", "5", 1);
	check_list("65535", "65535", 1);
	check_list("0-65535", "0-65535", 65536);
	check_list("007", "7", 1);
}

static void test_lun_set_parse_what_is_no_list(void **state)
{
	static const struct {
		const char *text;
		int error;
	} cases[] = {
		{ "", -EINVAL },
		{ ",", -EINVAL },
		{ "0,", -EINVAL },
		{ "0,,1", -EINVAL },
		{ "a", -EINVAL },
		{ "0-", -EINVAL },
		{ "-1", -EINVAL },
		{ "0x1", -EINVAL },
		{ "1 2", -EINVAL },
		{ "0-1-2", -EINVAL },
		{ "3-0", -ERANGE },
		{ "65536", -ERANGE },
		{ "99999999999999999999999", -ERANGE },
		{ "0,0", -EEXIST },
		{ "0-3,3", -EEXIST },
		{ "5,0-9", -EEXIST },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct lun_set set;

		assert_int_equal(lun_set_parse(cases[i].text, &set), cases[i].error);
	}
}

static void test_lun_set_contains_its_bounds(void **state)
{
	struct lun_set set;

	assert_int_equal(lun_set_parse("2-4,9", &set), 0);
	for (uint64_t lun = 0; lun < 12; lun++)
		assert_int_equal(lun_set_contains(&set, lun),
				 lun == 2 || lun == 3 || lun == 4 || lun == 9);
	lun_set_done(&set);
	assert_false(lun_set_contains(&set, 2));
	assert_true(lun_set_size(&set) == 0);
}

static void test_lun_set_parse_many_ranges(void **state)
{
	static char text[NPIV_LUN_MAX * 4];
	struct lun_set set;
	size_t n = 0;

	for (unsigned lun = 0; lun <= 2000; lun += 2)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%u", n ? "," : "",
				      lun);
	assert_int_equal(lun_set_parse(text, &set), 0);
	assert_int_equal(set.n_ranges, 1001);
	assert_true(lun_set_contains(&set, 2000));
	assert_false(lun_set_contains(&set, 1999));
	lun_set_done(&set);
}

static void test_lun_access_does_io(void **state)
{
	static const char *const good[] = { "", "active/optimized",
					    "active/non-optimized", "lba-dependent" };
	static const char *const bad[] = { "standby", "unavailable", "offline",
					   "transitioning", "(unknown)" };

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(lun_access_does_io(good[i]));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(lun_access_does_io(bad[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lun_number_of_each_addressing_method),
		cmocka_unit_test(test_lun_is_well_known),
		cmocka_unit_test(test_lun_set_parse_and_print),
		cmocka_unit_test(test_lun_set_parse_what_is_no_list),
		cmocka_unit_test(test_lun_set_contains_its_bounds),
		cmocka_unit_test(test_lun_set_parse_many_ranges),
		cmocka_unit_test(test_lun_access_does_io),
	};

	return cmocka_run_group_tests_name("lun", tests, NULL, NULL);
}
