// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names, aliases, WWIDs and links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/name.h"

#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void test_name_is_valid(void **state)
{
	static const char *const good[] = { "a", "0", "web01", "Web-01_a.b", "1..2", X64 };
	static const char *const bad[] = {
		"",   ".",   "..",  "-a",  "_a",  "a/b", "/",	     "a b",   " a",
		"a ", "a\n", "a@b", "a:b", "a%i", "a\\", "\xc3\xa4", X64 "x",
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		assert_true(name_is_valid(good[i]));
		assert_null(name_fault(good[i]));
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_false(name_is_valid(bad[i]));
		assert_non_null(name_fault(bad[i]));
	}
}

static void test_alias_fault_keeps_out_what_else_is_in_the_folder(void **state)
{
	static const char *const good[] = {
		"system",  "0x1",	 "1a",	  "a-part",
		"a-partx", "by-target2", "part1", "a-part1-b"
	};
	static const char *const bad[] = {
		"", "0", "12", "a-part1", "0-part12", "by-target", "a/b", "a-part-part2"
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_null(alias_fault(good[i]));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_non_null(alias_fault(bad[i]));
}

static void test_guest_name_fault_keeps_out_paths_and_options(void **state)
{
	static const char *const good[] = { "db", "web server no. 1", "a\xc3\xa4", "42" };
	static const char *const bad[] = { "", "-c", "a/b", "..\n", "a\x7f" };
	char longest[NPIV_GUEST_MAX + 2];

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_null(guest_name_fault(good[i]));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_non_null(guest_name_fault(bad[i]));
	memset(longest, 'g', sizeof(longest));
	longest[NPIV_GUEST_MAX + 1] = '\0';
	assert_non_null(guest_name_fault(longest));
	longest[NPIV_GUEST_MAX] = '\0';
	assert_null(guest_name_fault(longest));
}

static void test_wwid_equal_over_spellings(void **state)
{
	static const char *const equal[][2] = {
		{ "naa.6001405abcdef", "naa.6001405ABCDEF" },
		{ "naa.6001405abcdef", "36001405abcdef" },
		{ "eui.0025385b71b0aa01", "20025385b71b0aa01" },
		{ "t10.ATA     QEMU HARDDISK   QM00001 ", "1ATA_QEMU_HARDDISK_QM00001" },
		{ "t10.ATA QEMU", "t10.ATA\t QEMU__" },
	};
	static const char *const different[][2] = {
		{ "naa.6001405", "naa.6001406" },
		{ "naa.6001405", "naa.60014050" },
		{ "naa.6001405", "eui.6001405" },
		{ "naa.", "naa." },
		{ "", "" },
		{ "naa.1", "" },
		{ "t10. \t", "1" },
		{ "t10. \t", "t10. \t" },
		{ "t10.AB", "t10.A B" },
		{ "t10.serial-a", "t10.serial-A" }, /* only hex digits have no case */
	};

	for (size_t i = 0; i < ARRAY_SIZE(equal); i++) {
		assert_true(wwid_equal(equal[i][0], equal[i][1]));
		assert_true(wwid_equal(equal[i][1], equal[i][0]));
	}
	for (size_t i = 0; i < ARRAY_SIZE(different); i++) {
		assert_false(wwid_equal(different[i][0], different[i][1]));
		assert_false(wwid_equal(different[i][1], different[i][0]));
	}
}

static void test_links(void **state)
{
	char link[NPIV_LINK_MAX];

	assert_string_equal(link_by_lun("web01", 300, link), "web01/300");
	assert_string_equal(link_by_alias("web01", "system", link), "web01/system");
	assert_string_equal(link_by_target("web01", UINT64_C(0x50014380a1b2c3d4), 7,
					   link),
			    "web01/by-target/0x50014380a1b2c3d4-lun-7");
}

static void test_links_of_the_longest_names_fit(void **state)
{
	char link[NPIV_LINK_MAX];

	assert_string_equal(link_by_alias(X64, X64, link), X64 "/" X64);
	assert_string_equal(link_by_target(X64, UINT64_MAX, UINT64_MAX, link),
			    X64 "/by-target/0xffffffffffffffff-lun-18446744073709551615");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name_is_valid),
		cmocka_unit_test(test_alias_fault_keeps_out_what_else_is_in_the_folder),
		cmocka_unit_test(test_guest_name_fault_keeps_out_paths_and_options),
		cmocka_unit_test(test_wwid_equal_over_spellings),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_links_of_the_longest_names_fit),
	};

	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
