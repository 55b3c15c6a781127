// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the count of LUNs against what is wanted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/readiness.h"

#define MAX_LUNS 16

struct fixture {
	struct fc_lun luns[MAX_LUNS];
	enum lun_readiness readiness[MAX_LUNS];
	struct inventory inventory;
};

static void add(struct fixture *f, uint64_t lun, enum lun_readiness readiness,
		const char *wwid)
{
	size_t n = f->inventory.n_luns++;

	assert_true(n < MAX_LUNS);
	f->luns[n] = (struct fc_lun){ .host = 8, .kernel_lun = lun, .lun = lun };
	(void)snprintf(f->luns[n].wwid, sizeof(f->luns[n].wwid), "%s", wwid);
	f->readiness[n] = readiness;
	f->inventory.luns = f->luns;
}

static void judge(struct fixture *f, const char *wanted, unsigned min_luns,
		  struct lun_summary *ret)
{
	struct lun_set luns = { 0 };
	struct lun_numbers numbers;

	if (wanted)
		assert_int_equal(lun_set_parse(wanted, &luns), 0);
	assert_int_equal(lun_numbers_count(&f->inventory, f->readiness, 8, &numbers), 0);
	lun_numbers_summarize(&numbers, &luns, min_luns, ret);
	lun_numbers_done(&numbers);
	lun_set_done(&luns);
}

static void test_lun_numbers_summarize_nothing_there(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_NO_LUNS);
	judge(&f, "0-3", 0, &v);
	assert_int_equal(v.stage, STAGE_NO_LUNS);
	assert_int_equal(v.n_wanted, 4);
}

static void test_lun_numbers_summarize_any_usable_is_ready(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 4, LUN_USABLE, "naa.1");
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	assert_int_equal(v.n_usable, 1);
}

static void test_lun_numbers_summarize_without_wanted_all_must_be_done(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 1, LUN_USABLE, "naa.1");
	add(&f, 5, LUN_IN_UDEV, "naa.5");
	add(&f, 4, LUN_IN_UDEV, "naa.4");
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	assert_string_equal(v.detail, "LUNs 4-5 have no links yet");
}

static void test_lun_numbers_summarize_half_linked_leads_but_is_not_usable(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 1, LUN_HALF_LINKED, "naa.2");
	add(&f, 2, LUN_IN_UDEV, "naa.3");
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	assert_string_equal(v.detail, "LUNs 1-2 have no links yet");
	assert_int_equal(v.n_usable, 1);
	assert_int_equal(v.n_leading, 2);
}

static void test_lun_numbers_summarize_missing_numbers_are_named(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	for (uint64_t lun = 0; lun < 3; lun++)
		add(&f, lun, LUN_USABLE, "naa.1");
	judge(&f, "0-2,4,7-9", 0, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);
	assert_string_equal(v.detail, "3 of 7, missing 4,7-9");
	/* Those of several levels as they were written, and none as a range. */
	judge(&f, "0-2,0x4010401f00000000,0x4011401f00000000", 0, &v);
	assert_string_equal(v.detail, "3 of 5, missing 1075789840 (0x4010401f00000000),"
				      "1075789841 (0x4011401f00000000)");
}

static void test_lun_numbers_summarize_wanted_are_enough(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 1, LUN_IN_UDEV, "naa.2");
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	judge(&f, "0-1", 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	assert_string_equal(v.detail, "LUN 1 has no link yet");
}

static void test_lun_numbers_summarize_min_luns(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 1, LUN_USABLE, "naa.2");
	add(&f, 2, LUN_NO_MAP, "naa.3");
	judge(&f, NULL, 2, &v);
	assert_int_equal(v.stage, STAGE_READY);
	judge(&f, NULL, 3, &v);
	assert_int_equal(v.stage, STAGE_MULTIPATH_PENDING);
	judge(&f, NULL, 4, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);
	assert_string_equal(v.detail, "2 of at least 4");
}

