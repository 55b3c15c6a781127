// SPDX-License-Identifier: LGPL-2.1-or-later
/* On which hosts a section counts, and what a vHBA with a section for each host becomes here. */
#include "config-fixture.h"
#include "config/host-list.h"

#define ID	 "0123456789abcdef0123456789abcdef"
#define OTHER_ID "0123456789abcdef0123456789abcdee"

static const struct host_identity db1 = { .name = "db1.example.org", .machine_id = ID };

static void test_host_list_counts(void **state)
{
	const struct host_identity unknown = { 0 }, nameless = { .machine_id = ID };

	assert_true(host_list_counts(NULL, &db1));
	assert_true(host_list_counts("db1.example.org", &db1));
	assert_true(host_list_counts("db1", &db1));
	assert_true(host_list_counts("DB1.Example.ORG", &db1));
	assert_true(host_list_counts("web1 \t db1", &db1));
	assert_true(host_list_counts("db[12]", &db1));
	assert_true(host_list_counts("*.example.org", &db1));
	assert_true(host_list_counts(ID, &db1));
	assert_true(host_list_counts("0123456789ABCDEF0123456789abcdef", &db1));
	assert_false(host_list_counts("db", &db1));
	assert_false(host_list_counts("db11 db1.example web*", &db1));
	assert_false(host_list_counts("1123456789abcdef0123456789abcdef", &db1));
	assert_true(host_list_counts(ID, &nameless));
	assert_false(host_list_counts("*", &nameless));
	assert_true(host_list_counts("web1", &unknown));
}

static void test_host_list_fault(void **state)
{
	char longest[HOST_NAME_SIZE + 1];

	memset(longest, 'x', sizeof(longest) - 1);
	longest[HOST_NAME_SIZE] = '\0';
	assert_non_null(host_list_fault(longest));
	longest[HOST_NAME_SIZE - 1] = '\0';
	assert_null(host_list_fault(longest));
	assert_null(host_list_fault("db-[!a-c]? *.x_y"));
	assert_non_null(host_list_fault("db1,db2"));
	assert_non_null(host_list_fault("db1 d\xc3\xa4"));
}

static void test_host_lists_meet(void **state)
{
	assert_true(host_lists_meet(NULL, "db1"));
	assert_true(host_lists_meet("db1", NULL));
	assert_true(host_lists_meet("web1 db1", "db2 DB1"));
	assert_true(host_lists_meet("db*", "web1 db1"));
	assert_true(host_lists_meet("db1", "web1 db?"));
	assert_true(host_lists_meet("db*", "db*"));
	assert_false(host_lists_meet("db1", "db2"));
	assert_false(host_lists_meet("db*", "web1 web2"));
	assert_false(host_lists_meet("db*", "web*"));
}

static void test_host_list_is_many(void **state)
{
	assert_false(host_list_is_many(NULL, &db1));
	assert_false(host_list_is_many("db1", &db1));
	assert_false(host_list_is_many("db2", &db1));
	assert_false(host_list_is_many("db1 " ID, &db1));
	assert_false(host_list_is_many("db2 " OTHER_ID, &db1));
	assert_true(host_list_is_many("db1 " OTHER_ID, &db1));
	assert_true(host_list_is_many("db2 " ID, &db1));
	assert_true(host_list_is_many(ID " " OTHER_ID, &db1));
	assert_true(host_list_is_many("db1 db2", &db1));
	assert_true(host_list_is_many("db1 " ID " db2", &db1));
	assert_true(host_list_is_many("db2 db3", &db1));
	assert_true(host_list_is_many("db*", &db1));
}

/* --- sections -------------------------------------------------------------------------------- */

static void on_db1(struct fixture *fixture)
{
	fixture->config.host = db1;
}

static void test_config_one_section_a_host(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	load(fixture,
	     VHBA("web", "000b") "host = db2\n" VHBA("web", "000a") "host = db1\n" VHBA(
		     "web", "000c") "host = db3\n" VHBA("all", "0001")
		     VHBA("far",
			  "0002") "host = db2\n"
				  "[pool web]\nalias.0 = system\n[pool far]\nmode = 0600\n");
	assert_int_equal(fixture->config.n_vhbas, 2);
	assert_true(vhba(fixture, "web")->wwpn == UINT64_C(0x500143800000000a));
	assert_string_equal(vhba(fixture, "web")->hosts, "db1");
	assert_null(vhba(fixture, "all")->hosts);
	assert_null(config_find_vhba(&fixture->config, "far"));
	assert_null(config_fault(&fixture->config, "far"));
	assert_int_equal(fixture->config.n_elsewhere, 3);
	assert_string_equal(fixture->config.elsewhere[0].name, "far");
	assert_true(fixture->config.elsewhere[1].wwpn == UINT64_C(0x500143800000000b));
	assert_true(fixture->config.elsewhere[2].wwpn == UINT64_C(0x500143800000000c));
	assert_string_equal(config_find_elsewhere(&fixture->config, "far")->hosts, "db2");
	assert_null(config_find_elsewhere(&fixture->config, "all"));
}

