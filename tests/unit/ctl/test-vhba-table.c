// SPDX-License-Identifier: LGPL-2.1-or-later
/* Every vHBA there is, put together from three sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ctl/vhba-table.h"

#define PARENT 0x21000024ff543210U
#define MINE   0x50014c5000000001U
#define OTHERS 0x50014c50000000ffU

static char name_a[] = "a", name_b[] = "b", pool[] = "shared";

static struct fc_port ports[] = {
	{ .host = 7, .wwpn = PARENT, .state = PORT_ONLINE, .parent_host = HOST_NONE },
	{ .host = 8,
	  .wwpn = MINE,
	  .state = PORT_ONLINE,
	  .is_vport = true,
	  .parent_host = 7 },
	{ .host = 9,
	  .wwpn = OTHERS,
	  .state = PORT_ONLINE,
	  .is_vport = true,
	  .parent_host = 7 },
};

static struct fc_vport vports[] = {
	{ .parent_host = 7, .host = 8, .wwpn = MINE, .state = VPORT_ACTIVE },
	{ .parent_host = 7, .host = 9, .wwpn = OTHERS, .state = VPORT_LINKDOWN },
};

/* Two paths to LUN 0, one to LUN 1, a tape, and the parent's own. */
static struct fc_lun luns[] = {
	{ .host = 7, .lun = 0, .disk = "sda" },
	{ .host = 8, .lun = 0, .disk = "sdb" },
	{ .host = 8, .lun = 0, .disk = "sdc" },
	{ .host = 8, .lun = 1, .disk = "sdd" },
	{ .host = 8, .lun = 2, .type = 1 },
	{ .host = 8, .lun = 3 }, /* without a disk */
};

static const struct inventory inventory = {
	.ports = ports,
	.n_ports = ARRAY_SIZE(ports),
	.vports = vports,
	.n_vports = ARRAY_SIZE(vports),
	.luns = luns,
	.n_luns = ARRAY_SIZE(luns),
};

static struct vhba_table build(struct vhba_config *vhbas, size_t n_vhbas,
			       const struct vhba_state *states, size_t n_states)
{
	const struct config config = { .vhbas = vhbas, .n_vhbas = n_vhbas };
	struct vhba_table table;

	assert_int_equal(vhba_table_build(&config, states, n_states, &inventory, &table),
			 0);
	return table;
}

static void test_vhba_table_build_what_is_up(void **state)
{
	struct vhba_config config = {
		.name = name_a,
		.pool = pool,
		.wwpn = MINE,
		.min_luns = 3,
		.parent.host = -1,
	};
	const struct vhba_state up = { .name = name_a, .pool = pool, .wwpn = MINE };
	_cleanup_(vhba_table_done) struct vhba_table table = build(&config, 1, &up, 1);
	const struct vhba_row *row = table.rows;

	assert_int_equal(table.n, 2);
	assert_string_equal(row->name, "a");
	assert_ptr_equal(row->vport, &vports[0]);
	assert_ptr_equal(row->port, &ports[1]);
	assert_true(row->parent_wwpn == PARENT);
	assert_int_equal(row->luns_found, 2);
	assert_int_equal(row->luns_expected, 3);
	assert_string_equal(vhba_row_state(row), "Active");
}

static void test_vhba_table_build_unmanaged_vports_come_last(void **state)
{
	const struct vhba_state up = { .name = name_b, .pool = pool, .wwpn = MINE };
	_cleanup_(vhba_table_done) struct vhba_table table = build(NULL, 0, &up, 1);

	assert_int_equal(table.n, 2);
	assert_string_equal(table.rows[0].name, "b"); /* no longer configured */
	assert_null(table.rows[0].config);
	assert_null(table.rows[1].name);
	assert_true(table.rows[1].wwpn == OTHERS);
	assert_string_equal(vhba_row_state(&table.rows[1]), "Linkdown");
	assert_false(vhba_row_matches(&table.rows[1], "b"));
}

static void test_vhba_table_build_absent_and_missing(void **state)
{
	struct vhba_config configs[] = {
		{ .name = name_b,
		  .pool = name_b,
		  .wwpn = 2,
		  .parent = { .wwpn = 5, .host = -1 } },
		{ .name = name_a, .pool = name_a, .wwpn = 1, .parent.host = -1 },
	};
	const struct vhba_state up = { .name = name_a, .pool = pool, .wwpn = 1 };
	_cleanup_(vhba_table_done) struct vhba_table table = build(configs, 2, &up, 1);

	assert_string_equal(table.rows[0].name, "a");
	assert_string_equal(vhba_row_state(&table.rows[0]), "Missing");
	assert_string_equal(table.rows[0].pool, "shared"); /* as it came up */
	assert_string_equal(vhba_row_state(&table.rows[1]), "Absent");
	assert_true(table.rows[1].parent_wwpn == 5);
}

static void test_vhba_table_build_physical_hba(void **state)
{
	struct vhba_config config = {
		.name = name_a,
		.pool = pool,
		.type = VHBA_HBA,
		.wwpn = PARENT,
		.parent.host = -1,
	};
	_cleanup_(vhba_table_done) struct vhba_table table = build(&config, 1, NULL, 0);

	assert_ptr_equal(table.rows[0].port, &ports[0]);
	assert_null(table.rows[0].vport);
	assert_int_equal(table.rows[0].luns_found, 1);
	assert_string_equal(vhba_row_state(&table.rows[0]), "Online");
}

/* A second port of its WWPN is a row of its own. */
static void test_vhba_table_build_one_wwpn_twice(void **state)
{
	struct vhba_config config = {
		.name = name_a,
		.pool = pool,
		.wwpn = OTHERS,
		.parent.host = -1,
	};
	const struct vhba_state up = { .name = name_a,
				       .pool = pool,
				       .wwpn = OTHERS,
				       .parent_wwpn = PARENT };
	_cleanup_(vhba_table_done) struct vhba_table table = { 0 };

	vports[0].wwpn = OTHERS;
	vports[0].parent_host = 6;
	table = build(&config, 1, &up, 1);
	vports[0].wwpn = MINE;
	vports[0].parent_host = 7;
	assert_int_equal(table.n, 2);
	assert_ptr_equal(table.rows[0].vport, &vports[1]);
	assert_ptr_equal(table.rows[0].port, &ports[2]);
	assert_null(table.rows[1].name);
	assert_ptr_equal(table.rows[1].vport, &vports[0]);
}

static void test_vhba_table_row_matches(void **state)
{
	const struct vhba_row row = { .name = "a", .pool = "shared" };

	assert_true(vhba_row_matches(&row, "a"));
	assert_true(vhba_row_matches(&row, "shared"));
	assert_false(vhba_row_matches(&row, "b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vhba_table_build_what_is_up),
		cmocka_unit_test(test_vhba_table_build_unmanaged_vports_come_last),
		cmocka_unit_test(test_vhba_table_build_absent_and_missing),
		cmocka_unit_test(test_vhba_table_build_physical_hba),
		cmocka_unit_test(test_vhba_table_build_one_wwpn_twice),
		cmocka_unit_test(test_vhba_table_row_matches),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
