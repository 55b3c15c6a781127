// SPDX-License-Identifier: LGPL-2.1-or-later
/* Claims of one name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/claim.h"

/* What claim_set() says of a device; traits and size may be unknown. */
static int enter(struct claim *claim, const char *device, uint64_t sequence,
		 const char *identity, const char *traits, uint64_t size)
{
	char names[2][128];
	struct claimant claimant = {
		.sequence = sequence,
		.is_map = startswith(device, "dm-"),
	};

	(void)snprintf(claimant.device, sizeof(claimant.device), "%s", device);
	(void)snprintf(names[0], sizeof(names[0]), "%s", identity);
	(void)snprintf(names[1], sizeof(names[1]), "%s", traits);
	claimant.unit = (struct claim_unit){ names[0], names[1], size };
	return claim_set(claim, &claimant);
}

static void set(struct claim *claim, const char *device, const char *identity)
{
	assert_true(enter(claim, device, 1, identity, "", 0) >= 0);
	assert_true(claim_pin(claim) >= 0);
}

static void test_claim_is_granted_nobody(void **state)
{
	const struct claim claim = { 0 };

	assert_false(claim_is_granted(&claim));
	assert_true(claim_is_empty(&claim));
}

static void test_claim_is_granted_two_paths_of_one_unit(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	set(&claim, "sda", "naa.1");
	set(&claim, "sdb", "naa.1");
	assert_true(claim_is_granted(&claim));
	assert_string_equal(claim.pin.identity, "naa.1");
}

static void test_claim_is_granted_two_units_get_nothing(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	set(&claim, "sda", "naa.1");
	set(&claim, "sdb", "naa.2");
	assert_false(claim_is_granted(&claim));
	assert_true(claim_drop(&claim, "sdb"));
	assert_true(claim_is_granted(&claim));
}

static void test_claim_is_granted_the_pin_outlives_its_device(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	set(&claim, "sda", "naa.1");
	assert_true(claim_drop(&claim, "sda"));
	assert_false(claim_is_empty(&claim));
	set(&claim, "sda", "naa.2");
	assert_false(claim_is_granted(&claim));
	assert_true(claim_is_agreed(&claim));
	claim_unpin(&claim);
	assert_int_equal(claim_pin(&claim), 1);
	assert_true(claim_is_granted(&claim));
}

static void test_claim_pin_waits_for_agreement(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(enter(&claim, "sda", 1, "naa.1", "", 0) > 0);
	assert_true(enter(&claim, "sdb", 1, "naa.2", "", 0) > 0);
	assert_int_equal(claim_pin(&claim), 0);
	assert_null(claim.pin.identity);
}

static void test_claim_set_again(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_int_equal(enter(&claim, "sda", 1, "naa.1", "", 0), 1);
	assert_int_equal(enter(&claim, "sda", 1, "naa.1", "", 0), 0);
	assert_int_equal(enter(&claim, "sda", 2, "naa.1", "", 0), 1);
	assert_int_equal(enter(&claim, "sda", 2, "naa.2", "", 0), 1);
	assert_int_equal(claim.n_claimants, 1);
	assert_string_equal(claim_find(&claim, "sda")->unit.identity, "naa.2");
	assert_null(claim_find(&claim, "sdb"));
}

#define GOOD "NETAPP\tLUN\t1"
#define EVIL "EVIL\tLIO\t1"

/* Enters it, settles what the name means, and says whether it may have it. */
static bool gets(struct claim *claim, const char *device, const char *identity,
		 const char *traits, uint64_t size)
{
	assert_true(enter(claim, device, 1, identity, traits, size) >= 0);
	assert_true(claim_pin(claim) >= 0);
	return claim_grants(claim, device);
}

static void test_claim_grants_one_wwid_of_two_arrays_to_nobody(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "sda", "naa.1", GOOD, 10));
	assert_false(gets(&claim, "sdb", "naa.1", EVIL, 10));
	assert_false(claim_grants(&claim, "sda"));
	/* The name does not jump to the one that is left. */
	assert_true(claim_drop(&claim, "sda"));
	assert_false(claim_grants(&claim, "sdb"));
	assert_true(claim_pin_is_gone(&claim));
}

