// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who has a name: each place where one can be found, and whose own it is. */
#include "config-fixture.h"
#include "diagnose/wwn-use.h"

#define WWPN	 UINT64_C(0x5001438000000001)
#define WWNN	 UINT64_C(0x5001438000000000)
#define HBA	 UINT64_C(0x2101001b32a9da4e)
#define HBA_NODE UINT64_C(0x2001001b32a9da4e)
#define FREE	 UINT64_C(0x5001a4a000000001)

/* One HBA, a virtual port on it, and a target that both see. */
static struct fc_port ports[] = {
	{ .host = 7, .wwpn = HBA, .wwnn = HBA_NODE, .parent_host = HOST_NONE },
	{ .host = 8, .wwpn = WWPN, .wwnn = WWNN, .is_vport = true, .parent_host = 7 },
};
static struct fc_vport vports[] = {
	{ .sysname = "vport-7:0-1",
	  .parent_host = 7,
	  .host = 8,
	  .wwpn = WWPN,
	  .wwnn = WWNN },
};
static struct fc_rport rports[] = {
	{ .sysname = "rport-8:0-1",
	  .host = 8,
	  .wwpn = 0x500a09868607c1f6,
	  .wwnn = 0x500a09808607c1f6,
	  .state = PORT_ONLINE },
	{ .sysname = "rport-7:0-2",
	  .host = 7,
	  .wwpn = WWPN,
	  .wwnn = WWNN,
	  .state = PORT_ONLINE },
};

static struct inventory inventory(size_t n_ports, size_t n_vports, size_t n_rports)
{
	return (struct inventory){
		.ports = ports,
		.n_ports = n_ports,
		.vports = vports,
		.n_vports = n_vports,
		.rports = rports,
		.n_rports = n_rports,
	};
}

static void expect_used(const struct wwn_world *world, uint64_t wwn, const char *except,
			const char *expected)
{
	char user[WWN_USER_SIZE];

	assert_true(wwn_is_used(world, wwn, except, user));
	assert_string_equal(user, expected);
}

static void expect_free(const struct wwn_world *world, uint64_t wwn, const char *except)
{
	char user[WWN_USER_SIZE];

	assert_false(wwn_is_used(world, wwn, except, user));
}

static void test_wwn_is_used_by_configuration(void **state)
{
	struct fixture *fixture = *state;
	const struct wwn_world world = { .config = &fixture->config };

	load(fixture, VHBA("web01", "0001"));
	expect_used(&world, WWPN, NULL, "vHBA 'web01' (a.conf:1)");
	expect_used(&world, WWNN, "web02", "vHBA 'web01' (a.conf:1)");
	expect_free(&world, WWPN, "web01");
	expect_free(&world, FREE, NULL);
}

static void test_wwn_is_used_by_what_is_up(void **state)
{
	struct vhba_state up = { .wwpn = WWPN, .wwnn = WWNN };
	const struct wwn_world world = { .states = &up, .n_states = 1 };
	char name[] = "web01";

	up.name = name;
	expect_used(&world, WWPN, NULL, "vHBA 'web01', which is up");
	expect_used(&world, WWNN, NULL, "vHBA 'web01', which is up");
	expect_free(&world, WWPN, "web01");
}

static void test_wwn_is_used_by_ports(void **state)
{
	struct inventory all = inventory(2, 1, 2), late = inventory(1, 1, 0);
	const struct wwn_world world = { .inventory = &all },
			       late_world = { .inventory = &late };

	expect_used(&world, HBA, NULL, "the HBA host7");
	expect_used(&world, HBA_NODE, NULL, "the HBA host7");
	expect_used(&world, WWPN, NULL, "the virtual HBA host8");
	expect_used(&world, 0x500a09868607c1f6, NULL,
		    "remote port rport-8:0-1 (Online), which host8 sees in the fabric");
	expect_used(&world, 0x500a09808607c1f6, NULL,
		    "remote port rport-8:0-1 (Online), which host8 sees in the fabric");
	expect_free(&world, FREE, NULL);
	/* One whose own host its driver has not made yet. */
	expect_used(&late_world, WWPN, NULL, "virtual port vport-7:0-1");
}

/* What is up has a virtual port, which another port of the host may see as a remote one. */
static void test_wwn_is_used_but_by_itself(void **state)
{
	struct vhba_state up = { .wwpn = WWPN, .wwnn = WWNN };
	struct inventory all = inventory(2, 1, 2);
	const struct wwn_world world = { .states = &up,
					 .n_states = 1,
					 .inventory = &all };
	char name[] = "web01";

	up.name = name;
	expect_free(&world, WWPN, "web01");
	expect_free(&world, WWNN, "web01");
	expect_used(&world, WWPN, "web02", "vHBA 'web01', which is up");
}

