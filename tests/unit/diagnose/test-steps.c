// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the path check: the words of steps that are well, broken and open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diagnose/steps.h"

static const struct parent_rule any_parent = { .host = -1 };
static const struct lun_set any_lun = { 0 };

/* host7 with vport-7:0-0 and its host8, which sees LUNs 0, 1 (on two paths) and 7. */
struct fixture {
	struct fc_port ports[2];
	struct fc_vport vport;
	struct fc_rport rports[2];
	struct fc_lun luns[4];
	enum lun_readiness readiness[4];
	struct inventory inventory;
	struct wanted wanted;
	struct path_check check;
};

static void add_lun(struct fixture *f, size_t i, uint64_t number, const char *disk)
{
	f->luns[i] = (struct fc_lun){
		.host = 8,
		.lun = number,
		.kernel_lun = number,
		.state = "running",
	};
	(void)snprintf(f->luns[i].disk, sizeof(f->luns[i].disk), "%s", disk);
	f->readiness[i] = LUN_USABLE;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	f->ports[0] = (struct fc_port){
		.host = 7,
		.wwpn = 0x71,
		.wwnn = 0x72,
		.fabric_wwn = 0x1000000000000001,
		.state = PORT_ONLINE,
		.parent_host = HOST_NONE,
		.is_capable = true,
		.max_vports = 8,
		.vports_inuse = 1,
		.driver = "lpfc",
		.pci_address = "0000:04:00.0",
		.speed = "16 Gbit",
	};
	f->ports[1] = (struct fc_port){
		.host = 8,
		.wwpn = 0x81,
		.wwnn = 0x82,
		.state = PORT_ONLINE,
		.is_vport = true,
		.parent_host = 7,
	};
	f->vport = (struct fc_vport){
		.sysname = "vport-7:0-0",
		.parent_host = 7,
		.host = 8,
		.wwpn = 0x81,
		.wwnn = 0x82,
		.state = VPORT_ACTIVE,
	};
	for (size_t i = 0; i < ARRAY_SIZE(f->rports); i++)
		f->rports[i] = (struct fc_rport){
			.host = 8,
			.wwpn = 0x91 + i,
			.state = PORT_ONLINE,
			.is_target = true,
			.is_scanned = true,
		};
	add_lun(f, 0, 0, "sda");
	add_lun(f, 1, 1, "sdb");
	add_lun(f, 2, 1, "sdc");
	add_lun(f, 3, 7, "sdd");
	f->inventory = (struct inventory){
		.ports = f->ports,
		.n_ports = 2,
		.vports = &f->vport,
		.n_vports = 1,
		.rports = f->rports,
		.n_rports = 2,
		.luns = f->luns,
		.n_luns = 4,
	};
	f->wanted = (struct wanted){
		.wwpn = 0x81,
		.wwnn = 0x82,
		.parent = &any_parent,
		.luns = &any_lun,
	};
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	free(*state);
	return 0;
}

static void follow(struct fixture *f)
{
	assert_int_equal(
		path_check_run(&f->inventory, f->readiness, &f->wanted, &f->check), 0);
}

static void assert_link(const struct fixture *f, enum step step, enum step_state state,
			const char *text)
{
	assert_string_equal(f->check.steps[step].text, text);
	assert_int_equal(f->check.steps[step].state, state);
}

static void test_path_check_run_healthy(void **state)
{
	struct fixture *f = *state;

	follow(f);
	assert_int_equal(f->check.diagnosis.stage, STAGE_READY);
	assert_link(f, STEP_PARENT, STEP_OK,
		    "host7 (0x0000000000000071), lpfc at 0000:04:00.0, 1 of 8 virtual "
		    "ports in use");
	assert_link(f, STEP_LINK, STEP_OK, "Online, 16 Gbit");
	assert_link(f, STEP_FABRIC, STEP_OK, "0x1000000000000001");
	assert_link(f, STEP_VPORT, STEP_OK, "vport-7:0-0 is Active");
	assert_link(f, STEP_LOGIN, STEP_OK, "host8 (0x0000000000000081) is Online");
	assert_link(f, STEP_REMOTE_PORTS, STEP_OK,
		    "2 target ports: 0x0000000000000091 is Online, 0x0000000000000092 "
		    "is Online");
	assert_link(f, STEP_LUNS, STEP_OK, "3 LUN numbers: 0-1,7");
	assert_link(f, STEP_DISKS, STEP_OK, "4 disks, 4 running");
	assert_link(f, STEP_MULTIPATH, STEP_OK, "no map is missing");
	assert_link(f, STEP_NAMES, STEP_OK, "3 of 3 LUN numbers lead to their disks");
}

