// SPDX-License-Identifier: LGPL-2.1-or-later
/* The finished configuration: what is in it, in which order, and how files lie over each other. */
#include "config-fixture.h"

static void test_config_finish_of_nothing(void **state)
{
	struct fixture *fixture = *state;

	finish(fixture);
	assert_int_equal(fixture->config.n_vhbas, 0);
	assert_null(config_find_vhba(&fixture->config, "web01"));
	assert_null(config_find_pool(&fixture->config, "web01"));
	assert_null(config_fault(&fixture->config, "web01"));
}

static void test_config_finish_built_in_values(void **state)
{
	struct fixture *fixture = *state;
	const struct vhba_config *v;

	load(fixture, VHBA("web01", "0001"));
	v = vhba(fixture, "web01");
	assert_string_equal(v->name, "web01");
	assert_string_equal(v->pool, "web01");
	assert_string_equal(v->file, "a.conf");
	assert_int_equal(v->line, 1);
	assert_int_equal(v->type, VHBA_VPORT);
	assert_true(v->wwpn == UINT64_C(0x5001438000000001));
	assert_true(v->wwnn == UINT64_C(0x5001438000000000));
	assert_true(v->autostart);
	assert_true(v->timeout_usec == 60 * USEC_PER_SEC);
	assert_true(v->settle_usec == 2 * USEC_PER_SEC);
	assert_int_equal(v->on_stop, ON_STOP_DELETE);
	assert_int_equal(v->on_busy, ON_BUSY_REFUSE);
	assert_int_equal(v->luns.n_ranges, 0);
	assert_int_equal(v->min_luns, 0);
	assert_int_equal(v->dev_loss_tmo, TMO_UNSET);
	assert_int_equal(v->fast_io_fail_tmo, TMO_UNSET);
	assert_null(v->hosts);
	assert_null(v->symbolic_name);
	assert_null(v->parent.pci_address);
	assert_int_equal(v->parent.host, -1);
	assert_true(v->parent.wwpn == 0 && v->parent.wwnn == 0 &&
		    v->parent.fabric_wwn == 0);
	assert_null(config_find_pool(&fixture->config, "web01"));
}

static void test_config_finish_sorts_by_name(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "1.conf", VHBA("c", "0001") VHBA("a", "0002"));
	add(fixture, "2.conf",
	    VHBA("b", "0003") "pool = B\n[pool c]\n[pool B]\n[pool a]\n");
	finish(fixture);
	assert_int_equal(fixture->config.n_vhbas, 3);
	assert_string_equal(fixture->config.vhbas[0].name, "a");
	assert_string_equal(fixture->config.vhbas[1].name, "b");
	assert_string_equal(fixture->config.vhbas[2].name, "c");
	assert_string_equal(fixture->config.pools[0].name, "B");
	assert_string_equal(vhba(fixture, "b")->file, "2.conf");
	assert_string_equal(pool(fixture, "c")->name, "c");
}

static void test_config_finish_defaults_reach_all_that_do_not_differ(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "1.conf", VHBA("early", "0001"));
	add(fixture, "2.conf",
	    "[defaults]\ntimeout = 5min\nsettle = 7\non_stop = keep\non_busy = force\nautostart = no\n");
	add(fixture, "3.conf",
	    VHBA("late", "0002") "timeout = 9\non_stop = delete\nautostart = yes\n");
	finish(fixture);
	assert_true(vhba(fixture, "early")->timeout_usec == 300 * USEC_PER_SEC);
	assert_true(vhba(fixture, "early")->settle_usec == 7 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "early")->on_stop, ON_STOP_KEEP);
	assert_int_equal(vhba(fixture, "early")->on_busy, ON_BUSY_FORCE);
	assert_false(vhba(fixture, "early")->autostart);
	assert_true(vhba(fixture, "late")->timeout_usec == 9 * USEC_PER_SEC);
	assert_true(vhba(fixture, "late")->settle_usec == 7 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "late")->on_stop, ON_STOP_DELETE);
	assert_true(vhba(fixture, "late")->autostart);
}

static void test_config_finish_later_defaults_win_key_by_key(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "1.conf", "[defaults]\ntimeout = 5\non_stop = keep\n");
	add(fixture, "2.conf", "[defaults]\ntimeout = 6\n");
	add(fixture, "3.conf", VHBA("web01", "0001"));
	finish(fixture);
	assert_true(vhba(fixture, "web01")->timeout_usec == 6 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "web01")->on_stop, ON_STOP_KEEP);
}