static void test_lun_numbers_summarize_luns_and_min_luns(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	judge(&f, "0", 2, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);
	add(&f, 9, LUN_USABLE, "naa.9");
	judge(&f, "0", 2, &v);
	assert_int_equal(v.stage, STAGE_READY);
}

static void
test_lun_numbers_summarize_one_usable_path_is_enough_for_a_wanted_number(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 0, LUN_IN_UDEV, "naa.1");
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	assert_int_equal(v.n_seen, 1);
	assert_int_equal(v.n_usable_paths, 1);
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	f.readiness[1] = LUN_USABLE;
	judge(&f, "0", 0, &v);
	assert_int_equal(v.n_usable, 1);
	assert_int_equal(v.n_usable_paths, 2);
}

static void test_lun_numbers_summarize_ambiguous_fails_where_it_is_wanted(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 3, LUN_AMBIGUOUS, "naa.2");
	add(&f, 3, LUN_AMBIGUOUS, "naa.3");
	judge(&f, "0,3", 0, &v);
	assert_int_equal(v.stage, STAGE_NAME_AMBIGUOUS);
	assert_string_equal(v.detail, "LUN 3 is naa.2 and naa.3");
	assert_int_equal(v.n_usable, 1);
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_NAME_AMBIGUOUS);
	judge(&f, NULL, 1, &v);
	assert_int_equal(v.stage, STAGE_NAME_AMBIGUOUS);
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	judge(&f, "0,4", 0, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);
}

static void
test_lun_numbers_summarize_two_units_are_not_ready_before_udev_says_so(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.2");
	add(&f, 0, LUN_IN_UDEV, "naa.3");
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	assert_int_equal(v.n_usable, 0);
	assert_int_equal(v.n_usable_paths, 0);
	f.readiness[1] = LUN_WITHHELD; /* and the other is to hear of it */
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	assert_int_equal(v.n_usable, 0);
	f.readiness[1] = LUN_AMBIGUOUS;
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_NAME_AMBIGUOUS);
	assert_string_equal(v.detail, "LUN 0 is naa.2 and naa.3");
	assert_int_equal(v.n_usable, 0);
}

static void test_lun_numbers_summarize_units_with_aliases_dispute_no_number(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_WITHHELD, "naa.2");
	add(&f, 0, LUN_WITHHELD, "naa.3");
	add(&f, 1, LUN_WITHHELD, "naa.4"); /* disputed by another vHBA's */
	judge(&f, "0-1", 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	assert_int_equal(v.n_usable, 2);
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	add(&f, 0, LUN_AMBIGUOUS, "naa.5");
	judge(&f, "0-1", 0, &v);
	assert_int_equal(v.stage, STAGE_NAME_AMBIGUOUS);
}

static void test_lun_numbers_summarize_one_wwid_of_two_arrays(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 0, LUN_IN_UDEV, "naa.1");
	(void)snprintf(f.luns[0].vendor, sizeof(f.luns[0].vendor), "ACME");
	(void)snprintf(f.luns[1].vendor, sizeof(f.luns[1].vendor), "EVIL");
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_LINKS_PENDING);
	f.luns[1].vendor[0] = '\0';
	judge(&f, "0", 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
}

static void test_lun_numbers_summarize_no_disk_comes_before_missing(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_NO_DISK, "naa.1");
	judge(&f, "0-1", 0, &v);
	assert_int_equal(v.stage, STAGE_NO_BLOCK_DEVICE);
	assert_string_equal(v.detail, "LUN 0 has no disk that does I/O");
}

static void test_lun_numbers_count_other_hosts_and_no_disks_are_left_out(void **state)
{
	struct fixture f = { 0 };
	struct lun_summary v;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 1, LUN_NO_DISK, "");
	f.luns[1].type = 0x0d; /* an enclosure */
	add(&f, 2, LUN_USABLE, "naa.2");
	f.luns[2].host = 9;
	add(&f, 0xc101, LUN_NO_DISK, ""); /* REPORT LUNS */
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	assert_int_equal(v.n_seen, 1);
}

