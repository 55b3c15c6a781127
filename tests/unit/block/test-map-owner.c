// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of whose a multipath map is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run-fixture.h"
#include "block/map-owner.h"
#include "state/state-dir.h"
#include "fc/sysfs.h"
#include "tree-fixture.h"

/* The vHBA with this port is up in a pool. WWPN 2 is that of the first vport, 3 that of the second one. */
static void put_vhba(const char *run, const char *name, const char *pool, uint64_t wwpn)
{
	_cleanup_(vhba_state_done) struct vhba_state state = {
		.name = strdup(name),
		.pool = strdup(pool),
		.wwpn = wwpn,
		.wwnn = 1,
		.mode = -1,
	};

	(void)snprintf(state.vport, sizeof(state.vport), "vport-1:0-%d", (int)wwpn - 2);
	assert_int_equal(state_dir_write(run, &state), 1);
}

static bool is_of_pool(const char *root, const char *pool)
{
	int sysfs = sysfs_open_dir(AT_FDCWD, root);
	bool result;

	assert_true(sysfs >= 0);
	result = map_is_of_pool(sysfs, root, "dm-0", pool);
	close(sysfs);
	return result;
}

static void test_map_is_of_pool_by_all_its_paths(void **state)
{
	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", false);
	put_vhba(*state, "web-a", "web", 2);
	assert_false(is_of_pool(*state, "web")); /* nobody's path is in it */
	put_vhba(*state, "web-b", "web", 3);
	assert_true(is_of_pool(*state, "web"));
	assert_false(is_of_pool(*state, "db"));
}

static void test_map_is_of_pool_not_with_another_pools_path(void **state)
{
	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", false);
	put_vhba(*state, "web-a", "web", 2);
	put_vhba(*state, "db-a", "db", 3);
	assert_false(is_of_pool(*state, "web"));
	assert_false(is_of_pool(*state, "db"));
}

static void test_map_is_of_pool_not_with_a_path_of_another_kind(void **state)
{
	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_vhba(*state, "web-a", "web", 2);
	put_link(*state, "class/block/nvme0n1", "../../devices/pci/nvme0/nvme0n1");
	put_link(*state, "devices/virtual/block/dm-0/slaves/nvme0n1",
		 "../../../../../pci/nvme0/nvme0n1");
	assert_false(is_of_pool(*state, "web"));
}

static void test_map_is_of_pool_with_a_removed_path(void **state)
{
	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", true);
	put_vhba(*state, "web-a", "web", 2);
	assert_true(is_of_pool(*state, "web")); /* its vport is gone as well */
	put_file(*state, "class/fc_vports/vport-1:0-1/port_name", "0x3\n");
	assert_false(is_of_pool(*state, "web"));
	put_vhba(*state, "web-b", "web", 3);
	assert_true(is_of_pool(*state, "web"));
}

static void test_map_is_of_pool_not_with_a_removed_path_of_the_hba(void **state)
{
	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 1, NULL, true);
	put_vhba(*state, "web-a", "web", 2);
	assert_false(is_of_pool(*state, "web"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_map_is_of_pool_by_all_its_paths,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(
			test_map_is_of_pool_not_with_another_pools_path, run_setup,
			run_teardown),
		cmocka_unit_test_setup_teardown(
			test_map_is_of_pool_not_with_a_path_of_another_kind, run_setup,
			run_teardown),
		cmocka_unit_test_setup_teardown(test_map_is_of_pool_with_a_removed_path,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(
			test_map_is_of_pool_not_with_a_removed_path_of_the_hba, run_setup,
			run_teardown),
	};

	return cmocka_run_group_tests_name("map-owner", tests, NULL, NULL);
}
