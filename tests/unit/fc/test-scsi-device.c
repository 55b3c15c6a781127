// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a failed flush means for the data that is cached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/scsi-device.h"

static void test_block_flush_has_no_answer(void **state)
{
	assert_true(block_flush_has_no_answer(-ETIMEDOUT));
	assert_true(block_flush_has_no_answer(-EPIPE));
	assert_true(block_flush_has_no_answer(-ENOMEM));
	assert_true(block_flush_has_no_answer(-EMFILE));
	assert_false(block_flush_has_no_answer(0));
	assert_false(block_flush_has_no_answer(-EIO));
	assert_false(block_flush_has_no_answer(-EREMOTEIO));
	assert_false(block_flush_has_no_answer(-ENOLINK));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_block_flush_has_no_answer),
	};

	return cmocka_run_group_tests_name("scsi-device", tests, NULL, NULL);
}