static void test_path_check_run_ends_at_zoning(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	f->inventory.n_rports = 0;
	follow(f);
	assert_int_equal(f->check.diagnosis.stage, STAGE_NO_REMOTE_PORTS);
	assert_link(f, STEP_LOGIN, STEP_OK, "host8 (0x0000000000000081) is Online");
	assert_link(f, STEP_REMOTE_PORTS, STEP_BROKEN, "host8 sees no target port");
	for (enum step step = STEP_LUNS; step < _STEP_MAX; step++)
		assert_link(f, step, STEP_OPEN, "");
}

static void test_path_check_run_shows_what_is_behind(void **state)
{
	struct fixture *f = *state;

	f->readiness[3] = LUN_AMBIGUOUS;
	f->wanted.min_luns = 9;
	f->ports[0].state = PORT_LINKDOWN;
	f->vport.state = VPORT_LINKDOWN;
	follow(f);
	assert_int_equal(f->check.diagnosis.stage, STAGE_LINK_DOWN);
	assert_link(f, STEP_PARENT, STEP_OK,
		    "host7 (0x0000000000000071), lpfc at 0000:04:00.0, 1 of 8 virtual "
		    "ports in use");
	assert_int_equal(f->check.steps[STEP_LINK].state, STEP_BROKEN);
	assert_link(f, STEP_VPORT, STEP_OPEN, "vport-7:0-0 is Linkdown");
	assert_link(f, STEP_DISKS, STEP_OPEN, "4 disks, 4 running");
}

static void test_path_check_run_a_physical_port(void **state)
{
	struct fixture *f = *state;

	f->wanted = (struct wanted){
		.type = VHBA_HBA,
		.wwpn = 0x71,
		.parent = &any_parent,
		.luns = &any_lun,
	};
	for (size_t i = 0; i < 4; i++)
		f->luns[i].host = 7;
	f->readiness[1] = LUN_NO_MAP;
	f->readiness[2] = LUN_NO_MAP;
	follow(f);
	assert_int_equal(f->check.diagnosis.stage, STAGE_MULTIPATH_PENDING);
	assert_link(f, STEP_VPORT, STEP_OK, "the physical port itself");
	assert_link(f, STEP_LOGIN, STEP_OK, "host7 (0x0000000000000071) is Online");
	assert_int_equal(f->check.steps[STEP_MULTIPATH].state, STEP_BROKEN);
	assert_link(f, STEP_NAMES, STEP_OPEN, "2 of 3 LUN numbers lead to their disks");
}

static void test_path_check_run_without_a_parent(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_ports = 0;
	f->inventory.n_vports = 0;
	f->inventory.n_luns = 0;
	follow(f);
	assert_int_equal(f->check.diagnosis.stage, STAGE_PARENT_MISSING);
	assert_link(f, STEP_PARENT, STEP_BROKEN,
		    "this host has no Fibre Channel HBA in initiator mode");
	assert_link(f, STEP_LINK, STEP_OPEN, "");
}

/* Every stage that a start can hold at is about a link, and every link is some stage's. */
static void test_path_check_part_of_stage_covers_all(void **state)
{
	bool seen[_STEP_MAX] = { 0 };

	for (enum npiv_stage stage = STAGE_PARENT_MISSING; stage < STAGE_BUSY; stage++) {
		assert_true(step_of_stage(stage) < _STEP_MAX);
		seen[step_of_stage(stage)] = true;
	}
	for (enum step step = 0; step < _STEP_MAX; step++) {
		assert_true(seen[step]);
		assert_non_null(step_to_string(step));
	}
	assert_int_equal(step_of_stage(STAGE_READY), _STEP_MAX);
	assert_string_equal(step_state_to_string(STEP_BROKEN), "broken");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_path_check_run_healthy, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_path_check_run_ends_at_zoning, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_path_check_run_shows_what_is_behind,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_path_check_run_a_physical_port,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_path_check_run_without_a_parent,
						setup, teardown),
		cmocka_unit_test(test_path_check_part_of_stage_covers_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
