// SPDX-License-Identifier: LGPL-2.1-or-later
/* Words for kinds of logical unit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/lun.h"

static void test_scsi_type_to_string(void **state)
{
	assert_string_equal(scsi_type_to_string(0x00), "disk");
	assert_string_equal(scsi_type_to_string(0x01), "tape");
	assert_string_equal(scsi_type_to_string(0x0d), "enclosure");
	assert_string_equal(scsi_type_to_string(0x02), "other"); /* printer: obsolete */
	assert_string_equal(scsi_type_to_string(0x1f), "other");
	assert_string_equal(scsi_type_to_string(UINT32_MAX), "other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scsi_type_to_string),
	};

	return cmocka_run_group_tests_name("scsi-type", tests, NULL, NULL);
}
