// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the paths of a map have in common. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/naming.h"

#define TARGET 0x500a09868607c1f6U

static char pool_name[] = "web01", other_pool[] = "db";
static char vhba_name[] = "web01-a", other_name[] = "web01-b";

static char wwid[] = "naa.6001405aabbccdd", other_wwid[] = "naa.2";
static char traits[] = "ACME\tRAID 5\t7", other_traits[] = "EVIL\tLIO\t7", nothing[] = "";

static const struct vhba_state vhba = { .name = vhba_name, .pool = pool_name };

static struct path_set compare(const struct map_path *paths, size_t n)
{
	struct path_set set;

	path_set_compare(paths, n, &set);
	return set;
}

static void test_path_set_compare_two_fabrics(void **state)
{
	struct vhba_state other = vhba;
	struct map_path paths[] = {
		{ &vhba, 5, TARGET, wwid, wwid, traits },
		{ &other, 5, TARGET + 1, wwid, wwid, traits },
	};
	struct path_set set;

	other.name = other_name;
	set = compare(paths, 2);
	assert_true(set.is_one_unit);
	assert_true(set.is_one_lun);
	assert_false(set.is_one_vhba);
	assert_false(set.is_one_target);
	assert_ptr_equal(set.first, &paths[0]);
}

static void test_path_set_compare_two_pools_or_units_are_not_one(void **state)
{
	struct vhba_state other = vhba;
	struct map_path pools[] = {
		{ &vhba, 5, TARGET, wwid, wwid, traits },
		{ &other, 5, TARGET, wwid, wwid, traits },
	};
	struct map_path units[] = {
		{ &vhba, 5, TARGET, wwid, wwid, traits },
		{ &vhba, 5, TARGET, other_wwid, other_wwid, traits },
	};

	other.pool = other_pool;
	assert_false(compare(pools, 2).is_one_unit);
	assert_false(compare(units, 2).is_one_unit);
}

static void test_path_set_compare_one_wwid_of_two_arrays_is_not_one(void **state)
{
	struct map_path paths[] = {
		{ &vhba, 5, TARGET, wwid, wwid, traits },
		{ &vhba, 5, TARGET + 1, wwid, wwid, nothing },
		{ &vhba, 5, TARGET + 2, wwid, wwid, other_traits },
	};

	assert_true(compare(paths, 2).is_one_unit);
	assert_true(compare(paths + 1, 2).is_one_unit);
	assert_false(compare(paths, 3).is_one_unit);
	paths[0].traits = nothing;
	paths[1].traits = traits;
	assert_false(compare(paths, 3).is_one_unit);
}

static void test_path_set_compare_two_numbers_of_one_unit(void **state)
{
	struct map_path paths[] = {
		{ &vhba, 5, TARGET, wwid, wwid, traits },
		{ &vhba, 6, TARGET, wwid, wwid, traits },
	};

	assert_true(compare(paths, 2).is_one_unit);
	assert_false(compare(paths, 2).is_one_lun);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_set_compare_two_fabrics),
		cmocka_unit_test(test_path_set_compare_two_pools_or_units_are_not_one),
		cmocka_unit_test(test_path_set_compare_one_wwid_of_two_arrays_is_not_one),
		cmocka_unit_test(test_path_set_compare_two_numbers_of_one_unit),
	};

	return cmocka_run_group_tests_name("path-set", tests, NULL, NULL);
}