static void test_lun_numbers_count_what_no_driver_takes_is_left_out(void **state)
{
	struct fixture f = { 0 };
	struct lun_set luns = { 0 };
	struct lun_summary v;
	char text[128] = "";
	FILE *out;

	add(&f, 0, LUN_USABLE, "naa.1");
	add(&f, 31, LUN_NO_DISK, "");
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_NO_BLOCK_DEVICE);
	f.luns[1].is_undriven = true;
	(void)snprintf(f.luns[1].vendor, sizeof(f.luns[1].vendor), "IBM");
	(void)snprintf(f.luns[1].model, sizeof(f.luns[1].model), "Universal Xport");
	judge(&f, NULL, 0, &v);
	assert_int_equal(v.stage, STAGE_READY);
	assert_int_equal(v.n_seen, 1);
	judge(&f, "0,31", 0, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);

	/* A second path to it is told once. */
	add(&f, 31, LUN_NO_DISK, "");
	f.luns[2].is_undriven = true;
	out = fmemopen(text, sizeof(text), "w");
	assert_non_null(out);
	assert_int_equal(lun_print_undriven(&f.inventory, 8, NULL, out), 1);
	assert_int_equal(lun_print_undriven(&f.inventory, 9, NULL, out), 0);
	assert_int_equal(lun_set_parse("0-30", &luns), 0);
	assert_int_equal(lun_print_undriven(&f.inventory, 8, &luns, out), 0);
	lun_set_done(&luns);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "LUN 31 (IBM Universal Xport)");
}

static void test_lun_numbers_summarize_long_detail_is_cut(void **state)
{
	struct fixture f = { 0 };
	char wanted[2048] = "0", *p = wanted + 1;
	struct lun_summary v;

	for (unsigned lun = 2; lun < 800; lun += 2)
		if ((size_t)(p - wanted) < sizeof(wanted) - 8)
			p += snprintf(p, 8, ",%u", lun);
	add(&f, 0, LUN_USABLE, "naa.1");
	judge(&f, wanted, 0, &v);
	assert_int_equal(v.stage, STAGE_LUNS_MISSING);
	assert_true(strlen(v.detail) < sizeof(v.detail));
	assert_non_null(strstr(v.detail, "missing 2,4,6"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lun_numbers_summarize_nothing_there),
		cmocka_unit_test(test_lun_numbers_summarize_any_usable_is_ready),
		cmocka_unit_test(
			test_lun_numbers_summarize_without_wanted_all_must_be_done),
		cmocka_unit_test(
			test_lun_numbers_summarize_half_linked_leads_but_is_not_usable),
		cmocka_unit_test(test_lun_numbers_summarize_missing_numbers_are_named),
		cmocka_unit_test(test_lun_numbers_summarize_wanted_are_enough),
		cmocka_unit_test(test_lun_numbers_summarize_min_luns),
		cmocka_unit_test(test_lun_numbers_summarize_luns_and_min_luns),
		cmocka_unit_test(
			test_lun_numbers_summarize_one_usable_path_is_enough_for_a_wanted_number),
		cmocka_unit_test(
			test_lun_numbers_summarize_ambiguous_fails_where_it_is_wanted),
		cmocka_unit_test(
			test_lun_numbers_summarize_two_units_are_not_ready_before_udev_says_so),
		cmocka_unit_test(
			test_lun_numbers_summarize_units_with_aliases_dispute_no_number),
		cmocka_unit_test(test_lun_numbers_summarize_one_wwid_of_two_arrays),
		cmocka_unit_test(test_lun_numbers_summarize_no_disk_comes_before_missing),
		cmocka_unit_test(
			test_lun_numbers_count_other_hosts_and_no_disks_are_left_out),
		cmocka_unit_test(test_lun_numbers_count_what_no_driver_takes_is_left_out),
		cmocka_unit_test(test_lun_numbers_summarize_long_detail_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