static void test_config_finish_bad_default_costs_its_line_alone(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     "[defaults]\non_stop = keep\ntimeout = soon\nwwpn = 5001438000000009\n" VHBA(
		     "web01", "0001"));
	expect_message(
		fixture,
		"a.conf:3: error: timeout: 'soon' is not a time such as 90s or 2min");
	expect_message(fixture,
		       "a.conf:4: warning: 'wwpn' is a key of [vhba NAME], ignoring it");
	assert_int_equal(vhba(fixture, "web01")->on_stop, ON_STOP_KEEP);
	assert_true(vhba(fixture, "web01")->timeout_usec == 60 * USEC_PER_SEC);
}

static void test_config_finish_bad_vhbas_are_known(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba z]\nwwpn = 1\n" VHBA("good", "0001") "[vhba b]\nwwpn = 2\n");
	expect_message(fixture,
		       "a.conf:2: error: wwpn: '1' is not a WWN; give 16 hex digits");
	expect_message(fixture,
		       "a.conf:7: error: wwpn: '2' is not a WWN; give 16 hex digits");
	assert_non_null(config_fault(&fixture->config, "b"));
	assert_non_null(config_fault(&fixture->config, "z"));
	assert_null(config_fault(&fixture->config, "good"));
	assert_null(config_fault(&fixture->config, "never-heard-of"));
	assert_null(config_find_vhba(&fixture->config, "b"));
	assert_int_equal(fixture->config.n_vhbas, 1);
}

static void test_config_add_dropin_changes_its_file(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf",
	    VHBA("web01",
		 "0001") "luns = 0-3\nparent = 04:00.1\n"
			 "[pool web01]\nalias.0 = a\nalias.1 = b\nowner = root\n");
	add_dropin(fixture, "a.conf.d/1.conf",
		   "[vhba web01]\nluns = 7\nparent = host3\n" VHBA(
			   "web02",
			   "0002") "[pool web01]\nalias.0 = b\nalias.1 = a\nowner = 5\n");
	add_dropin(fixture, "a.conf.d/2.conf",
		   "[vhba web02]\ntimeout = 5\n[vhba web01]\nluns = 8\n"
		   "wwpn =  5001438000000003\n");
	finish(fixture);
	expect_message(
		fixture,
		"a.conf.d/1.conf:3: warning: parent: host numbers change from boot to boot; parent_wwpn names the HBA for good");
	assert_true(lun_set_contains(&vhba(fixture, "web01")->luns, 8));
	assert_true(lun_set_size(&vhba(fixture, "web01")->luns) == 1);
	assert_int_equal(vhba(fixture, "web01")->parent.host, 3);
	assert_null(vhba(fixture, "web01")->parent.pci_address);
	assert_string_equal(vhba(fixture, "web01")->file, "a.conf");
	assert_string_equal(vhba(fixture, "web02")->file, "a.conf.d/1.conf");
	assert_true(vhba(fixture, "web01")->wwpn == 0x5001438000000003);
	assert_string_equal(vhba(fixture, "web01")->wwpn_at.file, "a.conf.d/2.conf");
	assert_int_equal(vhba(fixture, "web01")->wwpn_at.line, 5);
	assert_int_equal(vhba(fixture, "web01")->wwpn_at.column, 9);
	assert_true(vhba(fixture, "web02")->timeout_usec == 5 * USEC_PER_SEC);
	assert_int_equal(pool(fixture, "web01")->n_aliases, 2);
	assert_string_equal(pool(fixture, "web01")->aliases[0].name, "b");
	assert_string_equal(pool(fixture, "web01")->aliases[1].name, "a");
	assert_string_equal(pool(fixture, "web01")->owner, "5");
}

static void test_config_add_dropin_may_not_reach_another_file(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", VHBA("web01", "0001"));
	add(fixture, "b.conf", VHBA("web02", "0002"));
	add_dropin(fixture, "b.conf.d/1.conf", "[vhba web01]\ntimeout = 5\n");
	finish(fixture);
	expect_message(
		fixture,
		"b.conf.d/1.conf:1: error: vHBA 'web01' is defined already, at a.conf:1");
	assert_true(vhba(fixture, "web01")->timeout_usec == 60 * USEC_PER_SEC);
	assert_non_null(vhba(fixture, "web02"));
}

static void test_config_add_dropin_mistake_costs_what_it_changes(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", VHBA("web01", "0001") VHBA("web02", "0002"));
	add_dropin(fixture, "a.conf.d/1.conf", "[vhba web01]\nluns = x\n");
	finish(fixture);
	expect_message(
		fixture,
		"a.conf.d/1.conf:2: error: luns: 'x' is not a list of LUNs such as 0-3,7");
	assert_non_null(config_fault(&fixture->config, "web01"));
	assert_non_null(vhba(fixture, "web02"));
}