static void test_claim_grants_nothing_to_a_path_of_another_size(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "sda", "naa.1", GOOD, 10));
	assert_true(gets(&claim, "dm-0", "naa.1", GOOD, 0));
	assert_false(gets(&claim, "sdb", "naa.1", GOOD, 20));
	assert_true(claim_grants(&claim, "sda"));
	assert_true(claim_grants(&claim, "dm-0"));
	assert_false(claim_is_granted(&claim));
	assert_true(claim_is_first(&claim, "sda"));
	assert_true(claim_drop(&claim, "sda"));
	assert_false(claim_grants(&claim, "sdb"));
	/* Where nothing says which of them is the right one, it is nobody's. */
	assert_true(enter(&claim, "sda", 1, "naa.1", GOOD, 10) > 0);
	claim_unpin(&claim);
	assert_int_equal(claim_pin(&claim), 0);
	assert_false(claim_grants(&claim, "sda"));
	assert_false(claim_grants(&claim, "sdb"));
}

static void test_claim_set_grows_path_by_path(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "sda", "naa.1", GOOD, 10));
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 10));
	/* The array has grown it. A path that comes knows; those that were there are asked one by one. */
	assert_false(gets(&claim, "sdc", "naa.1", GOOD, 20));
	assert_true(gets(&claim, "sda", "naa.1", GOOD, 20));
	assert_true(claim_is_granted(&claim));
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 10));
	assert_true(claim_grants(&claim, "sda"));
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 20));
	assert_true(claim_is_granted(&claim));
	/* It could not be asked. */
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 0));
	assert_true(claim.claimants[1].unit.size == 20);
	/* And once more while it is away. */
	assert_true(claim_drop(&claim, "sda") && claim_drop(&claim, "sdb") &&
		    claim_drop(&claim, "sdc"));
	assert_true(gets(&claim, "sda", "naa.1", GOOD, 30));
	assert_false(gets(&claim, "sdb", "naa.1", GOOD, 20));
}

static void test_claim_set_knows_more_of_a_disk_later(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "sda", "target:0x1-lun-0", "NETAPP\tLUN\t", 10));
	assert_true(gets(&claim, "sda", "naa.1", GOOD, 10));
	assert_string_equal(claim.pin.identity, "naa.1");
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 10));
	assert_false(gets(&claim, "sda", "target:0x1-lun-0", "NETAPP\tLUN\t", 10));
}

/* Its path has gone and another one has come, while npiv-id failed. */
static void test_claim_set_of_a_map_is_no_news_of_a_place(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "dm-0", "target:0x1-lun-0", "NETAPP\tLUN\t", 0));
	assert_false(gets(&claim, "dm-0", "naa.1", GOOD, 0));
	assert_string_equal(claim.pin.identity, "target:0x1-lun-0");
	/* If it is the disk of that place after all, that says so itself. */
	assert_false(gets(&claim, "sda", "target:0x1-lun-0", "NETAPP\tLUN\t", 0));
	assert_true(gets(&claim, "sda", "naa.1", GOOD, 0));
	assert_true(claim_grants(&claim, "dm-0"));
}

static void test_claim_set_knows_more_of_one_path_of_two(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_true(gets(&claim, "sda", "serial:NETAPP:LUN:1", GOOD, 10));
	assert_true(gets(&claim, "sdb", "serial:NETAPP:LUN:1", GOOD, 10));
	assert_true(gets(&claim, "sda", "naa.1", GOOD, 10));
	assert_true(claim_grants(&claim, "sdb"));
	assert_true(gets(&claim, "sdb", "serial:NETAPP:LUN:1", GOOD, 10));
	assert_true(gets(&claim, "sdb", "naa.1", GOOD, 10));
	assert_true(claim_is_granted(&claim));
	assert_false(gets(&claim, "sdb", "naa.2", GOOD, 10));
}

static void test_claim_first_does_io(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	static const char text[] = "naa.1\nsda 1 naa.1\t\t\t\t0\tidle\nsdb 2 naa.1\n"
				   "sdc 3 naa.1\n";

	assert_int_equal(claim_parse(text, strlen(text), &claim), 0);
	assert_true(claim_is_first(&claim, "sdb"));
	assert_true(claim_drop(&claim, "sdb"));
	assert_true(claim_is_first(&claim, "sdc"));
	assert_true(claim_drop(&claim, "sdc"));
	assert_true(claim_is_first(&claim, "sda"));
}

static void test_claim_drop_who_is_not_in(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_false(claim_drop(&claim, "sda"));
}

