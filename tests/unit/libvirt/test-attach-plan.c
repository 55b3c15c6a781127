// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a guest gets and gives back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/attach-plan.h"

/* Texts of disks are the test's own: nothing of a guest here is freed. */
#define TEXT(text) ((char[]){ text })

/* A LUN of pool web that the guest has, and a disk of its own. */
#define OURS(_number, _target, ...)                                              \
	{                                                                        \
		.alias = TEXT("ua-npiv-web-" #_number), .target = TEXT(_target), \
		.has_place = true, .unit = _number, __VA_ARGS__                  \
	}
#define OTHER(_target, ...)                          \
	{                                            \
		.target = TEXT(_target), __VA_ARGS__ \
	}

/* What is to be done, one line a step. */
static void expect_plan(struct attach_disk *disks, size_t n,
			const struct attach_lun *luns, size_t n_luns,
			const char *expected)
{
	struct attach_guest guest = { .disks = disks, .n = n, .controller = 2 };
	struct attach_plan plan;
	char text[1024] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	attach_recognize(&guest, "web");
	assert_int_equal(attach_plan_build("web", &guest, luns, n_luns, &plan), 0);
	for (size_t i = 0; i < plan.n; i++) {
		const struct attach_step *step = &plan.steps[i];

		if (step->detach)
			fprintf(out, "- %s\n", step->detach->target);
		else if (step->has_place)
			fprintf(out, "+ %s %s %s %u:%u:%u\n", step->alias, step->target,
				guest_device_to_string(step->device), step->controller,
				step->target_id, step->unit);
		else
			fprintf(out, "+ %s %s\n", step->alias, step->target);
	}
	fprintf(out, "%zu kept\n", plan.n_kept);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
	attach_plan_done(&plan);
}

static const struct attach_lun luns[] = {
	{ .number = 0, .device = "sda" },
	{ .number = 3, .device = "dm-1", .is_map = true },
};

static void test_attach_plan_build_all_to_an_empty_guest(void **state)
{
	expect_plan(NULL, 0, luns, ARRAY_SIZE(luns),
		    "+ ua-npiv-web-0 sda lun 2:0:0\n"
		    "+ ua-npiv-web-3 sdb disk 2:0:3\n"
		    "0 kept\n");
}

static void test_attach_plan_build_twice_does_nothing(void **state)
{
	struct attach_disk disks[] = { OURS(0, "sda"), OURS(3, "sdb") };

	expect_plan(disks, 2, luns, ARRAY_SIZE(luns), "2 kept\n");
}

static void test_attach_plan_build_goes_around_what_is_there(void **state)
{
	/* A disk of the guest's own has the first name and the place of LUN 0; a host device without
	 * a name that of LUN 3 behind the next target; another controller is another matter. */
	struct attach_disk disks[] = {
		OTHER("sda", .has_place = true, .controller = 2),
		{ .has_place = true, .controller = 2, .unit = 3 },
		OTHER("sdc", .has_place = true, .controller = 1, .target_id = 1),
		OTHER("vda", .alias = TEXT("virtio-disk0"), .has_place = false),
	};

	expect_plan(disks, ARRAY_SIZE(disks), luns, ARRAY_SIZE(luns),
		    "+ ua-npiv-web-0 sdb lun 2:1:0\n"
		    "+ ua-npiv-web-3 sdd disk 2:1:3\n"
		    "0 kept\n");
}

static void test_attach_plan_build_two_pools_share_a_guest(void **state)
{
	struct attach_disk disks[] = { {
		.alias = TEXT("ua-npiv-data-0"),
		.target = TEXT("sda"),
		.has_place = true,
		.controller = 2,
		.is_lost = true, /* which is for the other pool to see to */
	} };

	expect_plan(disks, 1, luns, 1, "+ ua-npiv-web-0 sdb lun 2:1:0\n0 kept\n");
}

static void test_attach_plan_build_leaves_the_guests_own_disks(void **state)
{
	struct attach_disk disks[] = { OTHER("vda", .device = "dm-1"),
				       OTHER("vdb", .device = "sdx") };

	expect_plan(disks, 2, luns, ARRAY_SIZE(luns),
		    "+ ua-npiv-web-0 sda lun 2:0:0\n0 kept\n");
}

static void test_attach_plan_build_what_is_gone_goes_first(void **state)
{
	struct attach_disk disks[] = { OURS(0, "sda", .is_lost = true), OURS(3, "sdb"),
				       OURS(7, "sdc", .is_lost = true) };

	/* LUN 0 is there again, as another disk. */
	expect_plan(disks, 3, luns, ARRAY_SIZE(luns),
		    "- sda\n- sdc\n+ ua-npiv-web-0 sdd lun 2:0:0\n1 kept\n");
	expect_plan(disks, 3, NULL, 0, "- sda\n- sdc\n1 kept\n");
}

static void test_attach_plan_build_without_a_place(void **state)
{
	static const struct attach_lun high = { .number = GUEST_UNIT_MAX + 1,
						.device = "sda" };

	expect_plan(NULL, 0, &high, 1, "+ ua-npiv-web-16384 sda\n0 kept\n");
}

static void test_attach_alias_of_each_pool_is_its_own(void **state)
{
	static const char *const pools[] = {
		"web",	 "web-1", "web.1", "web_1", "web_d1",
		"web__", "web_",  "web.",  "1",	    "web-1-2"
	};
	char alias[ATTACH_ALIAS_SIZE], longest[NPIV_NAME_MAX + 1];
	uint64_t number;

	for (size_t i = 0; i < ARRAY_SIZE(pools); i++) {
		(void)attach_alias_format(pools[i], 12, alias);
		assert_int_equal(strspn(alias, "abcdefghijklmnopqrstuvwxyz0123456789_-"),
				 strlen(alias));
		for (size_t k = 0; k < ARRAY_SIZE(pools); k++)
			assert_int_equal(attach_alias_parse(alias, pools[k], &number),
					 k == i ? 0 : -EINVAL);
		assert_int_equal(attach_alias_parse(alias, pools[i], &number), 0);
		assert_int_equal(number, 12);
	}
	memset(longest, '_', NPIV_NAME_MAX);
	longest[NPIV_NAME_MAX] = '\0';
	(void)attach_alias_format(longest, UINT64_MAX, alias);
	assert_int_equal(attach_alias_parse(alias, longest, &number), 0);
	assert_true(number == UINT64_MAX);
}

static void test_attach_alias_parse_what_is_none(void **state)
{
	static const char *const texts[] = { "",
					     "scsi0-0-0-0",
					     "ua-npiv-web",
					     "ua-npiv-web-",
					     "ua-npiv-web-x",
					     "ua-web-1",
					     "ua-npiv-web-1-2" };
	uint64_t number;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(attach_alias_parse(texts[i], "web", &number), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attach_plan_build_all_to_an_empty_guest),
		cmocka_unit_test(test_attach_plan_build_twice_does_nothing),
		cmocka_unit_test(test_attach_plan_build_goes_around_what_is_there),
		cmocka_unit_test(test_attach_plan_build_two_pools_share_a_guest),
		cmocka_unit_test(test_attach_plan_build_leaves_the_guests_own_disks),
		cmocka_unit_test(test_attach_plan_build_what_is_gone_goes_first),
		cmocka_unit_test(test_attach_plan_build_without_a_place),
		cmocka_unit_test(test_attach_alias_of_each_pool_is_its_own),
		cmocka_unit_test(test_attach_alias_parse_what_is_none),
	};

	return cmocka_run_group_tests_name("attach-plan", tests, NULL, NULL);
}
