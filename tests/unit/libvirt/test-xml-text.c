// SPDX-License-Identifier: LGPL-2.1-or-later
/* Text that may stand in an XML document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/xml-text.h"

static void check(char *(*clean)(const char *), const char *text, const char *expected)
{
	_cleanup_free_ char *result = clean(text);

	assert_non_null(result);
	assert_string_equal(result, expected);
}

static void test_xml_text_clean_keeps_what_is_text(void **state)
{
	check(xml_text_clean, "", "");
	check(xml_text_clean, "a<b>&'\"--\t\n", "a<b>&'\"--\t\n");
	check(xml_text_clean,
	      "Gr\xc3\xb6\xc3\x9f"
	      "e \xe2\x82\xac \xf0\x9f\x98\x80",
	      "Gr\xc3\xb6\xc3\x9f"
	      "e \xe2\x82\xac \xf0\x9f\x98\x80");
}

static void test_xml_text_clean_replaces_control_characters(void **state)
{
	check(xml_text_clean, "a\x01\x1b[31m\x7f\r", "a??[31m\x7f?");
}

static void test_xml_text_clean_replaces_broken_utf8(void **state)
{
	check(xml_text_clean, "\xff\xfe", "??");
	check(xml_text_clean, "\xc3", "?"); /* cut off */
	check(xml_text_clean, "\xc3(", "?(");
	check(xml_text_clean, "\xc0\xaf", "??"); /* overlong "/" */
	check(xml_text_clean, "\xe0\x80\xaf", "???");
	check(xml_text_clean, "\xed\xa0\x80", "???"); /* a surrogate */
	check(xml_text_clean, "\xef\xbf\xbf", "???"); /* U+FFFF, no character */
	check(xml_text_clean, "\xf4\x90\x80\x80", "????"); /* above U+10FFFF */
}

static void test_xml_comment_clean_ends_no_comment(void **state)
{
	check(xml_comment_clean, "a-b", "a-b");
	check(xml_comment_clean, "a-->b", "a- ->b");
	check(xml_comment_clean, "----", "- - - - ");
	check(xml_comment_clean, "t10.X-", "t10.X- ");
	check(xml_comment_clean, "\x02--\xff", "?- -?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xml_text_clean_keeps_what_is_text),
		cmocka_unit_test(test_xml_text_clean_replaces_control_characters),
		cmocka_unit_test(test_xml_text_clean_replaces_broken_utf8),
		cmocka_unit_test(test_xml_comment_clean_ends_no_comment),
	};

	return cmocka_run_group_tests_name("xml-text", tests, NULL, NULL);
}
