// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is wrong only when keys or vHBAs are seen beside each other. */
#include "config-fixture.h"

static void test_config_check_wwpn_twice_names_the_first(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", VHBA("web01", "0001"));
	add(fixture, "b.conf", VHBA("web02", "0002") VHBA("web03", "0001"));
	add(fixture, "c.conf",
	    "[vhba web04]\ntype = hba\nwwpn = 50:01:43:80:00:00:00:01\n");
	finish(fixture);
	expect_message(
		fixture,
		"b.conf:5: error: wwpn: 0x5001438000000001 is already used by vHBA 'web01', at a.conf:2");
	expect_message(
		fixture,
		"c.conf:3: error: wwpn: 0x5001438000000001 is already used by vHBA 'web01', at a.conf:2");
	assert_int_equal(fixture->config.n_vhbas, 2);
	assert_int_equal(fixture->config.n_bad_vhbas, 2);
}

/* Which of two may have a WWPN does not depend on a typo elsewhere in the first. */
static void test_config_check_wwpn_of_a_bad_vhba_is_taken(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "luns = x\n" VHBA("web02", "0001"));
	expect_message(fixture,
		       "a.conf:4: error: luns: 'x' is not a list of LUNs such as 0-3,7");
	expect_message(
		fixture,
		"a.conf:6: error: wwpn: 0x5001438000000001 is already used by vHBA 'web01', at a.conf:2");
	assert_int_equal(fixture->config.n_vhbas, 0);
}

static void test_config_check_wwnn_may_be_shared(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") VHBA(
		     "web02",
		     "0002") "[vhba web03]\nwwpn = 5001438000000003\nwwnn = 5001438000000003\n");
	assert_int_equal(fixture->config.n_vhbas, 3);
}

static void test_config_check_vport_needs_its_names(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba a]\nluns = 0\n[vhba b]\nwwpn = 5001438000000001\n[vhba c]\n"
		      "wwnn = 5001438000000001\n");
	expect_message(fixture, "a.conf:1: error: vHBA 'a' needs a wwpn and a wwnn");
	expect_message(fixture, "a.conf:3: error: vHBA 'b' needs a wwnn");
	expect_message(fixture, "a.conf:5: error: vHBA 'c' needs a wwpn");
}

/* A line that could not be read may have said it. */
static void test_config_check_is_silent_on_what_a_bad_line_may_have_said(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba a]\nwwpn = 12\nwwnn = 5001438000000001\n");
	expect_message(fixture,
		       "a.conf:2: error: wwpn: '12' is not a WWN; give 16 hex digits");
}

static void test_config_check_hba_needs_a_port(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba a]\ntype = hba\nwwnn = 5001438000000001\n"
		      "[vhba b]\ntype = hba\nparent_wwnn = 5001438000000001\n"
		      "[vhba c]\ntype = hba\nparent_fabric_wwn = 5001438000000001\n"
		      "[vhba d]\ntype = hba\nparent = 04:00.0\n"
		      "[vhba e]\ntype = hba\nwwpn = 5001438000000001\n");
	expect_message(
		fixture,
		"a.conf:1: error: vHBA 'a' names no port; type=hba needs wwpn or a parent key");
	assert_int_equal(fixture->config.n_vhbas, 4);
}

static void test_config_check_hba_with_keys_of_vports(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     "[defaults]\non_stop = keep\n[vhba a]\ntype = hba\nwwpn = 5001438000000001\n"
	     "symbolic_name = x\non_busy = force\n");
	expect_message(
		fixture,
		"a.conf:7: warning: on_busy: cannot be combined with type=hba, ignoring it");
	expect_message(
		fixture,
		"a.conf:6: warning: symbolic_name: cannot be combined with type=hba, ignoring it");
	assert_non_null(vhba(fixture, "a"));
}

static void test_config_check_parents(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("v1", "0001") "parent_wwpn = 5001438000000001\n" VHBA("v2", "0002") "parent_wwpn = 5001438000000001\n" VHBA(
		     "v3", "0003") "parent_wwpn = 5001438000000009\n"
				   "[vhba port]\ntype = hba\nwwpn = 5001438000000009\n");
	expect_message(
		fixture,
		"a.conf:2: error: wwpn: the parent has this WWPN; give the vHBA one of its own");
	expect_message(
		fixture,
		"a.conf:8: error: parent_wwpn: 0x5001438000000001 is the vHBA 'v1' "
		"(a.conf:1); a parent is a physical HBA");
	assert_non_null(vhba(fixture, "v3"));
	assert_non_null(vhba(fixture, "port"));
}

