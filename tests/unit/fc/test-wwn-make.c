// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names that are made have the form that their first digit promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/wwn.h"

#define SEED_MAX ((UINT64_C(1) << WWN_SEED_BITS) - 1)

static void test_wwn_make_naa_5_is_oui_and_36_bits(void **state)
{
	struct wwn_pair pair = wwn_make(WWN_NAA_5, 0x001a4a, 0);

	assert_int_equal(pair.wwnn, 0x5001a4a000000000);
	assert_int_equal(pair.wwpn, 0x5001a4a000000001);
	pair = wwn_make(WWN_NAA_5, 0x001a4a, SEED_MAX);
	assert_int_equal(pair.wwnn, 0x5001a4affffffffe);
	assert_int_equal(pair.wwpn, 0x5001a4afffffffff);
}

static void test_wwn_make_naa_2_is_12_bits_oui_and_24_bits(void **state)
{
	struct wwn_pair pair = wwn_make(WWN_NAA_2, 0x001b32, 0);

	assert_int_equal(pair.wwnn, 0x2000001b32000000);
	assert_int_equal(pair.wwpn, 0x2001001b32000000);
	pair = wwn_make(WWN_NAA_2, 0x001b32, SEED_MAX);
	assert_int_equal(pair.wwnn, 0x2ffe001b32ffffff);
	assert_int_equal(pair.wwpn, 0x2fff001b32ffffff);
}

static void test_wwn_make_takes_no_more_of_a_seed(void **state)
{
	struct wwn_pair pair = wwn_make(WWN_NAA_5, 0xfcffff, UINT64_MAX);

	assert_int_equal(pair.wwpn, 0x5fcfffffffffffff);
	pair = wwn_make(WWN_NAA_2, 0xfcffff, UINT64_MAX);
	assert_int_equal(pair.wwpn, 0x2ffffcffffffffff);
}

/* Each bit of a seed is one of the name's: no two seeds give one name. */
static void test_wwn_make_loses_no_bit(void **state)
{
	static const enum wwn_naa forms[] = { WWN_NAA_2, WWN_NAA_5 };

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		uint64_t none = wwn_make(forms[i], 0x001a4a, 0).wwnn, seen = 0;

		for (unsigned bit = 0; bit < WWN_SEED_BITS; bit++) {
			uint64_t changed =
				none ^
				wwn_make(forms[i], 0x001a4a, UINT64_C(1) << bit).wwnn;

			assert_int_equal(__builtin_popcountll(changed), 1);
			assert_int_equal(seen & changed, 0);
			seen |= changed;
		}
	}
}

static void expect_oui(const char *text, uint32_t expected)
{
	uint32_t oui = 0;

	assert_int_equal(wwn_parse_oui(text, &oui), 0);
	assert_int_equal(oui, expected);
}

static void test_wwn_parse_oui_spellings(void **state)
{
	expect_oui("001a4a", 0x001a4a);
	expect_oui("001A4A", 0x001a4a);
	expect_oui("00:1a:4a", 0x001a4a);
	expect_oui("00-1A-4A", 0x001a4a);
	expect_oui("fcffff", 0xfcffff);
}

static void test_wwn_parse_oui_refuses(void **state)
{
	static const char *const bad[] = { "",		"001a4",      "001a4a0",
					   "0x001a4a",	"001a4g",     "00:1a4a",
					   "00:1a:4a:", "00:1a-4a",   " 001a4a",
					   "00.1a.4a",	"00::1a:4",   "001:a4:a",
					   "+01a4a",	"00:1a:4a:00" };
	uint32_t oui = 7;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(wwn_parse_oui(bad[i], &oui), -EINVAL);
	assert_int_equal(wwn_parse_oui("010000", &oui), -ERANGE);
	assert_int_equal(wwn_parse_oui("ff:ff:ff", &oui), -ERANGE);
	assert_int_equal(oui, 7);
}

/* FNV-1a of 64 bits has published values for its first half. */
static void test_wwn_name_id_is_the_same_everywhere(void **state)
{
	static const uint8_t of_a[] = { 0x8c, 0xec, 0x01, 0x86, 0x4c, 0xdc, 0x63, 0xaf };
	uint8_t a[16], b[16];

	wwn_name_id("a", a);
	assert_memory_equal(a, of_a, sizeof(of_a));
	wwn_name_id("b", b);
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, a + 8, 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wwn_make_naa_5_is_oui_and_36_bits),
		cmocka_unit_test(test_wwn_make_naa_2_is_12_bits_oui_and_24_bits),
		cmocka_unit_test(test_wwn_make_takes_no_more_of_a_seed),
		cmocka_unit_test(test_wwn_make_loses_no_bit),
		cmocka_unit_test(test_wwn_parse_oui_spellings),
		cmocka_unit_test(test_wwn_parse_oui_refuses),
		cmocka_unit_test(test_wwn_name_id_is_the_same_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
