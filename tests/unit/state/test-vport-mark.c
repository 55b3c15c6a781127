// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the marks of vports, in a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "state/vport-mark.h"
#include "run-fixture.h"

/* Where a mark leads to; "" where there is none. */
static const char *mark_of(const char *run, const char *sysname)
{
	static char target[128];
	char path[128];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%s/vport/%s", run, sysname);
	n = readlink(path, target, sizeof(target) - 1);
	target[n < 0 ? 0 : n] = '\0';
	return target;
}

static void test_vport_mark_leads_to_the_state(void **state)
{
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-0"), 0);
	assert_string_equal(mark_of(*state, "vport-7:0-0"), "../vhba/web01");
	assert_string_equal(mark_of(*state, "vport-7:0-1"), "");
	assert_true(vport_is_marked(*state, "web01", "vport-7:0-0"));
	assert_false(vport_is_marked(*state, "web01", "vport-7:0-1"));
	assert_false(vport_is_marked(*state, "web02", "vport-7:0-0"));
}

static void test_vport_mark_twice_is_fine(void **state)
{
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-0"), 0);
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-0"), 0);
	assert_string_equal(mark_of(*state, "vport-7:0-0"), "../vhba/web01");
}

static void test_vport_mark_of_another_vhba_counts_no_more(void **state)
{
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-0"), 0);
	assert_int_equal(vport_mark(*state, "web02", "vport-7:0-0"), 0);
	assert_string_equal(mark_of(*state, "vport-7:0-0"), "../vhba/web02");
}

static void test_vport_unmark_takes_all_of_one_vhba(void **state)
{
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-0"), 0);
	assert_int_equal(vport_mark(*state, "web01", "vport-7:0-4"), 0);
	assert_int_equal(vport_mark(*state, "web011", "vport-7:0-5"), 0);
	assert_int_equal(vport_unmark(*state, "web01"), 0);
	assert_string_equal(mark_of(*state, "vport-7:0-0"), "");
	assert_string_equal(mark_of(*state, "vport-7:0-4"), "");
	assert_string_equal(mark_of(*state, "vport-7:0-5"), "../vhba/web011");
}

static void test_vport_unmark_of_what_is_not_marked(void **state)
{
	assert_int_equal(vport_unmark(*state, "web01"), 0);
	assert_int_equal(vport_unmark("/nonexistent/npiv", "web01"), 0);
}

static void test_vport_mark_without_its_folder_fails(void **state)
{
	assert_int_equal(vport_mark("/nonexistent/npiv", "web01", "vport-7:0-0"),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_vport_mark_leads_to_the_state,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(test_vport_mark_twice_is_fine, run_setup,
						run_teardown),
		cmocka_unit_test_setup_teardown(
			test_vport_mark_of_another_vhba_counts_no_more, run_setup,
			run_teardown),
		cmocka_unit_test_setup_teardown(test_vport_unmark_takes_all_of_one_vhba,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(test_vport_unmark_of_what_is_not_marked,
						run_setup, run_teardown),
		cmocka_unit_test(test_vport_mark_without_its_folder_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