static char *print(const struct claim *claim)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	claim_print(claim, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_claim_parse_reads_what_was_printed(void **state)
{
	_cleanup_(claim_done) struct claim claim = { 0 }, again = { 0 };
	_cleanup_free_ char *text = NULL, *text_again = NULL;

	set(&claim, "sda", "t10.ACME    RAID 5  number 1");
	assert_int_equal(enter(&claim, "dm-0", 17, "naa.2", "", 0), 1);
	text = print(&claim);
	assert_string_equal(text, "t10.ACME    RAID 5  number 1\n"
				  "sda 1 t10.ACME    RAID 5  number 1\n"
				  "dm-0 17 naa.2\n");
	assert_int_equal(claim_parse(text, strlen(text), &again), 0);
	text_again = print(&again);
	assert_string_equal(text, text_again);
}

static void test_claim_parse_without_a_pin(void **state)
{
	static const char text[] = "-\nsda 1 naa.1\n";
	_cleanup_(claim_done) struct claim claim = { 0 };

	assert_int_equal(claim_parse(text, strlen(text), &claim), 0);
	assert_null(claim.pin.identity);
	assert_true(claim_is_granted(&claim));
}

static void test_claim_parse_refuses(void **state)
{
	static const struct {
		const char *text;
		size_t size;
	} bad[] = {
		{ "", 0 },
		{ "naa.1", 5 }, /* cut off */
		{ "naa.1\nsda 1 naa.1", 17 },
		{ "\n", 1 },
		{ "naa.1\n\n", 7 },
		{ "naa.1\nsda\n", 10 },
		{ "naa.1\nsda x naa.1\n", 18 },
		{ "naa.1\nsda 1\n", 12 },
		{ "naa.1\nsda 1 \n", 13 },
		{ "naa.1\nsda 1 a\nsda 2 b\n", 22 }, /* twice */
		{ "naa.1\nsda 1 a\tb\n", 16 },
		{ "naa.1\nsda 1 a\t\t\t\n", 17 }, /* nothing known is not said */
		{ "naa.1\nsda 1 a\t\t\t\t0\n", 19 },
		{ "naa.1\nsda 1 a\tb\tc\td\t07\n", 23 },
		{ "naa.1\nsda 1 a\tb\tc\td\t7\tx\n", 24 },
		{ "naa.1\tb\tc\td\t7\tidle\nsda 1 a\n", 27 },
		{ "naa.1\0\n", 7 },
		{ "naa.1\nsda 01 a\n", 15 }, /* written by somebody else */
		{ "naa.1\nsda -1 a\n", 15 },
		{ "naa.1\n sda 1 a\n", 15 },
		{ "naa.1\nsda  1 a\n", 15 },
		{ "naa.1\nsda 18446744073709551616 a\n", 33 },
		{ "naa.1\n../../x 1 a\n", 18 }, /* no kernel name */
		{ "naa.1\n.. 1 a\n", 13 },
		{ "naa.1\nkernel-names-are-never-so-long-0 1 a\n", 44 },
	};
	struct claim claim;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(claim_parse(bad[i].text, bad[i].size, &claim), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claim_is_granted_nobody),
		cmocka_unit_test(test_claim_is_granted_two_paths_of_one_unit),
		cmocka_unit_test(test_claim_is_granted_two_units_get_nothing),
		cmocka_unit_test(test_claim_is_granted_the_pin_outlives_its_device),
		cmocka_unit_test(test_claim_pin_waits_for_agreement),
		cmocka_unit_test(test_claim_set_again),
		cmocka_unit_test(test_claim_grants_one_wwid_of_two_arrays_to_nobody),
		cmocka_unit_test(test_claim_grants_nothing_to_a_path_of_another_size),
		cmocka_unit_test(test_claim_set_grows_path_by_path),
		cmocka_unit_test(test_claim_set_knows_more_of_a_disk_later),
		cmocka_unit_test(test_claim_set_of_a_map_is_no_news_of_a_place),
		cmocka_unit_test(test_claim_set_knows_more_of_one_path_of_two),
		cmocka_unit_test(test_claim_first_does_io),
		cmocka_unit_test(test_claim_drop_who_is_not_in),
		cmocka_unit_test(test_claim_parse_reads_what_was_printed),
		cmocka_unit_test(test_claim_parse_without_a_pin),
		cmocka_unit_test(test_claim_parse_refuses),
	};

	return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}