static void test_config_add_same_name_in_two_files(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", VHBA("web01", "0001"));
	add(fixture, "b.conf",
	    "\n" VHBA("web01", "0002") "timeout = bad\n" VHBA("web02", "0003"));
	finish(fixture);
	expect_message(fixture,
		       "b.conf:2: error: vHBA 'web01' is defined already, at a.conf:1");
	assert_true(vhba(fixture, "web01")->wwpn == UINT64_C(0x5001438000000001));
	assert_non_null(vhba(fixture, "web02"));
}

static void test_config_add_vhba_and_pool_of_one_name(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", VHBA("web01", "0001"));
	add(fixture, "b.conf", "[pool web01]\nmode = 0600\n");
	add(fixture, "c.conf", "[pool web01]\nmode = 0640\n");
	finish(fixture);
	expect_message(fixture,
		       "c.conf:1: error: pool 'web01' is defined already, at b.conf:1");
	assert_int_equal(pool(fixture, "web01")->mode, 0600);
}

/* Wherever the second one is, and whatever is wrong with its header. */
static void test_config_add_second_pool_counts_for_nothing(void **state)
{
	static const char first[] = "[pool web01]\nmode = 0600\nalias.0 = a\n";
	static const char keys[] = "owner = 1000\ngroup = 1000\nmode = 0666\n"
				   "guest = other\nmultipath = no\n"
				   "alias.0 = b\nalias.1 = c\nno pair\n";
	static const struct {
		const char *header, *path;
		bool is_dropin;
	} seconds[] = {
		{ "[pool web01]\n", "a.conf", false }, /* the same file */
		{ "[ pool\tweb01 ]\n", "a.conf", false },
		{ "[pool web01] junk\n", "a.conf", false },
		{ "[pool web01\n", "a.conf", false },
		{ "[pool web01]\n", "b.conf", false },
		{ "[pool web01\n", "b.conf", false },
		{ "[pool web01]\n", "b.conf.d/x.conf", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(seconds); i++) {
		struct fixture fixture = { 0 };
		_cleanup_free_ char *text = NULL;
		bool is_same_file = streq(seconds[i].path, "a.conf");
		const struct pool_config *found;

		assert_true(asprintf(&text, "%s%s%s", is_same_file ? first : "",
				     seconds[i].header, keys) > 0);
		if (!is_same_file)
			add(&fixture, "a.conf", first);
		if (seconds[i].is_dropin)
			add(&fixture, "b.conf", VHBA("web01", "0001"));
		add_bytes(&fixture, seconds[i].path, text, strlen(text),
			  seconds[i].is_dropin);
		finish(&fixture);
		assert_true(messages_count(&fixture.messages, MESSAGE_ERROR) > 0);
		found = pool(&fixture, "web01");
		assert_int_equal(found->mode, 0600);
		assert_int_equal(found->n_aliases, 1);
		assert_string_equal(found->aliases[0].name, "a");
		assert_null(found->owner);
		assert_null(found->group);
		assert_null(found->guest);
		assert_int_equal(found->multipath, MULTIPATH_AUTO);
		config_done(&fixture.config);
		messages_done(&fixture.messages);
	}
}

static void test_config_finish_bad_pool_leaves_its_vhbas(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "[pool web01]\nmode = rw\n");
	expect_message(
		fixture,
		"a.conf:5: error: mode: 'rw' is not a mode; give octal digits such as 0660, at most 0777");
	assert_non_null(vhba(fixture, "web01"));
	assert_null(config_find_pool(&fixture->config, "web01"));
	assert_null(config_fault(&fixture->config, "web01"));
}

static void test_config_done_of_what_was_never_finished(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf",
	    VHBA("web01", "0001") "luns = 0-3\n[pool web01]\nalias.0 = a\n");
	config_done(&fixture->config);
	assert_null(fixture->config.build);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_finish_of_nothing),
		fixture_test(test_config_finish_built_in_values),
		fixture_test(test_config_finish_sorts_by_name),
		fixture_test(test_config_finish_defaults_reach_all_that_do_not_differ),
		fixture_test(test_config_finish_later_defaults_win_key_by_key),
		fixture_test(test_config_finish_bad_default_costs_its_line_alone),
		fixture_test(test_config_finish_bad_vhbas_are_known),
		fixture_test(test_config_add_dropin_changes_its_file),
		fixture_test(test_config_add_dropin_may_not_reach_another_file),
		fixture_test(test_config_add_dropin_mistake_costs_what_it_changes),
		fixture_test(test_config_add_same_name_in_two_files),
		fixture_test(test_config_add_vhba_and_pool_of_one_name),
		fixture_test(test_config_add_second_pool_counts_for_nothing),
		fixture_test(test_config_finish_bad_pool_leaves_its_vhbas),
		fixture_test(test_config_done_of_what_was_never_finished),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
