// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of what is on a LUN, and by what devices it can be used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/sysmacros.h>

#include "run-fixture.h"
#include "block/tree.h"
#include "block/dm-map.h"
#include "fc/sysfs.h"
#include "tree-fixture.h"

/* What device-mapper says of the map; NULL: it gives no answer. */
static const char *map_status;

int dm_map_read_status(dev_t map, char status[static DM_MAP_STATUS_SIZE])
{
	if (!map_status)
		return -ENOENT;
	(void)snprintf(status, DM_MAP_STATUS_SIZE, "%s", map_status);
	return 0;
}

static void read_lun(const char *root, uint32_t host, const struct fc_lun *lun,
		     struct block_tree *tree)
{
	int sysfs = sysfs_open_dir(AT_FDCWD, root);

	assert_true(sysfs >= 0);
	assert_int_equal(block_tree_add_lun(tree, sysfs, host, lun), 0);
	close(sysfs);
}

static const struct scsi_char *find_char(const struct block_tree *tree, const char *name)
{
	for (size_t i = 0; i < tree->n_chars; i++)
		if (streq(tree->chars[i].name, name))
			return &tree->chars[i];
	return NULL;
}

static void test_block_tree_add_lun_with_its_character_devices(void **state)
{
	const struct fc_lun lun = { .host = 2, .disk = "sda" };
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };

	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_file(*state, "class/scsi_device/2:0:0:0/device/scsi_generic/sg3/dev",
		 "21:3\n");
	put_file(*state, "class/scsi_device/2:0:0:0/device/bsg/2:0:0:0/dev", "240:5\n");
	read_lun(*state, 2, &lun, &tree);
	assert_int_equal(tree.n, 1);
	assert_int_equal(tree.n_chars, 2);
	assert_string_equal(find_char(&tree, "sg3")->unit, "sda");
	assert_true(find_char(&tree, "sg3")->device == makedev(21, 3));
	assert_true(find_char(&tree, "bsg/2:0:0:0")->device == makedev(240, 5));
}

static void test_block_tree_add_lun_without_a_disk(void **state)
{
	const struct fc_lun lun = { .host = 2, .kernel_lun = 5 };
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };

	put_file(*state, "class/scsi_device/2:0:0:5/device/scsi_tape/st0/dev", "9:0\n");
	put_file(*state, "class/scsi_device/2:0:0:5/device/scsi_tape/nst0a/dev",
		 "9:224\n");
	put_file(*state, "class/scsi_device/2:0:0:5/device/scsi_changer/sch0/dev",
		 "86:0\n");
	read_lun(*state, 2, &lun, &tree);
	assert_int_equal(tree.n, 0);
	assert_int_equal(tree.n_chars, 3);
	assert_string_equal(find_char(&tree, "nst0a")->unit, "2:0:0:5");
	assert_non_null(find_char(&tree, "st0"));
	assert_non_null(find_char(&tree, "sch0"));
}

static void test_block_tree_add_lun_that_is_gone(void **state)
{
	const struct fc_lun lun = { .host = 2, .disk = "sda" };
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };

	read_lun(*state, 2, &lun, &tree);
	assert_int_equal(tree.n, 0);
	assert_int_equal(tree.n_chars, 0);
}

/* Without an answer of device-mapper no path is known to work. */
static void test_block_tree_map_with_another_path(void **state)
{
	const struct fc_lun lun = { .host = 2, .disk = "sda" };
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };

	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", false);
	read_lun(*state, 2, &lun, &tree);
	assert_int_equal(tree.n, 2);
	assert_int_equal(tree.nodes[1].kind, BLOCK_MAP);
	assert_false(tree.nodes[1].has_others);
	assert_true(tree.nodes[1].may_recover);
}

static void test_block_tree_map_of_one_path(void **state)
{
	const struct fc_lun lun = { .host = 2, .disk = "sda" };
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };

	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", true);
	read_lun(*state, 2, &lun, &tree);
	assert_int_equal(tree.n, 2);
	assert_false(tree.nodes[1].has_others);
	assert_false(tree.nodes[1].may_recover);
}

/* A path that stays takes no map down with it, so nothing may be left out for another path's sake. */
static void test_block_tree_map_that_another_path_keeps(void **state)
{
	const struct fc_lun lun = { .host = 2, .disk = "sda" };
	_cleanup_(block_tree_done) struct block_tree leaving = { 0 }, staying = { 0 };

	put_map(*state);
	put_disk(*state, "sda", 2, "vport-1:0-0", false);
	put_disk(*state, "sdb", 3, "vport-1:0-1", false);
	put_link(*state, "devices/virtual/block/dm-0/holders/dm-1", "nowhere");
	put_file(*state, "class/block/dm-1/dev", "4095:1048574\n");
	map_status = "2 0 0 0 1 1 A 0 1 2 8:16 A 0 0 1 ";
	read_lun(*state, 2, &lun, &leaving);
	read_lun(*state, HOST_NONE, &lun, &staying);
	map_status = NULL;
	assert_int_equal(leaving.n, 2);
	assert_true(leaving.nodes[1].has_others);
	assert_int_equal(staying.n, 3);
	assert_false(staying.nodes[1].has_others);
	assert_string_equal(staying.nodes[2].name, "dm-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_block_tree_add_lun_with_its_character_devices, run_setup,
			run_teardown),
		cmocka_unit_test_setup_teardown(test_block_tree_add_lun_without_a_disk,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(test_block_tree_add_lun_that_is_gone,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(test_block_tree_map_with_another_path,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(test_block_tree_map_of_one_path,
						run_setup, run_teardown),
		cmocka_unit_test_setup_teardown(
			test_block_tree_map_that_another_path_keeps, run_setup,
			run_teardown),
	};

	return cmocka_run_group_tests_name("block-tree", tests, NULL, NULL);
}
