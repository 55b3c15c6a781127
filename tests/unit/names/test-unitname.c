// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names of units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/unitname.h"

/* Compares and frees. */
static void check_text(char *text, const char *expected)
{
	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
}

static void test_unit_name_vport_keeps_the_instance_as_it_is(void **state)
{
	check_text(unit_name_vport("db-prod.1"), "npiv-vport@db-prod.1.service");
	check_text(unit_name_teardown("db-prod.1"), "npiv-teardown@db-prod.1.service");
	check_text(unit_name_recover("db-prod.1"), "npiv-recover@db-prod.1.service");
	check_text(unit_name_pool("db-prod"), "npiv-pool@db-prod.target");
}

static void test_unit_name_of_the_longest_name_fits(void **state)
{
	char name[NPIV_NAME_MAX + 1], *unit;

	memset(name, 'x', NPIV_NAME_MAX);
	name[NPIV_NAME_MAX] = '\0';
	unit = unit_name_vport(name);
	assert_non_null(unit);
	assert_true(strlen(unit) <= UNIT_NAME_MAX);
	free(unit);
}

static void test_unit_escape_specifiers(void **state)
{
	check_text(unit_escape_specifiers(""), "");
	check_text(unit_escape_specifiers("/etc/a.conf"), "/etc/a.conf");
	check_text(unit_escape_specifiers("100% %i%%"), "100%% %%i%%%%");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unit_name_vport_keeps_the_instance_as_it_is),
		cmocka_unit_test(test_unit_name_of_the_longest_name_fits),
		cmocka_unit_test(test_unit_escape_specifiers),
	};

	return cmocka_run_group_tests_name("unitname", tests, NULL, NULL);
}
