// SPDX-License-Identifier: LGPL-2.1-or-later
/* Single values as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/parse.h"

static void test_parse_bool(void **state)
{
	static const char *const yes[] = { "1", "yes", "Yes", "y", "TRUE", "t", "on" };
	static const char *const no[] = { "0", "no", "NO", "n", "false", "f", "off" };
	static const char *const neither[] = { "", "2", "maybe", "yes ", "ye", "nope" };
	bool value;

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++) {
		value = false;
		assert_int_equal(parse_bool(yes[i], &value), 0);
		assert_true(value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(no); i++) {
		value = true;
		assert_int_equal(parse_bool(no[i], &value), 0);
		assert_false(value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(neither); i++)
		assert_int_equal(parse_bool(neither[i], &value), -EINVAL);
}

static void test_parse_unsigned(void **state)
{
	uint64_t n;

	assert_int_equal(parse_unsigned("0", 10, &n), 0);
	assert_true(n == 0);
	assert_int_equal(parse_unsigned("0010", 10, &n), 0);
	assert_true(n == 10);
	assert_int_equal(parse_unsigned("18446744073709551615", UINT64_MAX, &n), 0);
	assert_true(n == UINT64_MAX);
}

static void test_parse_unsigned_out_of_bounds(void **state)
{
	uint64_t n = 7;

	assert_int_equal(parse_unsigned("11", 10, &n), -ERANGE);
	assert_int_equal(parse_unsigned("5", 3, &n), -ERANGE);
	assert_int_equal(parse_unsigned("1", 0, &n), -ERANGE);
	assert_int_equal(parse_unsigned("18446744073709551616", UINT64_MAX, &n), -ERANGE);
	assert_int_equal(parse_unsigned("99999999999999999999999999", UINT64_MAX, &n),
			 -ERANGE);
	assert_true(n == 7);
}

static void test_parse_unsigned_what_is_no_number(void **state)
{
	static const char *const texts[] = { "",    "-1",  "+1",     " 1", "1 ",
					     "0x1", "1.5", "99999x", "a" };
	uint64_t n;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(parse_unsigned(texts[i], 1000, &n), -EINVAL);
}

static void test_parse_time_span(void **state)
{
	static const struct {
		const char *text;
		uint64_t usec;
	} cases[] = {
		{ "0", 0 },
		{ "90", 90 * USEC_PER_SEC },
		{ "90s", 90 * USEC_PER_SEC },
		{ "90 s", 90 * USEC_PER_SEC },
		{ "2min", 120 * USEC_PER_SEC },
		{ "2m", 120 * USEC_PER_SEC },
		{ "1min 30s", 90 * USEC_PER_SEC },
		{ "1min30s", 90 * USEC_PER_SEC },
		{ "30s 1min", 90 * USEC_PER_SEC },
		{ "1 minute 2 seconds", 62 * USEC_PER_SEC },
		{ "1h", 3600 * USEC_PER_SEC },
		{ "2 hours", 7200 * USEC_PER_SEC },
		{ "500ms", 500 * USEC_PER_MSEC },
		{ "1s 5", 6 * USEC_PER_SEC },
		{ "7us", 7 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t usec = 1;

		assert_int_equal(parse_time_span(cases[i].text, &usec), 0);
		assert_true(usec == cases[i].usec);
	}
}

static void test_parse_time_span_what_is_none(void **state)
{
	static const char *const texts[] = { "",    " ",	"s",
					     "-5",  "1.5s",	"5 fortnights",
					     "5S",  "infinity", " 5",
					     "5s,", "0x5" };
	uint64_t usec = 7;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(parse_time_span(texts[i], &usec), -EINVAL);
	assert_int_equal(parse_time_span("18446744073709551615h", &usec), -ERANGE);
	assert_int_equal(parse_time_span("18446744073709551616", &usec), -ERANGE);
	assert_int_equal(parse_time_span("18446744073709551615us 1us", &usec), -ERANGE);
	/* What follows an overflow is still looked at. */
	assert_int_equal(parse_time_span("18446744073709551615h x", &usec), -EINVAL);
	assert_true(usec == 7);
}