/* --- names that a vHBA cannot have --------------------------------------------------------------- */

static void expect_taken(const struct wwn_world *world, const struct vhba_config *of,
			 const char *expected)
{
	char user[WWN_USER_SIZE] = "";

	assert_int_equal(wwn_is_taken(world, of, user), expected != NULL);
	if (expected)
		assert_string_equal(user, expected);
}

static void test_wwn_is_obstructed_by_a_physical_port(void **state)
{
	char name[] = "web01";
	const struct vhba_config of = { .name = name, .wwpn = HBA, .wwnn = HBA_NODE };
	struct inventory all = inventory(2, 1, 1);
	const struct wwn_world world = { .inventory = &all };

	expect_taken(&world, &of, "the HBA host7");
}

static void test_wwn_is_obstructed_not_by_its_own_port(void **state)
{
	char name[] = "web01";
	const struct vhba_config of = { .name = name, .wwpn = WWPN, .wwnn = WWNN };
	struct inventory all = inventory(2, 1, 2), gone = inventory(1, 0, 1);
	const struct wwn_world world = { .inventory = &all },
			       gone_world = { .inventory = &gone };

	expect_taken(&world, &of, NULL);
	expect_taken(&gone_world, &of, NULL);
}

static void test_wwn_is_obstructed_by_another_wwnn(void **state)
{
	char name[] = "web01";
	const struct vhba_config of = { .name = name, .wwpn = WWPN, .wwnn = FREE };
	struct inventory all = inventory(2, 1, 1);
	const struct wwn_world world = { .inventory = &all };

	expect_taken(&world, &of,
		     "virtual port vport-7:0-1, whose WWNN is another "
		     "(0x5001438000000000)");
}

static void test_wwn_is_obstructed_by_another_machine(void **state)
{
	char name[] = "web01";
	const struct vhba_config of = { .name = name, .wwpn = WWPN, .wwnn = WWNN };
	struct inventory other = inventory(1, 0, 2);
	const struct wwn_world world = { .inventory = &other };

	expect_taken(&world, &of,
		     "remote port rport-7:0-2 (Online), which host7 sees in the fabric");
	/* Gone from the fabric: the kernel only remembers it. */
	rports[1].state = PORT_NOT_PRESENT;
	expect_taken(&world, &of, NULL);
	rports[1].state = PORT_ONLINE;
}

static void test_wwn_is_obstructed_by_another_vhba_that_is_up(void **state)
{
	char name[] = "web01", other[] = "web02";
	const struct vhba_config of = { .name = name, .wwpn = WWPN, .wwnn = WWNN };
	struct inventory all = inventory(2, 1, 0);
	const struct vhba_config other_node = { .name = name,
						.wwpn = WWPN,
						.wwnn = FREE };
	struct vhba_state up = { .name = other, .wwpn = WWPN, .wwnn = WWNN };
	const struct wwn_world world = { .states = &up,
					 .n_states = 1,
					 .inventory = &all };

	expect_taken(&world, &of, "vHBA 'web02', which is up");
	/* Its own: a restart gives it the WWNN of the file. */
	up.name = name;
	expect_taken(&world, &of, NULL);
	expect_taken(&world, &other_node, NULL);
}

static void test_wwn_is_obstructed_never_of_type_hba(void **state)
{
	char name[] = "port0";
	const struct vhba_config of = { .name = name, .type = VHBA_HBA, .wwpn = HBA };
	struct inventory all = inventory(2, 1, 1);
	const struct wwn_world world = { .inventory = &all };

	expect_taken(&world, &of, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_wwn_is_used_by_configuration),
		cmocka_unit_test(test_wwn_is_used_by_what_is_up),
		cmocka_unit_test(test_wwn_is_used_by_ports),
		cmocka_unit_test(test_wwn_is_used_but_by_itself),
		cmocka_unit_test(test_wwn_is_obstructed_by_a_physical_port),
		cmocka_unit_test(test_wwn_is_obstructed_not_by_its_own_port),
		cmocka_unit_test(test_wwn_is_obstructed_by_another_wwnn),
		cmocka_unit_test(test_wwn_is_obstructed_by_another_machine),
		cmocka_unit_test(test_wwn_is_obstructed_by_another_vhba_that_is_up),
		cmocka_unit_test(test_wwn_is_obstructed_never_of_type_hba),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