static void test_config_check_min_luns_beside_luns(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("a", "0001") "luns = 0-2\nmin_luns = 4\n" VHBA(
		     "b",
		     "0002") "luns = 0-2\nmin_luns = 3\n" VHBA("c",
							       "0003") "min_luns = 4\n");
	expect_message(fixture,
		       "a.conf:5: error: min_luns: 4 is more than the 3 LUNs of luns");
	assert_int_equal(fixture->config.n_vhbas, 2);
}

static void test_config_check_settle_within_timeout(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf",
	    "[defaults]\nsettle = 10s\n" VHBA("a", "0001") "timeout = 10s\n" VHBA(
		    "b",
		    "0002") "timeout = 10001ms\n" VHBA("c",
						       "0003") "settle = 1h\n" VHBA("d",
										    "0004") "settle = 1h\nluns = 0\n");
	finish(fixture);
	expect_message(
		fixture,
		"a.conf:6: error: settle (10s) is not less than timeout (10s): a start would always time out");
	expect_message(
		fixture,
		"a.conf:14: error: settle (1h) is not less than timeout (1min): a start would always time out");
	assert_non_null(vhba(fixture, "b"));
	assert_non_null(vhba(fixture, "d")); /* luns are waited for, not silence */
}

static void test_config_check_link_loss(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("a", "0001") "fast_io_fail_tmo = 30\ndev_loss_tmo = 30\n" VHBA("b", "0002") "dev_loss_tmo = 601\n" VHBA("c", "0003") "dev_loss_tmo = 601\nfast_io_fail_tmo = off\n" VHBA(
		     "d",
		     "0004") "dev_loss_tmo = 601\nfast_io_fail_tmo = 600\n" VHBA("e",
										 "0005") "fast_io_fail_tmo = 600\n");
	expect_message(
		fixture,
		"a.conf:4: error: fast_io_fail_tmo: 30 is not less than dev_loss_tmo "
		"(30)");
	expect_message(
		fixture,
		"a.conf:9: error: dev_loss_tmo: more than 600 seconds need fast_io_fail_tmo, too");
	expect_message(
		fixture,
		"a.conf:13: error: dev_loss_tmo: more than 600 seconds need fast_io_fail_tmo, too");
	assert_int_equal(fixture->config.n_vhbas, 2);
}

static void test_config_check_pool_that_nobody_has(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("a", "0001") "pool = web\n" VHBA(
		     "b", "0002") "luns = x\n"
				  "[pool wbe]\n[pool web]\n[pool a]\n[pool b]\n");
	expect_message(fixture,
		       "a.conf:8: error: luns: 'x' is not a list of LUNs such as 0-3,7");
	expect_message(fixture, "a.conf:9: warning: no vHBA has the pool 'wbe'");
	expect_message(fixture, "a.conf:11: warning: no vHBA has the pool 'a'");
	/* 'b' has one, if a bad one: that its file is mended is no news for the pool. */
	assert_int_equal(fixture->config.n_pools, 4);
}

static void test_config_check_aliases_of_one_name(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("a", "0001") VHBA(
		     "b", "0002") "[pool a]\nalias.0 = x\nalias.1 = y\n"
				  "alias.2 = x\nalias.3 = x\n[pool b]\nalias.0 = x\n");
	expect_message(
		fixture,
		"a.conf:10: error: alias 'x' is already the name of another LUN, at a.conf:8");
	expect_message(
		fixture,
		"a.conf:11: error: alias 'x' is already the name of another LUN, at a.conf:10");
	assert_null(config_find_pool(&fixture->config, "a"));
	assert_non_null(pool(fixture, "b")); /* another folder */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_check_wwpn_twice_names_the_first),
		fixture_test(test_config_check_wwpn_of_a_bad_vhba_is_taken),
		fixture_test(test_config_check_wwnn_may_be_shared),
		fixture_test(test_config_check_vport_needs_its_names),
		fixture_test(
			test_config_check_is_silent_on_what_a_bad_line_may_have_said),
		fixture_test(test_config_check_hba_needs_a_port),
		fixture_test(test_config_check_hba_with_keys_of_vports),
		fixture_test(test_config_check_parents),
		fixture_test(test_config_check_min_luns_beside_luns),
		fixture_test(test_config_check_settle_within_timeout),
		fixture_test(test_config_check_link_loss),
		fixture_test(test_config_check_pool_that_nobody_has),
		fixture_test(test_config_check_aliases_of_one_name),
	};

	return cmocka_run_group_tests_name("config-check", tests, NULL, NULL);
}