static void test_format_time_span(void **state)
{
	static const struct {
		uint64_t usec;
		const char *text;
	} cases[] = {
		{ 0, "0s" },
		{ 90 * USEC_PER_SEC, "1min 30s" },
		{ 3600 * USEC_PER_SEC, "1h" },
		{ 500 * USEC_PER_MSEC, "500ms" },
		{ 1500 * USEC_PER_MSEC, "1s 500ms" },
		{ 1500, "1500us" },
		{ UINT64_MAX, "5124095576h 1min 49s 551615us" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char text[TIME_SPAN_TEXT_SIZE];
		uint64_t usec;

		assert_string_equal(format_time_span(cases[i].usec, text), cases[i].text);
		assert_int_equal(parse_time_span(text, &usec), 0);
		assert_true(usec == cases[i].usec);
	}
}

static void test_parse_mode(void **state)
{
	int mode = -1;

	assert_int_equal(parse_mode("0660", &mode), 0);
	assert_int_equal(mode, 0660);
	assert_int_equal(parse_mode("777", &mode), 0);
	assert_int_equal(mode, 0777);
	assert_int_equal(parse_mode("0", &mode), 0);
	assert_int_equal(mode, 0);
	assert_int_equal(parse_mode("1000", &mode), -ERANGE);
	assert_int_equal(parse_mode("77777777777777777777", &mode), -ERANGE);
	assert_int_equal(parse_mode("", &mode), -EINVAL);
	assert_int_equal(parse_mode("0680", &mode), -EINVAL);
	assert_int_equal(parse_mode("rw", &mode), -EINVAL);
	assert_int_equal(parse_mode("-1", &mode), -EINVAL);
	assert_int_equal(mode, 0);
}

static void test_parse_host(void **state)
{
	int host = -1;

	assert_int_equal(parse_host("host0", &host), 0);
	assert_int_equal(host, 0);
	assert_int_equal(parse_host("scsi_host12", &host), 0);
	assert_int_equal(host, 12);
	assert_int_equal(parse_host("host2147483647", &host), 0);
	assert_int_equal(host, INT32_MAX);
	assert_int_equal(parse_host("host2147483648", &host), -ERANGE);
	assert_int_equal(parse_host("host", &host), -EINVAL);
	assert_int_equal(parse_host("12", &host), -EINVAL);
	assert_int_equal(parse_host("host-1", &host), -EINVAL);
	assert_int_equal(parse_host("host1x", &host), -EINVAL);
	assert_int_equal(parse_host("Host1", &host), -EINVAL);
	assert_int_equal(host, INT32_MAX);
}

static void test_parse_pci_address(void **state)
{
	static const char *const good[][2] = {
		{ "0000:04:00.1", "0000:04:00.1" },
		{ "04:00.1", "0000:04:00.1" },
		{ "0000:AF:1F.7", "0000:af:1f.7" },
		{ "10000:01:00.0", "10000:01:00.0" },
		{ "ffffffff:ff:00.0", "ffffffff:ff:00.0" },
	};
	static const struct {
		const char *text;
		int error;
	} bad[] = {
		{ "", -EINVAL },
		{ "04", -EINVAL },
		{ "04:00", -EINVAL },
		{ "4:00.1", -EINVAL },
		{ "04:00.8", -ERANGE },
		{ "04:20.0", -ERANGE },
		{ "000:04:00.1", -EINVAL },
		{ "0000:04:00.1.2", -EINVAL },
		{ "0000:04:00.1 ", -EINVAL },
		{ "0000:04:00-1", -EINVAL },
		{ "123456789:04:00.1", -EINVAL },
		{ "0000:0000:04:00.1", -EINVAL },
	};
	char address[PCI_ADDRESS_SIZE];

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		assert_int_equal(parse_pci_address(good[i][0], address), 0);
		assert_string_equal(address, good[i][1]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(parse_pci_address(bad[i].text, address), bad[i].error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_bool),
		cmocka_unit_test(test_parse_unsigned),
		cmocka_unit_test(test_parse_unsigned_out_of_bounds),
		cmocka_unit_test(test_parse_unsigned_what_is_no_number),
		cmocka_unit_test(test_parse_time_span),
		cmocka_unit_test(test_parse_time_span_what_is_none),
		cmocka_unit_test(test_format_time_span),
		cmocka_unit_test(test_parse_mode),
		cmocka_unit_test(test_parse_host),
		cmocka_unit_test(test_parse_pci_address),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
