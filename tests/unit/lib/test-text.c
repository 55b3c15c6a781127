// SPDX-License-Identifier: LGPL-2.1-or-later
/* Characters of UTF-8, and which of them are masked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/text.h"

static void check_mask(const char *text, const char *expected)
{
	_cleanup_free_ char *masked = strdup(text);

	assert_non_null(masked);
	mask_control_characters(masked);
	assert_string_equal(masked, expected);
	assert_false(text_has_control(masked));
}

static void test_text_decode_every_character(void **state)
{
	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		char text[5] = "";
		uint32_t found = 0;
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

		if (n == 1)
			text[0] = (char)c;
		else
			text[0] = (char)((0xf00U >> n & 0xff) | c >> 6 * (n - 1));
		for (size_t i = 1; i < n; i++)
			text[i] = (char)(0x80 | (c >> 6 * (n - 1 - i) & 0x3f));
		if (c >= 0xd800 && c <= 0xdfff) {
			assert_int_equal(text_decode(text, &found), 0);
			continue;
		}
		assert_int_equal(text_decode(text, &found), n);
		assert_int_equal(found, c);
	}
}

static void test_text_decode_refuses(void **state)
{
	static const char *const wrong[] = {
		"\x80",
		"\xc3",
		"\xc3(",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xe0\x80\xaf",
		"\xed\xa0\x80",
		"\xf0\x80\x80\x80",
		"\xf4\x90\x80\x80",
		"\xf5",
		"\xff",
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		uint32_t c;

		assert_int_equal(text_decode(wrong[i], &c), 0);
	}
}

static void test_text_is_control_is_c0_c1_and_directions(void **state)
{
	size_t n = 0;

	for (uint32_t c = 0; c <= 0x10ffff; c++)
		n += text_is_control(c);
	assert_int_equal(n, 0x20 + 1 + 0x20 + 1 + 2 + 7 + 4);
	assert_true(text_is_control(0x1b));
	assert_true(text_is_control(0x9b));
	assert_true(text_is_control(0x202e));
	assert_true(text_is_control(0x2067));
	assert_false(text_is_control(0xa0));
	assert_false(text_is_control(0x200d)); /* joins what is one sign */
}

static void test_mask_control_characters(void **state)
{
	check_mask("", "");
	check_mask("plain ~", "plain ~");
	check_mask("a\nb\x1b[31m\x7f", "a?b?[31m?");
	check_mask("gr\xc3\xbcn \xf0\x9f\x92\xbe \xd7\x90",
		   "gr\xc3\xbcn \xf0\x9f\x92\xbe \xd7\x90");
	check_mask("a\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "a???\xc2\xa0");
	check_mask("x\xe2\x80\xaey\xe2\x81\xa9z\xd8\x9c\xe2\x80\xa8", "x?y?z??");
	check_mask("\x9b\xff"
		   "a\xc3",
		   "??a?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_decode_every_character),
		cmocka_unit_test(test_text_decode_refuses),
		cmocka_unit_test(test_text_is_control_is_c0_c1_and_directions),
		cmocka_unit_test(test_mask_control_characters),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
