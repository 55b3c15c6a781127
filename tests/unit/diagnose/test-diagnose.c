// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the diagnosis: each step broken once, with all steps before it whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/diagnose.h"

#define WWPN   0x5001a4a000000001
#define WWNN   0x5001a4a100000001
#define TARGET 0x5006016000000001

static const struct parent_rule any_parent = { .host = -1 };
static const struct lun_set any_lun = { 0 };

/* host7, the HBA; vport-7:0-0 with host8; one target port behind it with one LUN. */
struct fixture {
	struct fc_port ports[2];
	struct fc_vport vport;
	struct fc_rport rport;
	struct fc_lun lun;
	enum lun_readiness readiness;
	struct inventory inventory;
	struct wanted wanted;
	struct diagnosis diagnosis;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	f->ports[0] = (struct fc_port){ .host = 7,
					.wwpn = 0x71,
					.wwnn = 0x72,
					.state = PORT_ONLINE,
					.parent_host = HOST_NONE,
					.is_capable = true,
					.max_vports = 8,
					.vports_inuse = 1 };
	f->ports[1] = (struct fc_port){ .host = 8,
					.wwpn = WWPN,
					.wwnn = WWNN,
					.state = PORT_ONLINE,
					.is_vport = true,
					.parent_host = 7 };
	f->vport = (struct fc_vport){ .sysname = "vport-7:0-0",
				      .parent_host = 7,
				      .host = 8,
				      .wwpn = WWPN,
				      .wwnn = WWNN,
				      .state = VPORT_ACTIVE };
	f->rport = (struct fc_rport){ .host = 8,
				      .wwpn = TARGET,
				      .state = PORT_ONLINE,
				      .is_target = true,
				      .is_scanned = true };
	f->lun = (struct fc_lun){ .host = 8, .target_wwpn = TARGET, .disk = "sdc" };
	f->readiness = LUN_USABLE;
	f->inventory =
		(struct inventory){ f->ports, 2, &f->vport, 1, &f->rport, 1, &f->lun, 1 };
	f->wanted = (struct wanted){ .wwpn = WWPN,
				     .wwnn = WWNN,
				     .parent = &any_parent,
				     .luns = &any_lun };
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	free(*state);
	return 0;
}

static void assert_stage(struct fixture *f, enum npiv_stage stage, const char *detail)
{
	assert_int_equal(
		diagnose(&f->inventory, &f->readiness, &f->wanted, &f->diagnosis), 0);
	assert_int_equal(f->diagnosis.stage, stage);
	assert_string_equal(f->diagnosis.detail, detail);
}

static void test_diagnose_all_there(void **state)
{
	struct fixture *f = *state;

	assert_stage(f, STAGE_READY, "");
	assert_ptr_equal(f->diagnosis.parent, &f->ports[0]);
	assert_ptr_equal(f->diagnosis.port, &f->ports[1]);
	assert_int_equal(f->diagnosis.n_usable, 1);
	assert_false(f->diagnosis.is_final);
}

static void remove_vport(struct fixture *f)
{
	f->inventory.n_ports = 1;
	f->inventory.n_vports = f->inventory.n_rports = f->inventory.n_luns = 0;
}

static void test_diagnose_no_vport_yet(void **state)
{
	struct fixture *f = *state;

	remove_vport(f);
	assert_stage(f, STAGE_VPORT_FAILED,
		     "there is no virtual port 0x5001a4a000000001 on host7");
	assert_ptr_equal(f->diagnosis.parent, &f->ports[0]);
	f->ports[0].state = PORT_LINKDOWN;
	assert_stage(f, STAGE_LINK_DOWN, "host7 (0x0000000000000071) is Linkdown");
	f->inventory.n_ports = 0;
	assert_stage(f, STAGE_PARENT_MISSING,
		     "this host has no Fibre Channel HBA in initiator mode");
	assert_null(f->diagnosis.parent);
}

static void test_diagnose_wwpn_of_an_hba(void **state)
{
	struct fixture *f = *state;

	remove_vport(f);
	f->wanted.wwpn = 0x71;
	assert_stage(f, STAGE_WWN_REFUSED,
		     "0x0000000000000071 is the WWPN of host7 itself");
	assert_true(f->diagnosis.is_final);
}