static void test_config_two_sections_of_this_host(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	load(fixture,
	     VHBA("web", "000a") "host = db*\n" VHBA("web", "000b") "host = db2\n" VHBA(
		     "web", "000c") "host = db1\n");
	expect_message(fixture, "a.conf:9: error: vHBA 'web' is defined for this host "
				"already, at a.conf:1");
	assert_true(vhba(fixture, "web")->wwpn == UINT64_C(0x500143800000000a));
	assert_null(config_fault(&fixture->config, "web"));
	assert_int_equal(fixture->config.n_elsewhere, 1);
}

/* One that counts everywhere shares a host with each other. */
static void test_config_each_section_says_its_hosts(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	add(fixture, "a.conf", VHBA("web", "000a") VHBA("db", "000c") "host = db1\n");
	add(fixture, "b.conf",
	    VHBA("web", "000b") "host = db2\n" VHBA("db", "000d") "luns = x\n");
	finish(fixture);
	expect_message(fixture,
		       "b.conf:1: error: vHBA 'web' is defined already, at a.conf:1");
	expect_message(fixture,
		       "b.conf:5: error: vHBA 'db' is defined already, at a.conf:4");
	assert_int_equal(fixture->config.n_vhbas, 2);
	assert_int_equal(fixture->config.n_elsewhere, 0);
}

/* What cannot be read may have meant this host. */
static void test_config_bad_hosts_count_here(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	load(fixture, VHBA("web", "000a") "host = db1;db2\n");
	expect_message(fixture,
		       "a.conf:4: error: host: 'db1;db2' is not a list of host names, "
		       "globs and machine-ids, with blanks between them");
	assert_non_null(config_fault(&fixture->config, "web"));
}

static void test_config_mistake_for_another_host(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	load(fixture, VHBA("web", "000a") "luns = x\nhost = db2\n" VHBA(
			      "web", "000b") "host = db1\n");
	expect_message(fixture,
		       "a.conf:4: error: luns: 'x' is not a list of LUNs such as 0-3,7");
	assert_null(config_fault(&fixture->config, "web"));
	assert_true(vhba(fixture, "web")->wwpn == UINT64_C(0x500143800000000b));
	assert_int_equal(fixture->config.n_elsewhere, 0);
}

static void test_config_wwpn_of_another_host_is_no_duplicate(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	load(fixture,
	     VHBA("web", "000a") "host = db2\n" VHBA("db", "000a") "host = db1\n" VHBA(
		     "x", "000a") "host = db1\n");
	expect_message(
		fixture,
		"a.conf:10: error: wwpn: 0x500143800000000a is already used by vHBA 'db', at a.conf:6");
	assert_non_null(vhba(fixture, "db"));
}

/* All drop-ins of a file change the same section, even if one of them changes its hosts. */
static void test_config_dropin_changes_the_section_of_this_host(void **state)
{
	struct fixture *fixture = *state;

	on_db1(fixture);
	add(fixture, "a.conf",
	    VHBA("web", "000b") "host = db2\n" VHBA("web", "000a") "host = db1\n" VHBA(
		    "far", "000c") "host = db2\n");
	add_dropin(fixture, "a.conf.d/1.conf",
		   "[vhba web]\ntimeout = 5\n[vhba far]\ntimeout = 6\n");
	add_dropin(fixture, "a.conf.d/2.conf", "[vhba web]\nhost = db1 db3\nluns = 7\n");
	add_dropin(fixture, "a.conf.d/3.conf", "[vhba web]\nmin_luns = 1\n");
	finish(fixture);
	assert_true(vhba(fixture, "web")->timeout_usec == 5 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "web")->min_luns, 1);
	assert_int_equal(vhba(fixture, "web")->luns.n_ranges, 1);
	assert_true(fixture->config.elsewhere[0].timeout_usec == 6 * USEC_PER_SEC);
	assert_true(fixture->config.elsewhere[1].timeout_usec == 60 * USEC_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host_list_counts),
		cmocka_unit_test(test_host_list_fault),
		cmocka_unit_test(test_host_lists_meet),
		cmocka_unit_test(test_host_list_is_many),
		fixture_test(test_config_one_section_a_host),
		fixture_test(test_config_two_sections_of_this_host),
		fixture_test(test_config_each_section_says_its_hosts),
		fixture_test(test_config_bad_hosts_count_here),
		fixture_test(test_config_mistake_for_another_host),
		fixture_test(test_config_wwpn_of_another_host_is_no_duplicate),
		fixture_test(test_config_dropin_changes_the_section_of_this_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
