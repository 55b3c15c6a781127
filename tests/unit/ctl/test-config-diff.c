// SPDX-License-Identifier: LGPL-2.1-or-later
/* What has to be done so that what is up is what files say: never more than it takes. */
#include "config-fixture.h"
#include "ctl/config-diff.h"
#include "fc/wwn.h"

#define HBA_1 UINT64_C(0x21000024ff543210)
#define HBA_2 UINT64_C(0x21000024ff543211)

static struct fc_port ports[] = {
	{ .host = 7, .wwpn = HBA_1, .wwnn = 0x20000024ff543210, .parent_host = HOST_NONE },
	{ .host = 9, .wwpn = HBA_2, .wwnn = 0x20000024ff543211, .parent_host = HOST_NONE },
};
static const struct inventory inventory = { .ports = ports,
					    .n_ports = ARRAY_SIZE(ports) };

/* What is up after a start by this text, below the first HBA. */
static struct vhba_state start_by(const char *text)
{
	struct config config = { 0 };
	struct messages messages = { 0 };
	struct vhba_state state;
	const struct config_source source = { .path = "old.conf",
					      .text = text,
					      .size = strlen(text) };

	assert_int_equal(config_add(&config, &source, &messages), 0);
	assert_int_equal(config_finish(&config, &messages), 0);
	assert_int_equal(config.n_vhbas, 1);
	assert_int_equal(vhba_state_from_config(
				 &config.vhbas[0],
				 config_find_pool(&config, config.vhbas[0].pool), &state),
			 0);
	state.parent_wwpn = state.type == VHBA_HBA ? 0 : HBA_1;
	if (state.type == VHBA_HBA)
		state.wwpn = HBA_1;
	config_done(&config);
	messages_done(&messages);
	return state;
}

static void expect_changes(const struct config *config, const struct vhba_state *states,
			   size_t n_states, const char *expected)
{
	struct config_diff list;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(config_diff_build(config, states, n_states, &inventory, &list),
			 0);
	for (size_t i = 0; i < list.n; i++)
		fprintf(out, "%s %s: %s\n", list.changes[i].name,
			config_action_to_string(list.changes[i].action),
			list.changes[i].why);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
	free(text);
	config_diff_done(&list);
}

/* The change from one text of web01 to another. */
static void expect_change(struct fixture *fixture, const char *old, const char *now,
			  const char *expected)
{
	struct vhba_state state = start_by(old);

	load(fixture, now);
	expect_changes(&fixture->config, &state, 1, expected);
	vhba_state_done(&state);
	config_done(&fixture->config);
}

#define WEB VHBA("web01", "0001")

static void test_change_list_build_nothing_to_do(void **state)
{
	struct fixture *fixture = *state;

	expect_change(fixture, WEB, WEB, "");
	/* Said otherwise, it is the same. */
	expect_change(
		fixture, WEB "luns = 0,1,2\n[pool web01]\nmode = 660\nalias.0 = a\n",
		WEB
		"on_stop = delete\nluns = 0-2\n[pool web01]\nalias.0 = a\nmode = 0660\n",
		"");
	/* Only for the next start. */
	expect_change(fixture, WEB, WEB "timeout = 90s\nsettle = 1s\nautostart = no\n",
		      "");
	expect_change(fixture, WEB, WEB "symbolic_name = web\n",
		      "web01 -: symbolic_name: (none) -> web at the next start\n");
}

static void test_change_list_build_restarts_for_another_port(void **state)
{
	struct fixture *fixture = *state;

	expect_change(fixture, WEB, VHBA("web01", "0003"),
		      "web01 restart: wwpn: 0x5001438000000001 -> 0x5001438000000003\n");
	expect_change(fixture, WEB,
		      "[vhba web01]\nwwpn=5001438000000001\nwwnn=50014380000000ff\n",
		      "web01 restart: wwnn: 0x5001438000000000 -> 0x50014380000000ff\n");
	expect_change(fixture, WEB,
		      "[vhba web01]\ntype=hba\nparent_wwpn=21000024ff543210\n",
		      "web01 restart: type: vport -> hba\n");
}

static void test_change_list_build_restarts_for_another_parent_alone(void **state)
{
	struct fixture *fixture = *state;

	expect_change(fixture, WEB, WEB "parent_wwpn = 21000024ff543210\n", "");
	expect_change(fixture, WEB "parent_wwpn = 21000024ff543210\n", WEB, "");
	expect_change(fixture, WEB, WEB "parent_wwpn = 21000024ff543211\n",
		      "web01 restart: parent: 0x21000024ff543210 does not match "
		      "parent_wwpn=0x21000024ff543211\n");
	expect_change(fixture, "[vhba p]\ntype=hba\nparent_wwpn=21000024ff543210\n",
		      "[vhba p]\ntype=hba\nparent_wwpn=21000024ff543211\n",
		      "p restart: parent: 0x21000024ff543210 does not match "
		      "parent_wwpn=0x21000024ff543211\n");
}

