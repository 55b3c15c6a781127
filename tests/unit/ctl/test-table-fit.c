// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which columns a narrow terminal shows, and what is left of their cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ctl/table-fit.h"

/* Fits columns into room, and prints their widths; "-" is a column that is left out. */
static void assert_fit(const struct fit_column *columns, size_t n, size_t room,
		       const char *wanted)
{
	struct fit_column fitted[8];
	char text[64] = "";
	size_t length = 0;

	memcpy(fitted, columns, n * sizeof(*columns));
	table_fit(fitted, n, room);
	for (size_t i = 0; i < n; i++)
		length += fitted[i].is_out ?
				  (size_t)sprintf(text + length, "- ") :
				  (size_t)sprintf(text + length, "%zu ", fitted[i].width);
	assert_string_equal(text, wanted);
}

static const struct fit_column columns[] = {
	{ .width = 20, .least = 8 },
	{ .width = 10, .order = 2 },
	{ .width = 36, .least = 12, .order = 1 },
	{ .width = 10 },
};

static void test_table_fit_changes_nothing_that_fits(void **state)
{
	assert_fit(columns, 4, 79, "20 10 36 10 ");
	assert_fit(columns, 0, 10, "");
}

static void test_table_fit_shortens_before_it_leaves_out(void **state)
{
	assert_fit(columns, 4, 78, "20 10 35 10 ");
	assert_fit(columns, 4, 55, "20 10 12 10 ");
	assert_fit(columns, 4, 54, "19 10 12 10 ");
	assert_fit(columns, 4, 43, "8 10 12 10 ");
}

static void test_table_fit_leaves_out_as_few_as_possible(void **state)
{
	assert_fit(columns, 4, 42, "20 10 - 10 ");
	assert_fit(columns, 4, 30, "8 10 - 10 ");
	assert_fit(columns, 4, 29, "18 - - 10 ");
	assert_fit(columns, 4, 19, "8 - - 10 ");
	assert_fit(columns, 4, 1, "8 - - 10 ");
}

static void assert_shortened(const char *text, size_t width, bool is_utf8,
			     const char *wanted)
{
	char *shortened = table_shorten(text, width, is_utf8);

	assert_string_equal(shortened, wanted);
	free(shortened);
}

static void test_table_shorten(void **state)
{
	assert_shortened("naa.6001405", 11, true, "naa.6001405");
	assert_shortened("naa.6001405", 10, true, "naa.60014…");
	assert_shortened("naa.6001405", 10, false, "naa.600...");
	assert_shortened("grün und blau", 4, true, "grü…");
	assert_shortened("naa.6001405", 2, false, "na");
	assert_shortened("", 0, true, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_fit_changes_nothing_that_fits),
		cmocka_unit_test(test_table_fit_shortens_before_it_leaves_out),
		cmocka_unit_test(test_table_fit_leaves_out_as_few_as_possible),
		cmocka_unit_test(test_table_shorten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
