// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is remembered of a guest's LUNs: to text and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/attach-state.h"

static const char full[] = "GUEST=web server\n"
			   "ID=12\n"
			   "LUN=0 44 naa.6001405aabb\n"
			   "LUN=3 18446744073709551615 t10.ATA  QEMU\n"
			   "LUN=7 0 \n";

static void test_attach_state_to_text_and_back(void **state)
{
	struct attach_state remembered;
	char text[512] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	assert_int_equal(attach_state_parse(full, &remembered), 0);
	assert_string_equal(remembered.guest, "web server");
	assert_int_equal(remembered.id, 12);
	assert_int_equal(remembered.n, 3);
	assert_true(attach_state_find(&remembered, 3)->sequence == UINT64_MAX);
	assert_string_equal(attach_state_find(&remembered, 3)->identity, "t10.ATA  QEMU");
	assert_null(attach_state_find(&remembered, 1));
	attach_state_print(&remembered, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, full);
	attach_state_done(&remembered);
}

static void test_attach_state_set_takes_the_place_of_the_old(void **state)
{
	struct attach_state remembered = { 0 };

	assert_int_equal(
		attach_state_set(&remembered, &(struct attached_lun){ .number = 3 }), 0);
	assert_int_equal(
		attach_state_set(&remembered, &(struct attached_lun){ .number = 4 }), 0);
	assert_int_equal(
		attach_state_set(&remembered, &(struct attached_lun){ 3, 9, "x" }), 0);
	assert_int_equal(remembered.n, 2);
	assert_int_equal(attach_state_find(&remembered, 3)->sequence, 9);
	attach_state_done(&remembered);
}

static void test_attach_state_parse_least_and_unknown(void **state)
{
	struct attach_state remembered;

	assert_int_equal(attach_state_parse("NEWER=x\n\nGUEST=db", &remembered), 0);
	assert_string_equal(remembered.guest, "db");
	assert_int_equal(remembered.n, 0);
	attach_state_done(&remembered);
}

static void test_attach_state_parse_what_is_broken(void **state)
{
	static const char *const texts[] = {
		"",
		"ID=1\n",
		"GUEST=\n",
		"GUEST=a/b\n",
		"GUEST=db\nID=-1\n",
		"GUEST=db\nID=\n",
		"GUEST=db\nLUN=\n",
		"GUEST=db\nLUN=1\n",
		"GUEST=db\nLUN=1 2\n",
		"GUEST=db\nLUN=x 2 naa.6\n",
		"GUEST=db\nLUN=1 x naa.6\n",
		"GUEST=db\nLUN=999999999999999999999 2 naa.6\n",
	};
	struct attach_state remembered;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(attach_state_parse(texts[i], &remembered), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attach_state_to_text_and_back),
		cmocka_unit_test(test_attach_state_set_takes_the_place_of_the_old),
		cmocka_unit_test(test_attach_state_parse_least_and_unknown),
		cmocka_unit_test(test_attach_state_parse_what_is_broken),
	};

	return cmocka_run_group_tests_name("attach-state", tests, NULL, NULL);
}