/* While the cable is out, no file has changed. */
static void test_change_list_build_leaves_alone_what_has_no_link(void **state)
{
	struct fixture *fixture = *state;
	const char *in_fabric = WEB "parent_fabric_wwn = 10000000c9000001\n";

	ports[0].state = PORT_ONLINE;
	ports[0].fabric_wwn = UINT64_C(0x10000000c9000001);
	expect_change(fixture, in_fabric, in_fabric, "");
	ports[0].state = PORT_LINKDOWN;
	expect_change(fixture, in_fabric, in_fabric, "");
	ports[0].fabric_wwn = 0;
	expect_change(fixture, in_fabric, in_fabric, "");
	expect_change(fixture, in_fabric, WEB "parent_wwpn = 21000024ff543211\n",
		      "web01 restart: parent: 0x21000024ff543210 does not match "
		      "parent_wwpn=0x21000024ff543211\n");
	/* Cabled to another fabric. */
	ports[0].state = PORT_ONLINE;
	ports[0].fabric_wwn = UINT64_C(0x10000000c9000002);
	expect_change(fixture, in_fabric, in_fabric,
		      "web01 restart: parent: 0x21000024ff543210 does not match "
		      "parent_fabric_wwn=0x10000000c9000001\n");
	ports[0].state = PORT_UNKNOWN;
	ports[0].fabric_wwn = 0;
}

static void test_change_list_build_reloads(void **state)
{
	struct fixture *fixture = *state;

	expect_change(fixture, WEB "luns = 0-1\n", WEB "luns = 0-3\nmin_luns = 2\n",
		      "web01 reload: luns: 0-1 -> 0-3, min_luns: (none) -> 2\n");
	expect_change(fixture, WEB, WEB "pool = web\n",
		      "web01 reload: pool: web01 -> web\n");
	expect_change(
		fixture, WEB, WEB "on_stop = keep\non_busy = force\n",
		"web01 reload: on_stop: delete -> keep, on_busy: refuse -> force\n");
	expect_change(fixture, WEB, WEB "dev_loss_tmo = 30\nfast_io_fail_tmo = off\n",
		      "web01 reload: dev_loss_tmo: (none) -> 30, "
		      "fast_io_fail_tmo: (none) -> off\n");
	expect_change(fixture, WEB "[pool web01]\nalias.0 = a\n",
		      WEB "[pool web01]\nalias.0 = b\n", "web01 reload: aliases\n");
	expect_change(fixture, WEB "[pool web01]\nalias.0 = a\n",
		      WEB "[pool web01]\nalias.1 = a\n", "web01 reload: aliases\n");
	expect_change(fixture, WEB "[pool web01]\nowner = root\nmode = 600\n",
		      WEB "[pool web01]\nmode = 660\ngroup = kvm\nmultipath = no\n",
		      "web01 reload: owner: root -> (none), group: (none) -> kvm, "
		      "mode: 0600 -> 0660, multipath: auto -> no\n");
	expect_change(fixture, WEB "[pool web01]\nhost_use = no\n",
		      WEB "[pool web01]\nhost_use = yes\n",
		      "web01 reload: host_use: no -> yes\n");
	expect_change(fixture, WEB "[pool web01]\nguest = db\n",
		      WEB "[pool web01]\nguest = mail\n",
		      "web01 reload: guest: db -> mail\n");
}

/* A restart does what a reload does, whichever is found first. */
static void test_change_list_build_the_stronger_counts(void **state)
{
	struct fixture *fixture = *state;

	expect_change(fixture, WEB, VHBA("web01", "0003") "pool = web\n",
		      "web01 restart: wwpn: 0x5001438000000001 -> 0x5001438000000003, "
		      "pool: web01 -> web\n");
	expect_change(
		fixture, WEB, WEB "pool = web\nsymbolic_name = x\n",
		"web01 reload: pool: web01 -> web, symbolic_name: (none) -> x at the "
		"next start\n");
}

/* A state of an older version remembers no settings: they are not compared. */
static void test_change_list_build_with_an_old_state(void **state)
{
	static const char old[] =
		"NAME=web01\nPOOL=web01\nTYPE=vport\nWWPN=0x5001438000000001\n"
		"OURS=yes\nON_STOP=delete\nON_BUSY=refuse\nMULTIPATH=auto\n";
	struct fixture *fixture = *state;
	struct vhba_state up;

	assert_int_equal(vhba_state_parse(old, strlen(old), &up), 0);
	load(fixture, WEB "luns = 0-7\n");
	expect_changes(&fixture->config, &up, 1, "");
	vhba_state_done(&up);
}

static void test_change_list_build_starts_and_stops(void **state)
{
	struct vhba_state up[] = { start_by(VHBA("bad", "0007")),
				   start_by(VHBA("gone", "0005")) };
	struct fixture *fixture = *state;

	load(fixture, WEB VHBA("manual", "0003") "autostart = no\n" VHBA(
			      "bad", "0007") "luns = x\n");
	fixture->n_checked = fixture->messages.n_messages;
	expect_changes(&fixture->config, up, ARRAY_SIZE(up),
		       "bad -: its section has errors, so it stays as it is\n"
		       "gone stop: no file defines it\n"
		       "web01 start: it is down\n");
	for (size_t i = 0; i < ARRAY_SIZE(up); i++)
		vhba_state_done(&up[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_change_list_build_nothing_to_do),
		fixture_test(test_change_list_build_restarts_for_another_port),
		fixture_test(test_change_list_build_restarts_for_another_parent_alone),
		fixture_test(test_change_list_build_leaves_alone_what_has_no_link),
		fixture_test(test_change_list_build_reloads),
		fixture_test(test_change_list_build_the_stronger_counts),
		fixture_test(test_change_list_build_with_an_old_state),
		fixture_test(test_change_list_build_starts_and_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
