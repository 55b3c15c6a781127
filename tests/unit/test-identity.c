// SPDX-License-Identifier: LGPL-2.1-or-later
/* Identities of logical units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/identity.h"

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
	assert_string_equal(identity_format(&lun, one), "target:0x500a09868607c1f6-lun-3");
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
					       sizeof(lun.vendor) - 1 + sizeof(lun.model) - 1);
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
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
