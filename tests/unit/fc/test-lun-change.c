// SPDX-License-Identifier: LGPL-2.1-or-later
/* LUNs before and after the kernel has asked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/lun-change.h"

static const struct fc_lun before = {
	.lun = 3,
	.disk = "sdc",
	.wwid = "naa.6001405aaaaaaaaa",
	.size = 16 << 20,
};

static enum lun_change judge(enum lun_presence presence, const char *wwid, uint64_t size)
{
	struct fc_lun after = before;

	(void)snprintf(after.wwid, sizeof(after.wwid), "%s", wwid);
	after.size = size;
	return lun_change_judge(&before, before.wwid, presence, &after);
}

static void test_lun_change_judge(void **state)
{
	assert_int_equal(judge(PRESENCE_MAPPED, before.wwid, before.size), LUN_SAME);
	assert_int_equal(judge(PRESENCE_MAPPED, before.wwid, 64 << 20), LUN_RESIZED);
	assert_int_equal(judge(PRESENCE_MAPPED, "naa.6001405bbbbbbbbb", before.size),
			 LUN_REMAPPED);
	assert_int_equal(judge(PRESENCE_UNMAPPED, before.wwid, before.size),
			 LUN_UNMAPPED);
}

/* What is not known for certain takes nothing away. */
static void test_lun_change_judge_in_doubt(void **state)
{
	assert_int_equal(judge(PRESENCE_UNKNOWN, "naa.6001405bbbbbbbbb", 0), LUN_SAME);
	assert_int_equal(judge(PRESENCE_MAPPED, before.wwid, 0), LUN_SAME);
	assert_int_equal(lun_change_judge(&before, before.wwid, PRESENCE_MAPPED, NULL),
			 LUN_SAME);
}

/* Another tool had the kernel ask again: it knows already, and the names do not. */
static void test_lun_change_judge_already_known(void **state)
{
	assert_int_equal(lun_change_judge(&before, "naa.6001405bbbbbbbbb",
					  PRESENCE_MAPPED, &before),
			 LUN_REMAPPED);
}

/* Its VPD pages could not be read when it came. */
static void test_lun_change_judge_known_late(void **state)
{
	struct fc_lun after = before;

	(void)snprintf(after.vendor, sizeof(after.vendor), "ACME");
	(void)snprintf(after.serial, sizeof(after.serial), "7");
	assert_int_equal(lun_change_judge(&after, "target:0x500a09868607c1f6-lun-3",
					  PRESENCE_MAPPED, &after),
			 LUN_SAME);
	assert_int_equal(lun_change_judge(&after, "serial:ACME::7", PRESENCE_MAPPED,
					  &after),
			 LUN_SAME);
	assert_int_equal(lun_change_judge(&after, "serial:ACME::8", PRESENCE_MAPPED,
					  &after),
			 LUN_REMAPPED);
}

static void assert_text(enum lun_change change, const struct fc_lun *after,
			const char *wanted)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	lun_change_print(change, &before, before.wwid, after, out);
	fclose(out);
	assert_string_equal(text, wanted);
	free(text);
}

static void test_lun_change_print(void **state)
{
	struct fc_lun other = before, grown = before;

	(void)snprintf(other.wwid, sizeof(other.wwid), "naa.6001405bbbbbbbbb");
	grown.size = 64 << 20;
	assert_text(LUN_SAME, &before, "");
	assert_text(LUN_UNMAPPED, NULL,
		    "LUN 3 (naa.6001405aaaaaaaaa) is no longer mapped");
	assert_text(LUN_REMAPPED, &other,
		    "LUN 3 was naa.6001405aaaaaaaaa and is naa.6001405bbbbbbbbb now");
	assert_text(LUN_RESIZED, &grown, "LUN 3 (sdc) has 64M now, and had 16M");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lun_change_judge),
		cmocka_unit_test(test_lun_change_judge_in_doubt),
		cmocka_unit_test(test_lun_change_judge_already_known),
		cmocka_unit_test(test_lun_change_judge_known_late),
		cmocka_unit_test(test_lun_change_print),
	};

	return cmocka_run_group_tests_name("lun-change", tests, NULL, NULL);
}
