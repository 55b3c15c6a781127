// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of stages: whole, and nothing in it twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diagnose/stage.h"

static bool is_message_id(const char *text)
{
	return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

static void test_stage_info_is_whole(void **state)
{
	for (enum npiv_stage stage = 0; stage < _STAGE_MAX; stage++) {
		const struct stage_info *info = stage_info(stage);

		assert_true(info->name && *info->name);
		assert_true(info->summary && *info->summary);
		assert_true(is_message_id(info->message_id));
		/* 1 and 2 are those of every program; above 78 are systemd's and the shell's. */
		assert_true(stage == STAGE_READY ?
				    info->exit_code == 0 :
				    info->exit_code >= 10 && info->exit_code <= 78);
		assert_true((stage == STAGE_READY) == !info->hint);
	}
}

static void test_stage_info_has_nothing_twice(void **state)
{
	for (enum npiv_stage a = 0; a < _STAGE_MAX; a++)
		for (enum npiv_stage b = a + 1; b < _STAGE_MAX; b++) {
			assert_string_not_equal(stage_info(a)->name, stage_info(b)->name);
			assert_string_not_equal(stage_info(a)->message_id,
						stage_info(b)->message_id);
			assert_int_not_equal(stage_info(a)->exit_code,
					     stage_info(b)->exit_code);
		}
}

static void test_stage_of_exit_code(void **state)
{
	assert_ptr_equal(stage_of_exit_code(18), stage_info(STAGE_NO_REMOTE_PORTS));
	assert_ptr_equal(stage_of_exit_code(78), stage_info(STAGE_CONFIG));
	assert_null(stage_of_exit_code(0));
	assert_null(stage_of_exit_code(1));
	assert_null(stage_of_exit_code(-18));
}

static void test_stage_of_message(void **state)
{
	assert_ptr_equal(stage_of_message("no target port is visible"),
			 stage_info(STAGE_NO_REMOTE_PORTS));
	assert_ptr_equal(stage_of_message("LUNs are in use: sda is mounted on /srv"),
			 stage_info(STAGE_BUSY));
	assert_null(stage_of_message("LUNs are in use now"));
	assert_null(stage_of_message("all LUNs are there"));
	assert_null(stage_of_message("waiting for LUNs: 3 of 5; 23 s left"));
	assert_null(stage_of_message(""));
}

static void test_message_ids_are_ids(void **state)
{
	assert_true(is_message_id(MESSAGE_ID_VPORT_CREATED));
	assert_true(is_message_id(MESSAGE_ID_VPORT_DELETED));
	assert_true(is_message_id(MESSAGE_ID_VHBA_READY));
	assert_true(is_message_id(MESSAGE_ID_LUN_UNMAPPED));
	assert_true(is_message_id(MESSAGE_ID_LUN_REMAPPED));
	assert_true(is_message_id(MESSAGE_ID_LUN_RESIZED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stage_info_is_whole),
		cmocka_unit_test(test_stage_info_has_nothing_twice),
		cmocka_unit_test(test_stage_of_exit_code),
		cmocka_unit_test(test_stage_of_message),
		cmocka_unit_test(test_message_ids_are_ids),
	};

	return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