static void test_diagnose_below_another_parent(void **state)
{
	struct fixture *f = *state;
	const struct parent_rule rule = { .host = -1, .wwpn = 0x99 };

	f->wanted.parent = &rule;
	assert_stage(
		f, STAGE_WWN_REFUSED,
		"vport-7:0-0 exists already, below host7 (0x0000000000000071), which is not "
		"parent_wwpn=0x0000000000000099");
	assert_true(f->diagnosis.is_final);
}

/* An HBA without a link is in no fabric: its vport is where it was. */
static void test_diagnose_below_a_parent_without_link(void **state)
{
	struct fixture *f = *state;
	const struct parent_rule rule = { .host = -1, .fabric_wwn = 0xa };

	f->wanted.parent = &rule;
	f->vport.state = VPORT_LINKDOWN;
	f->ports[0].state = PORT_OFFLINE;
	assert_int_equal(
		diagnose(&f->inventory, &f->readiness, &f->wanted, &f->diagnosis), 0);
	assert_int_equal(f->diagnosis.stage, STAGE_LINK_DOWN);
	assert_false(f->diagnosis.is_final);
	/* The cable leads to another fabric now. */
	f->ports[0].state = PORT_ONLINE;
	f->ports[0].fabric_wwn = 0xb;
	assert_stage(
		f, STAGE_WWN_REFUSED,
		"vport-7:0-0 exists already, below host7 (0x0000000000000071), which is not "
		"parent_fabric_wwn=0x000000000000000a");
}

/* The same WWPN below a second HBA, host5, whose numbers come first. */
static void add_twin(struct fixture *f, struct fc_port ports[4],
		     struct fc_vport vports[2])
{
	ports[0] = f->ports[0];
	ports[0].host = 5;
	ports[0].wwpn = 0x51;
	ports[1] = f->ports[1];
	ports[1].host = 6;
	ports[1].parent_host = 5;
	ports[2] = f->ports[0];
	ports[3] = f->ports[1];
	vports[0] = f->vport;
	vports[0].host = 6;
	vports[0].parent_host = 5;
	vports[1] = f->vport;
	f->inventory.ports = ports;
	f->inventory.n_ports = 4;
	f->inventory.vports = vports;
	f->inventory.n_vports = 2;
}

static void test_diagnose_one_wwpn_below_two_parents(void **state)
{
	struct fixture *f = *state;
	const struct vhba_state known = { .type = VHBA_VPORT,
					  .wwpn = WWPN,
					  .parent_wwpn = 0x71,
					  .vport = "vport-7:0-0" };
	const struct parent_rule rule = { .host = -1, .wwpn = 0x71 };
	struct fc_port ports[4];
	struct fc_vport vports[2];

	add_twin(f, ports, vports);
	assert_ptr_equal(wanted_vport(&f->wanted, &f->inventory), &vports[0]);
	f->wanted.parent = &rule;
	assert_ptr_equal(wanted_vport(&f->wanted, &f->inventory), &vports[1]);
	assert_ptr_equal(wanted_twin(&f->wanted, &f->inventory), &vports[0]);
	f->wanted.parent = &any_parent;
	f->wanted.state = &known;
	assert_stage(f, STAGE_READY, "");
	assert_ptr_equal(f->diagnosis.vport, &vports[1]);
	assert_ptr_equal(f->diagnosis.port, &ports[3]);
	assert_ptr_equal(wanted_port(&f->wanted, &f->inventory), &ports[3]);
}

/* Ours is not there, the other one is: it is in the way only where it is in the same fabric. */
static void test_diagnose_wwpn_in_another_fabric(void **state)
{
	struct fixture *f = *state;
	const struct parent_rule rule = { .host = -1, .wwpn = 0x71 };
	struct fc_port ports[4];
	struct fc_vport vports[2];

	add_twin(f, ports, vports);
	f->inventory.n_vports = 1;
	f->inventory.n_ports = 3;
	f->wanted.parent = &rule;
	assert_stage(
		f, STAGE_WWN_REFUSED,
		"vport-7:0-0 exists already, below host5 (0x0000000000000051), which "
		"is not parent_wwpn=0x0000000000000071");
	ports[0].fabric_wwn = 0xa;
	ports[2].fabric_wwn = 0xa;
	assert_int_equal(
		diagnose(&f->inventory, &f->readiness, &f->wanted, &f->diagnosis), 0);
	assert_int_equal(f->diagnosis.stage, STAGE_WWN_REFUSED);
	ports[2].fabric_wwn = 0xb;
	assert_stage(f, STAGE_VPORT_FAILED,
		     "there is no virtual port 0x5001a4a000000001 on host7");
	assert_true(f->diagnosis.may_create);
	assert_null(f->diagnosis.vport);
	assert_ptr_equal(wanted_twin(&f->wanted, &f->inventory), &vports[0]);
}

