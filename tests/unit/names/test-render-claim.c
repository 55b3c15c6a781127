// SPDX-License-Identifier: LGPL-2.1-or-later
/* Disputed names, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/render-claim.h"

/* Parses a claim and says it in words; the caller frees them. */
static char *rendered(const char *claim_text)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(claim_parse(claim_text, strlen(claim_text), &claim), 0);
	render_claim(&claim, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_render_claim_by_logical_unit(void **state)
{
	_cleanup_free_ char *text =
		rendered("naa.1\nsda 1 naa.1\nsdc 3 naa.2\nsdb 2 naa.1\n");

	assert_string_equal(text, "naa.1 (sda, sdb), naa.2 (sdc)");
}

static void test_render_claim_pinned_to_what_is_gone(void **state)
{
	_cleanup_free_ char *text = rendered("naa.1\nsdc 3 naa.2\n");

	assert_string_equal(text,
			    "naa.2 (sdc), naa.1 (gone, but the name still means it)");
}

static void test_render_claim_without_a_pin(void **state)
{
	_cleanup_free_ char *text = rendered("-\nsda 1 naa.1\nsdc 3 naa.2\n");

	assert_string_equal(text, "naa.1 (sda), naa.2 (sdc)");
}

static void test_render_claim_one_wwid_of_two_arrays(void **state)
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_render_claim_by_logical_unit),
		cmocka_unit_test(test_render_claim_pinned_to_what_is_gone),
		cmocka_unit_test(test_render_claim_without_a_pin),
		cmocka_unit_test(test_render_claim_one_wwid_of_two_arrays),
	};

	return cmocka_run_group_tests_name("render-claim", tests, NULL, NULL);
}
