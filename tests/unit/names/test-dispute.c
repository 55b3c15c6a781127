// SPDX-License-Identifier: LGPL-2.1-or-later
/* Disputed names, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/dispute.h"

/* Parses a claim and says it in words; the caller frees them. */
static char *rendered(const char *claim_text)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(claim_parse(claim_text, strlen(claim_text), &claim), 0);
	dispute_print_claimants(&claim, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_dispute_print_by_logical_unit(void **state)
{
	_cleanup_free_ char *text =
		rendered("naa.1\nsda 1 naa.1\nsdc 3 naa.2\nsdb 2 naa.1\n");

	assert_string_equal(text, "naa.1 (sda, sdb), naa.2 (sdc)");
}

static void test_dispute_print_pinned_to_what_is_gone(void **state)
{
	_cleanup_free_ char *text = rendered("naa.1\nsdc 3 naa.2\n");

	assert_string_equal(text,
			    "naa.2 (sdc), naa.1 (gone, but the name still means it)");
}

static void test_dispute_print_without_a_pin(void **state)
{
	_cleanup_free_ char *text = rendered("-\nsda 1 naa.1\nsdc 3 naa.2\n");

	assert_string_equal(text, "naa.1 (sda), naa.2 (sdc)");
}

static void test_dispute_print_one_wwid_of_two_arrays(void **state)
{
	_cleanup_free_ char *text = rendered("naa.1\tACME\tDisk\t7\t1073741824\n"
					     "sda 1 naa.1\tACME\tDisk\t7\t1073741824\n"
					     "sdb 2 naa.1\tEVIL\tLIO\t\t1073741824\n");
	_cleanup_free_ char *size = rendered("naa.1\tACME\tDisk\t7\t1073741824\n"
					     "sda 1 naa.1\tACME\tDisk\t7\t1073741824\n"
					     "sdb 2 naa.1\tACME\tDisk\t7\t2147483648\n");

	assert_string_equal(text, "naa.1, ACME Disk, serial number 7 (sda), "
				  "naa.1, EVIL LIO (sdb)");
	assert_string_equal(size, "naa.1, 1G (sda), naa.1, 2G (sdb)");
}

/* A map knows no size. */
static void test_dispute_print_a_map_with_its_paths(void **state)
{
	_cleanup_free_ char *text = rendered("naa.1\tACME\tDisk\t7\t1073741824\n"
					     "sda 1 naa.2\tACME\tDisk\t8\t1073741824\n"
					     "dm-0 2 naa.1\tACME\tDisk\t7\n"
					     "dm-1 3 naa.2\tACME\tDisk\t8\n");
	_cleanup_free_ char *sizes = rendered("-\n"
					      "dm-0 1 naa.1\tACME\tDisk\t7\n"
					      "sda 2 naa.1\tACME\tDisk\t7\t1073741824\n"
					      "sdb 3 naa.1\tACME\tDisk\t7\t2147483648\n");

	assert_string_equal(text, "naa.2 (sda, dm-1), naa.1 (dm-0)");
	assert_string_equal(sizes, "naa.1 (dm-0), naa.1, 1G (sda), naa.1, 2G (sdb)");
}

static void test_dispute_print_with_the_name(void **state)
{
	static const char text[] = "naa.1\nsdb 2 naa.2\n";
	_cleanup_(claim_done) struct claim claim = { 0 };
	struct name_conflict conflict = { .link = "p/0" };
	_cleanup_free_ char *words = NULL;
	size_t size;
	FILE *out = open_memstream(&words, &size);

	assert_non_null(out);
	assert_int_equal(claim_parse(text, strlen(text), &claim), 0);
	conflict.claim = claim;
	dispute_print(&conflict, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(words, "p/0 is claimed by naa.2 (sdb), "
				   "naa.1 (gone, but the name still means it)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dispute_print_by_logical_unit),
		cmocka_unit_test(test_dispute_print_pinned_to_what_is_gone),
		cmocka_unit_test(test_dispute_print_without_a_pin),
		cmocka_unit_test(test_dispute_print_one_wwid_of_two_arrays),
		cmocka_unit_test(test_dispute_print_a_map_with_its_paths),
		cmocka_unit_test(test_dispute_print_with_the_name),
	};

	return cmocka_run_group_tests_name("dispute", tests, NULL, NULL);
}
