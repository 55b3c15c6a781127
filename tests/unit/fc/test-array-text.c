// SPDX-License-Identifier: LGPL-2.1-or-later
/* What arrays say of themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/array-text.h"

static void test_array_text_mask(void **state)
{
	char text[] = "a\nb\x7f\xc3\xa9 ~";

	array_text_mask(text);
	assert_string_equal(text, "a?b??? ~");
}

static void test_array_text_escape_leaves_printable_text(void **state)
{
	const char text[] = "t10.ACME    Disk\\x01 ~";
	char buf[32];

	assert_int_equal(array_text_escape(text, strlen(text), buf, sizeof(buf)), 0);
	assert_string_equal(buf, text);
}

static void test_array_text_escape_keeps_two_units_apart(void **state)
{
	char one[32], other[32];

	assert_int_equal(array_text_escape("a\n\\", 3, one, sizeof(one)), 0);
	assert_string_equal(one, "a\\x0a\\x5c");
	assert_int_equal(array_text_escape("a\r\\", 3, other, sizeof(other)), 0);
	assert_string_not_equal(one, other);
}

static void test_array_text_escape_never_cuts(void **state)
{
	char buf[5] = "old";

	assert_int_equal(array_text_escape("abcd", 4, buf, sizeof(buf)), 0);
	assert_string_equal(buf, "abcd");
	assert_int_equal(array_text_escape("abcde", 5, buf, sizeof(buf)), -EMSGSIZE);
	assert_string_equal(buf, "");
	assert_int_equal(array_text_escape("a\n", 2, buf, sizeof(buf)), -EMSGSIZE);
	assert_int_equal(array_text_escape("\n", 1, buf, sizeof(buf)), 0);
	assert_string_equal(buf, "\\x0a");
}

static void assert_serial(const char *page, size_t n, const char *expected)
{
	char buf[32];

	array_text_serial((const unsigned char *)page, n, buf, sizeof(buf));
	assert_string_equal(buf, expected);
}

static void test_array_text_serial(void **state)
{
	assert_serial("\0\x80\0\x08  ab c \0", 12, "ab c");
	assert_serial("\0\x80\0\x03"
		      "a\0b",
		      7, "a\\x00b");
	assert_serial("\0\x80\0\x04    ", 8, "");
	assert_serial("\0\x80\0\0", 4, "");
}

static void test_array_text_serial_of_a_broken_page(void **state)
{
	assert_serial("\0\x80\xff\xff"
		      "ab",
		      6, "ab"); /* says to be longer than it is */
	assert_serial("\0\x80\0", 3, "");
	assert_serial("", 0, "");
	assert_serial("\0\x83\0\x02"
		      "ab",
		      6, ""); /* another page */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_array_text_mask),
		cmocka_unit_test(test_array_text_escape_leaves_printable_text),
		cmocka_unit_test(test_array_text_escape_keeps_two_units_apart),
		cmocka_unit_test(test_array_text_escape_never_cuts),
		cmocka_unit_test(test_array_text_serial),
		cmocka_unit_test(test_array_text_serial_of_a_broken_page),
	};

	return cmocka_run_group_tests_name("array-text", tests, NULL, NULL);
}
