// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names of states, and look-ups in an inventory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/inventory.h"

static void test_port_state_names_go_both_ways(void **state)
{
	for (enum port_state port = 0; port < _PORT_STATE_MAX; port++)
		assert_int_equal(port_state_from_string(port_state_to_string(port)),
				 port);
	for (enum vport_state vport = 0; vport < _VPORT_STATE_MAX; vport++)
		assert_int_equal(vport_state_from_string(vport_state_to_string(vport)),
				 vport);
	assert_int_equal(port_state_from_string("online"), PORT_UNKNOWN);
	assert_int_equal(port_state_from_string(""), PORT_UNKNOWN);
	assert_int_equal(vport_state_from_string("Never Heard Of"), VPORT_UNKNOWN);
	assert_int_equal(vport_state_from_string("VPort Failed"), VPORT_FAILED);
}

static void test_inventory_look_ups(void **state)
{
	struct fc_port ports[] = { { .host = 3, .wwpn = 30 }, { .host = 8, .wwpn = 80 } };
	struct fc_vport vports[] = { { .wwpn = 80, .parent_host = 3 } };
	const struct inventory inventory = {
		.ports = ports,
		.n_ports = ARRAY_SIZE(ports),
		.vports = vports,
		.n_vports = ARRAY_SIZE(vports),
	};

	assert_ptr_equal(inventory_port_by_host(&inventory, 8), &ports[1]);
	assert_null(inventory_port_by_host(&inventory, 4));
	assert_null(inventory_port_by_host(&inventory, HOST_NONE));
	assert_ptr_equal(inventory_port_by_wwpn(&inventory, 80), &ports[1]);
	assert_null(inventory_port_by_wwpn(&inventory, 31));
	assert_ptr_equal(inventory_vport_by_wwpn(&inventory, 80), &vports[0]);
	assert_null(inventory_vport_by_wwpn(&inventory, 30));
}

static void test_inventory_lun_at(void **state)
{
	struct fc_lun luns[] = {
		{ .host = 8, .target = 1, .kernel_lun = 0, .wwid = "naa.1" },
		{ .host = 8, .target = 2, .kernel_lun = 0, .wwid = "naa.1" },
	};
	const struct inventory inventory = { .luns = luns, .n_luns = ARRAY_SIZE(luns) };
	const struct fc_lun same_place = { .host = 8, .target = 2, .wwid = "naa.2" };
	const struct fc_lun elsewhere = { .host = 8, .target = 2, .kernel_lun = 1 };

	assert_ptr_equal(inventory_lun_at(&inventory, &same_place), &luns[1]);
	assert_null(inventory_lun_at(&inventory, &elsewhere));
}

static void test_inventory_done_of_nothing(void **state)
{
	struct inventory inventory = { 0 };

	inventory_done(&inventory);
	assert_null(inventory_port_by_host(&inventory, 0));
}

static void test_inventory_of_host(void **state)
{
	struct fc_rport rports[] = { { .host = 3 }, { .host = 8 }, { .host = 8 } };
	struct fc_lun luns[] = { { .host = 8 }, { .host = 8, .lun = 1 }, { .host = 9 } };
	struct fc_port port = { .host = 3 };
	const struct inventory inventory = {
		.ports = &port,
		.n_ports = 1,
		.rports = rports,
		.n_rports = ARRAY_SIZE(rports),
		.luns = luns,
		.n_luns = ARRAY_SIZE(luns),
	};
	struct inventory view = inventory_of_host(&inventory, 8);

	assert_ptr_equal(view.ports, &port);
	assert_ptr_equal(view.rports, &rports[1]);
	assert_int_equal(view.n_rports, 2);
	assert_ptr_equal(view.luns, &luns[0]);
	assert_int_equal(view.n_luns, 2);
	view = inventory_of_host(&inventory, 3);
	assert_int_equal(view.n_rports, 1);
	assert_int_equal(view.n_luns, 0);
	view = inventory_of_host(&inventory, HOST_NONE);
	assert_int_equal(view.n_rports, 0);
	assert_int_equal(view.n_luns, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_port_state_names_go_both_ways),
		cmocka_unit_test(test_inventory_look_ups),
		cmocka_unit_test(test_inventory_of_host),
		cmocka_unit_test(test_inventory_lun_at),
		cmocka_unit_test(test_inventory_done_of_nothing),
	};

	return cmocka_run_group_tests_name("inventory", tests, NULL, NULL);
}
