// SPDX-License-Identifier: LGPL-2.1-or-later
/* Answers of targets to INQUIRY. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/lun-change.h"

#define GOOD  0x00
#define CHECK 0x02
#define BUSY  0x08

static enum lun_presence by_data(uint8_t status, uint8_t first)
{
	const uint8_t data[36] = { first };

	return inquiry_presence(status, data, sizeof(data), NULL, 0);
}

static void test_inquiry_presence_by_qualifier(void **state)
{
	assert_int_equal(by_data(GOOD, 0x00), PRESENCE_MAPPED); /* a disk */
	assert_int_equal(by_data(GOOD, 0x0c),
			 PRESENCE_MAPPED); /* an array's controller */
	assert_int_equal(by_data(GOOD, 0x3f),
			 PRESENCE_UNMAPPED); /* LIO's stand-in for LUN 0 */
	assert_int_equal(by_data(GOOD, 0x7f), PRESENCE_UNMAPPED); /* SPC: not supported */
	assert_int_equal(by_data(GOOD, 0x20),
			 PRESENCE_UNKNOWN); /* a disk, just not now */
	assert_int_equal(by_data(BUSY, 0x00), PRESENCE_UNKNOWN);
	assert_int_equal(inquiry_presence(GOOD, NULL, 0, NULL, 0), PRESENCE_UNKNOWN);
}

static enum lun_presence by_sense(const uint8_t *sense, size_t n)
{
	return inquiry_presence(CHECK, NULL, 0, sense, n);
}

static void test_inquiry_presence_by_sense(void **state)
{
	const uint8_t fixed[18] = { 0x70, 0, 0x05, [7] = 10, [12] = 0x25 };
	const uint8_t fixed_valid[18] = { 0xf0, 0, 0x05, [7] = 10, [12] = 0x25 };
	const uint8_t descriptor[8] = { 0x72, 0x05, 0x25, 0 };
	const uint8_t not_ready[18] = { 0x70, 0, 0x02, [7] = 10, [12] = 0x25 };
	const uint8_t bad_field[18] = { 0x70, 0, 0x05, [7] = 10, [12] = 0x24 };
	const uint8_t luns_changed[18] = {
		0x70, 0, 0x06, [7] = 10, [12] = 0x3f, [13] = 0x0e
	};

	assert_int_equal(by_sense(fixed, sizeof(fixed)), PRESENCE_UNMAPPED);
	assert_int_equal(by_sense(fixed_valid, sizeof(fixed_valid)), PRESENCE_UNMAPPED);
	assert_int_equal(by_sense(descriptor, sizeof(descriptor)), PRESENCE_UNMAPPED);
	assert_int_equal(by_sense(not_ready, sizeof(not_ready)), PRESENCE_UNKNOWN);
	assert_int_equal(by_sense(bad_field, sizeof(bad_field)), PRESENCE_UNKNOWN);
	assert_int_equal(by_sense(luns_changed, sizeof(luns_changed)), PRESENCE_UNKNOWN);
}

/* However short it is cut. */
static void test_inquiry_presence_cut_sense_is_no_answer(void **state)
{
	const uint8_t fixed[18] = { 0x70, 0, 0x05, [7] = 10, [12] = 0x25 };
	const uint8_t descriptor[8] = { 0x72, 0x05, 0x25, 0 };

	for (size_t n = 0; n < 13; n++)
		assert_int_equal(by_sense(fixed, n), PRESENCE_UNKNOWN);
	for (size_t n = 0; n < 3; n++)
		assert_int_equal(by_sense(descriptor, n), PRESENCE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inquiry_presence_by_qualifier),
		cmocka_unit_test(test_inquiry_presence_by_sense),
		cmocka_unit_test(test_inquiry_presence_cut_sense_is_no_answer),
	};

	return cmocka_run_group_tests_name("inquiry", tests, NULL, NULL);
}
