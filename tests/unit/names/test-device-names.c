// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a device has claimed, as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/registry.h"

static void test_device_names_parse_reads_what_is_printed(void **state)
{
	static const char text[] = "web/0\nweb/system\n"
				   "web/by-target/0x500a098100000001-lun-0\n";
	struct device_names entry;
	char *again;
	size_t size;
	FILE *out;

	assert_int_equal(device_names_parse(text, strlen(text), &entry), 0);
	assert_int_equal(entry.n_links, 3);
	assert_string_equal(entry.links[1], "web/system");
	out = open_memstream(&again, &size);
	assert_non_null(out);
	device_names_print(&entry, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(again, text);
	free(again);
	device_names_done(&entry);
}

static void test_device_names_parse_of_nothing(void **state)
{
	struct device_names entry;

	assert_int_equal(device_names_parse("", 0, &entry), 0);
	assert_int_equal(entry.n_links, 0);
}

static void test_device_names_parse_refuses(void **state)
{
	static const char *const bad[] = {
		"web/0", /* cut off */
		"\n",
		"web\n",
		"/web/0\n",
		"web/../x\n",
		"web//0\n",
		"web/0/\n",
		"a/b/c/d\n",
		"web/a b\n",
		"web/0\n\nweb/1\n",
		"web/x123456789x123456789x123456789x123456789x123456789x123456789x1234\n",
	};
	struct device_names entry;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(device_names_parse(bad[i], strlen(bad[i]), &entry),
				 -EBADMSG);
	assert_int_equal(device_names_parse("web/0\0\n", 7, &entry), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_device_names_parse_reads_what_is_printed),
		cmocka_unit_test(test_device_names_parse_of_nothing),
		cmocka_unit_test(test_device_names_parse_refuses),
	};

	return cmocka_run_group_tests_name("registry-entry", tests, NULL, NULL);
}
