// SPDX-License-Identifier: LGPL-2.1-or-later
/* LUN addressing and sets of LUN numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/limits.h"
#include "fc/lun.h"

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
	/* The same LUN of two levels as lsluns and as the kernel have it. */
	check_list("0x4010401f00000000", "1075789840", 1);
	check_list("1075789840", "1075789840", 1);
	check_list("0-3,0x4010401F00000000, 0x4010400f00000000",
		   "0-3,1074741264,1075789840", 6);
	/* One after the other by number, and not by what they are. */
	check_list("0x4010401f00000000,0x4011401f00000000", "1075789840,1075789841", 2);
	/* Bytes of one level. */
	check_list("0x0007000000000000,0x412c000000000000", "7,300", 2);
	check_list("0x4001400240034004", "0x4001400240034004", 1);
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
		{ "0x4010401f", -EINVAL }, /* half of one, or a number */
		{ "0x4010401f000000000", -EINVAL },
		{ "0x4010401g00000000", -EINVAL },
		{ "0X4010401f00000000", -EINVAL },
		{ "0x0000000000000001", -ERANGE }, /* no LUN 1: its first level is 0 */
		{ "0xc101000000000001", -ERANGE },
		{ "0xffffffffffffffff", -ERANGE },
		{ "4294967296", -ERANGE },
		{ "70000", -ERANGE },
		{ "0x4010400f00000000-0x4010401f00000000", -ERANGE },
		{ "0-0x4010401f00000000", -ERANGE },
		{ "1075789840,0x4010401f00000000", -EEXIST },
		{ "0-3,3", -EEXIST },
		{ "5,0-9", -EEXIST },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct lun_set set;

		assert_int_equal(lun_set_parse(cases[i].text, &set), cases[i].error);
	}
}

static void test_lun_parse(void **state)
{
	static const char *const wrong[] = { "",    " 7", "7 ", "7-8",
					     "7,8", "-1", "x",	"65536" };
	uint64_t lun = 0;

	assert_int_equal(lun_parse("65535", &lun), 0);
	assert_true(lun == 65535);
	assert_int_equal(lun_parse("0x4010401f00000000", &lun), 0);
	assert_true(lun == 1075789840);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_true(lun_parse(wrong[i], &lun) < 0);
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
		cmocka_unit_test(test_lun_parse),
		cmocka_unit_test(test_lun_set_contains_its_bounds),
		cmocka_unit_test(test_lun_set_parse_many_ranges),
		cmocka_unit_test(test_lun_access_does_io),
	};

	return cmocka_run_group_tests_name("lun", tests, NULL, NULL);
}