static void test_diagnose_other_wwnn(void **state)
{
	struct fixture *f = *state;

	f->wanted.wwnn = 1;
	assert_stage(
		f, STAGE_WWN_REFUSED,
		"vport-7:0-0 exists already, with WWNN 0x5001a4a100000001 instead of "
		"0x0000000000000001");
	assert_true(f->diagnosis.is_final);
}

/* scsi_fc_transport.rst: states that a driver leaves by itself, and those that it does not. */
static void test_vport_state_needs_reset(void **state)
{
	static const bool needs[_VPORT_STATE_MAX] = {
		[VPORT_DISABLED] = true,
		[VPORT_NO_FABRIC_SUPPORT] = true,
		[VPORT_NO_FABRIC_RESOURCES] = true,
		[VPORT_FABRIC_LOGOUT] = true,
		[VPORT_FABRIC_REJECTED_WWN] = true,
		[VPORT_FAILED] = true,
	};

	for (enum vport_state s = 0; s < _VPORT_STATE_MAX; s++)
		assert_int_equal(vport_state_needs_reset(s), needs[s]);
}

static void test_diagnose_each_vport_state(void **state)
{
	static const struct {
		enum vport_state state;
		enum npiv_stage stage;
		bool is_final;
	} cases[] = {
		{ VPORT_UNKNOWN, STAGE_LOGIN, false },
		{ VPORT_DISABLED, STAGE_VPORT_FAILED, true },
		{ VPORT_LINKDOWN, STAGE_LINK_DOWN, false },
		{ VPORT_INITIALIZING, STAGE_LOGIN, false },
		{ VPORT_NO_FABRIC_SUPPORT, STAGE_NO_FABRIC_SUPPORT, true },
		{ VPORT_NO_FABRIC_RESOURCES, STAGE_NO_FREE_VPORT, true },
		{ VPORT_FABRIC_LOGOUT, STAGE_LOGIN, false },
		{ VPORT_FABRIC_REJECTED_WWN, STAGE_WWN_REFUSED, true },
		{ VPORT_FAILED, STAGE_VPORT_FAILED, true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char detail[64];

		f->vport.state = cases[i].state;
		(void)snprintf(detail, sizeof(detail), "vport-7:0-0 is %s",
			       vport_state_to_string(cases[i].state));
		assert_stage(f, cases[i].stage, detail);
		assert_int_equal(f->diagnosis.is_final, cases[i].is_final);
	}
}

static void test_diagnose_parent_lost_its_link(void **state)
{
	struct fixture *f = *state;

	f->vport.state = VPORT_FAILED;
	f->ports[0].state = PORT_LINKDOWN;
	assert_stage(f, STAGE_LINK_DOWN,
		     "vport-7:0-0 is VPort Failed, its parent host7 Linkdown");
	assert_false(f->diagnosis.is_final);
}

static void test_diagnose_vport_without_host(void **state)
{
	struct fixture *f = *state;

	f->vport.host = HOST_NONE;
	assert_stage(f, STAGE_LOGIN, "vport-7:0-0 has no host of its own yet");
}

static void test_diagnose_zoning(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	f->rport.state = PORT_NOT_PRESENT;
	assert_stage(f, STAGE_NO_REMOTE_PORTS,
		     "target port 0x5006016000000001 is Not Present");
	f->inventory.n_rports = 0;
	assert_stage(f, STAGE_NO_REMOTE_PORTS, "host8 sees no target port");
}

static void test_diagnose_own_initiator_is_no_target(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	f->rport = (struct fc_rport){ .host = 8, .wwpn = 0x71, .state = PORT_ONLINE };
	assert_stage(f, STAGE_NO_REMOTE_PORTS, "host8 sees no target port");
}

static void test_diagnose_remote_port_of_another_host_does_not_count(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	f->rport.host = 7;
	assert_stage(f, STAGE_NO_REMOTE_PORTS, "host8 sees no target port");
}

static void test_diagnose_target_of_nvme_alone(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	f->rport.is_target = false;
	f->rport.is_nvme = true;
	assert_stage(
		f, STAGE_NO_REMOTE_PORTS,
		"remote port 0x5006016000000001 is a target of NVMe, but not of SCSI");
	f->rport.is_target = true;
	assert_stage(f, STAGE_NO_LUNS, "host8 sees 1 target port, but none of its LUNs");
}

static void test_diagnose_logged_in_elsewhere(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_vports = f->inventory.n_luns = 0;
	f->inventory.n_ports = 1;
	f->rport = (struct fc_rport){ .sysname = "rport-7:0-3",
				      .host = 7,
				      .wwpn = f->wanted.wwpn,
				      .state = PORT_ONLINE };
	assert_stage(
		f, STAGE_WWN_REFUSED,
		"0x5001a4a000000001 is logged in elsewhere: host7 sees it as remote port rport-7:0-3");
	assert_true(f->diagnosis.is_final);
	assert_false(f->diagnosis.may_create);
	/* It has logged out. */
	f->rport.state = PORT_NOT_PRESENT;
	assert_stage(f, STAGE_VPORT_FAILED,
		     "there is no virtual port 0x5001a4a000000001 on host7");
	assert_true(f->diagnosis.may_create);
}

static void test_diagnose_masking(void **state)
{
	struct fixture *f = *state;

	f->inventory.n_luns = 0;
	assert_stage(f, STAGE_NO_LUNS, "host8 sees 1 target port, but none of its LUNs");
	f->rport.is_target = false;
	assert_stage(
		f, STAGE_NO_LUNS,
		"remote port 0x5006016000000001 is visible, but offers no target to this WWPN");
}

static bool wants_login(struct fixture *f)
{
	struct diagnosis diagnosis;

	assert_int_equal(diagnose(&f->inventory, &f->readiness, &f->wanted, &diagnosis),
			 0);
	return diagnosis.wants_login;
}

static void test_diagnose_new_login(void **state)
{
	struct fixture *f = *state;
	struct diagnosis diagnosis;

	/* With a LUN there is nothing to ask for, nor with a target that may map one any time. */
	assert_false(wants_login(f));
	f->inventory.n_luns = 0;
	assert_false(wants_login(f));
	f->rport.state = PORT_BLOCKED;
	assert_false(wants_login(f));
	f->rport.state = PORT_ONLINE;

	/* It denied that it is a target; or it is one by now, and is not scanned all the same. */
	f->rport.is_target = f->rport.is_scanned = false;
	assert_true(wants_login(f));
	f->rport.is_target = true;
	assert_true(wants_login(f));
	assert_stage(
		f, STAGE_NO_LUNS,
		"remote port 0x5006016000000001 is visible, but offers no target to this WWPN");

	/* Only then the hint speaks of it, and promises it only for a port of ours. */
	assert_int_equal(diagnose(&f->inventory, &f->readiness, &f->wanted, &diagnosis),
			 0);
	assert_non_null(strstr(diagnosis_hint(&diagnosis, true), "by itself"));
	assert_null(strstr(diagnosis_hint(&diagnosis, false), "by itself"));
	f->rport.is_scanned = true;
	assert_int_equal(diagnose(&f->inventory, &f->readiness, &f->wanted, &diagnosis),
			 0);
	assert_string_equal(diagnosis_hint(&diagnosis, true),
			    stage_info(STAGE_NO_LUNS)->hint);

	/* The parent's own port in the same zone is no target that masks. */
	f->rport = (struct fc_rport){ .host = 8, .wwpn = 0x71, .state = PORT_ONLINE };
	assert_false(wants_login(f));
}

/* Another host's initiator in the zone looks like a target that denies that it is one. */
static void test_diagnose_no_new_login_while_a_target_is_known(void **state)
{
	struct fixture *f = *state;
	struct fc_rport rports[2] = { f->rport, f->rport };

	/* In both orders: the last remote port must not win. */
	f->inventory.n_luns = 0;
	f->inventory.rports = rports;
	f->inventory.n_rports = 2;
	for (size_t i = 0; i < 2; i++) {
		struct fc_rport *target = &rports[i], *other = &rports[1 - i];

		*other = (struct fc_rport){ .host = 8,
					    .wwpn = 0xbad,
					    .state = PORT_ONLINE };
		*target = f->rport;
		assert_false(wants_login(f));
		assert_stage(f, STAGE_NO_LUNS,
			     "host8 sees 1 target port, but none of its LUNs");
		target->state = PORT_BLOCKED;
		assert_false(wants_login(f));
		assert_stage(f, STAGE_NO_REMOTE_PORTS,
			     "target port 0x5006016000000001 is Blocked");

		/* As the kernel keeps it after dev_loss_tmo: without roles. */
		target->state = PORT_NOT_PRESENT;
		target->is_target = false;
		assert_false(wants_login(f));
		assert_stage(f, STAGE_NO_REMOTE_PORTS,
			     "target port 0x5006016000000001 is Not Present");

		/* One that never was a target says nothing. */
		target->is_scanned = false;
		assert_true(wants_login(f));
	}
}

static void test_diagnose_local_target_that_masks(void **state)
{
	struct fixture *f = *state;

	/* Initiator and target on one machine: the remote port is a port of this host too. */
	f->inventory.n_luns = 0;
	f->rport = (struct fc_rport){ .host = 8, .wwpn = 0x71, .state = PORT_ONLINE };
	f->ports[0].is_target = true;
	assert_stage(
		f, STAGE_NO_LUNS,
		"remote port 0x0000000000000071 is visible, but offers no target to this WWPN");
}

static void test_diagnose_each_lun_readiness(void **state)
{
	static const struct {
		enum lun_readiness readiness;
		enum npiv_stage stage;
		const char *detail;
	} cases[] = {
		{ LUN_NO_DISK, STAGE_NO_BLOCK_DEVICE, "LUN 0 has no disk that does I/O" },
		{ LUN_STALLED, STAGE_NO_BLOCK_DEVICE, "LUN 0 has no disk that does I/O" },
		{ LUN_NO_MULTIPATHD, STAGE_MULTIPATH_PENDING,
		  "LUN 0 waits for its multipath map, but multipathd does not run" },
		{ LUN_UNCLAIMED, STAGE_MULTIPATH_PENDING,
		  "LUN 0 waits for its multipath map, but multipath has not claimed the disks" },
		{ LUN_NO_MAP, STAGE_MULTIPATH_PENDING,
		  "LUN 0 waits for its multipath map" },
		{ LUN_AMBIGUOUS, STAGE_NAME_AMBIGUOUS,
		  "LUN 0 is without a WWID and another" },
		{ LUN_IN_UDEV, STAGE_LINKS_PENDING, "LUN 0 has no link yet" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		f->readiness = cases[i].readiness;
		assert_stage(f, cases[i].stage, cases[i].detail);
	}
}

static void test_diagnose_physical_port(void **state)
{
	struct fixture *f = *state;

	f->wanted.type = VHBA_HBA;
	f->wanted.wwpn = 0x71;
	f->wanted.wwnn = 0;
	f->rport.host = f->lun.host = 7;
	assert_stage(f, STAGE_READY, "");
	assert_ptr_equal(f->diagnosis.port, &f->ports[0]);
	assert_null(f->diagnosis.vport);
	f->ports[0].state = PORT_OFFLINE;
	assert_stage(f, STAGE_LINK_DOWN, "host7 (0x0000000000000071) is Offline");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_diagnose_all_there),
		TEST(test_diagnose_no_vport_yet),
		TEST(test_diagnose_wwpn_of_an_hba),
		TEST(test_diagnose_below_another_parent),
		TEST(test_diagnose_below_a_parent_without_link),
		TEST(test_diagnose_one_wwpn_below_two_parents),
		TEST(test_diagnose_wwpn_in_another_fabric),
		TEST(test_diagnose_other_wwnn),
		TEST(test_diagnose_each_vport_state),
		cmocka_unit_test(test_vport_state_needs_reset),
		TEST(test_diagnose_parent_lost_its_link),
		TEST(test_diagnose_vport_without_host),
		TEST(test_diagnose_zoning),
		TEST(test_diagnose_own_initiator_is_no_target),
		TEST(test_diagnose_remote_port_of_another_host_does_not_count),
		TEST(test_diagnose_target_of_nvme_alone),
		TEST(test_diagnose_logged_in_elsewhere),
		TEST(test_diagnose_masking),
		TEST(test_diagnose_new_login),
		TEST(test_diagnose_no_new_login_while_a_target_is_known),
		TEST(test_diagnose_local_target_that_masks),
		TEST(test_diagnose_each_lun_readiness),
		TEST(test_diagnose_physical_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
