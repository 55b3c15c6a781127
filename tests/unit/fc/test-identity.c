// SPDX-License-Identifier: LGPL-2.1-or-later
/* Identities of logical units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/identity.h"

#define LUN                                                                     \
	{                                                                       \
		.lun = 3, .target_wwpn = 0x500a09868607c1f6, .vendor = "ACME",  \
		.model = "RAID 5", .serial = "ser 1", .wwid = "naa.6001405abc", \
	}

static void test_identity_format_prefers_the_wwid(void **state)
{
	const struct fc_lun lun = LUN;
	char text[IDENTITY_SIZE];

	assert_string_equal(identity_format(&lun, text), "naa.6001405abc");
}

static void test_identity_format_serial_without_a_wwid(void **state)
{
	struct fc_lun lun = LUN;
	char text[IDENTITY_SIZE];

	*lun.wwid = '\0';
	assert_string_equal(identity_format(&lun, text), "serial:ACME:RAID 5:ser 1");
}

static void test_identity_format_is_never_that_of_nobody(void **state)
{
	struct fc_lun lun = LUN;
	char text[IDENTITY_SIZE];

	(void)snprintf(lun.wwid, sizeof(lun.wwid), "-");
	assert_string_equal(identity_format(&lun, text), "serial:ACME:RAID 5:ser 1");
}

static void test_identity_format_two_ports_without_wwid_and_serial_differ(void **state)
{
	struct fc_lun lun = LUN;
	char one[IDENTITY_SIZE], other[IDENTITY_SIZE];

	*lun.wwid = *lun.serial = '\0';
	assert_string_equal(identity_format(&lun, one),
			    "target:0x500a09868607c1f6-lun-3");
	lun.target_wwpn++;
	assert_string_not_equal(one, identity_format(&lun, other));
}

static void test_identity_format_longest_fields_fit(void **state)
{
	struct fc_lun lun = LUN;
	char text[IDENTITY_SIZE];

	*lun.wwid = '\0';
	memset(lun.serial, 's', sizeof(lun.serial) - 1);
	memset(lun.vendor, 'v', sizeof(lun.vendor) - 1);
	memset(lun.model, 'm', sizeof(lun.model) - 1);
	(void)identity_format(&lun, text);
	assert_int_equal(strlen(text), strlen("serial:::") + sizeof(lun.serial) - 1 +
					       sizeof(lun.vendor) - 1 +
					       sizeof(lun.model) - 1);
}

static void test_traits_fit(void **state)
{
	struct fc_lun lun = LUN;
	char text[TRAITS_SIZE];

	assert_string_equal(identity_traits(&lun, text), "ACME\tRAID 5\tser 1");
	assert_true(traits_fit(text, "ACME\tRAID 5\tser 1"));
	assert_true(traits_fit(text, ""));
	assert_true(traits_fit("", text));
	assert_true(traits_fit(text, "ACME\tRAID 5\t"));
	assert_true(traits_fit("ACME\t\tser 1", text));
	assert_false(traits_fit(text, "ACME\tRAID 5\tser 2"));
	assert_false(traits_fit(text, "EVIL\tRAID 5\tser 1"));
	assert_false(traits_fit(text, "ACME\tRAID\tser 1"));
	*lun.vendor = *lun.model = *lun.serial = '\0';
	assert_string_equal(identity_traits(&lun, text), "");
}

/* Two controllers of one array, or two arrays that mirror a LUN, may each say a serial number of their own. */
static void test_identity_paths_fit(void **state)
{
	static const char one[] = "ACME\tRAID 5\tser 1", other[] = "ACME\tRAID 5\tser 2";

	assert_true(identity_paths_fit("naa.6001405abc", one, other));
	assert_true(identity_paths_fit("eui.0011223344556677", one, other));
	assert_false(identity_paths_fit("naa.6001405abc", one, "EVIL\tRAID 5\tser 1"));
	assert_false(identity_paths_fit("naa.6001405abc", one, "ACME\tRAID\tser 1"));
	assert_false(identity_paths_fit("t10.ACME    RAID 5", one, other));
	assert_false(identity_paths_fit("target:0x1-lun-0", one, other));
}

static bool became(const char *was, const char *was_traits, const char *is,
		   const char *is_traits)
{
	const struct known_unit before = { was, was_traits }, after = { is, is_traits };

	return identity_became(&before, &after);
}

static void test_identity_became(void **state)
{
	static const char full[] = "ACME\tRAID 5\tser 1", half[] = "ACME\tRAID 5\t";

	assert_true(became("naa.1", full, "naa.1", full));
	assert_true(became("naa.1", "", "naa.1", full));
	assert_false(became("naa.1", full, "naa.1", "ACME\tRAID 5\tser 2"));
	assert_false(became("naa.1", full, "naa.2", full));
	assert_true(became("target:0x1-lun-0", half, "naa.1", full));
	assert_false(became("target:0x1-lun-0", "EVIL\tRAID 5\t", "naa.1", full));
	assert_true(became("target:0x1-lun-0", half, "serial:ACME:RAID 5:ser 1", full));
	assert_true(became("serial:ACME:RAID 5:ser 1", full, "naa.1", full));
	assert_false(became("serial:ACME:RAID 5:ser 2", "", "naa.1", full));
	assert_true(became("target:0x1-lun-0", half, "target:0x1-lun-0", full));
	/* A map with another path. */
	assert_false(became("target:0x1-lun-0", half, "target:0x2-lun-0", half));
	/* Less is known: another one. */
	assert_false(became("naa.1", full, "target:0x1-lun-0", half));
	assert_false(became("naa.1", full, "serial:ACME:RAID 5:ser 1", full));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity_format_prefers_the_wwid),
		cmocka_unit_test(test_identity_format_serial_without_a_wwid),
		cmocka_unit_test(test_identity_format_is_never_that_of_nobody),
		cmocka_unit_test(
			test_identity_format_two_ports_without_wwid_and_serial_differ),
		cmocka_unit_test(test_identity_format_longest_fields_fit),
		cmocka_unit_test(test_traits_fit),
		cmocka_unit_test(test_identity_paths_fit),
		cmocka_unit_test(test_identity_became),
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
