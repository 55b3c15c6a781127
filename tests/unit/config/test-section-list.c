// SPDX-License-Identifier: LGPL-2.1-or-later
/* No section of a file goes unseen, however badly it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/section-list.h"

static void expect(const char *text, size_t size, const char *expected)
{
	struct section_list list;
	char *found, *copy = malloc(size ? size : 1);
	size_t n;
	FILE *out = open_memstream(&found, &n);

	assert_non_null(copy);
	assert_non_null(out);
	memcpy(copy, text, size); /* of just that size: a sanitizer sees a read beyond */
	assert_int_equal(section_list_read(copy, size, &list), 0);
	for (size_t i = 0; i < list.n; i++)
		fprintf(out, "%u:%s;", list.sections[i].line, list.sections[i].text);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(found, expected);
	free(found);
	free(copy);
	section_list_done(&list);
}

#define EXPECT(text, expected) expect(text, sizeof(text) - 1, expected)

static void test_section_list_read_as_usual(void **state)
{
	EXPECT("", "");
	EXPECT("# nothing\nwwpn=1\n", "");
	EXPECT("# web\n[vhba web01]\nwwpn=1\n\n[pool web01]\n",
	       "2:vhba web01;5:pool web01;");
	EXPECT("[defaults]", "1:defaults;");
}

static void test_section_list_read_bad_form(void **state)
{
	EXPECT("  [ vhba \t web01 ] ; comment\r\n[vhba web02\n",
	       "1:vhba web01;2:vhba web02;");
	EXPECT("[vhba a] [vhba b]\n[]\n[\n", "1:vhba a;2:;3:;");
	EXPECT("\xef\xbb\xbf[vhba a]\n", "1:vhba a;");
}

static void test_section_list_read_no_section(void **state)
{
	EXPECT("#[vhba a]\n;[vhba b]\nalias.0 = [x]\n", "");
}

/* A file that the reader refuses as a whole is one that a person may still have work in. */
static void test_section_list_read_nul_bytes(void **state)
{
	EXPECT("\0[vhba a]\n[vhba b]\n", "2:vhba b;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_section_list_read_as_usual),
		cmocka_unit_test(test_section_list_read_bad_form),
		cmocka_unit_test(test_section_list_read_no_section),
		cmocka_unit_test(test_section_list_read_nul_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
