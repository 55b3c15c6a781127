// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is remembered of a guest's LUNs: to text and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/attach-note.h"

static const char full[] = "GUEST=web server\n"
			   "ID=12\n"
			   "LUN=0 44 naa.6001405aabb\n"
			   "LUN=3 18446744073709551615 t10.ATA  QEMU\n"
			   "LUN=7 0 \n";

static void test_attach_note_to_text_and_back(void **state)
{
	struct attach_note note;
	char text[512] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	assert_int_equal(attach_note_parse(full, &note), 0);
	assert_string_equal(note.guest, "web server");
	assert_int_equal(note.id, 12);
	assert_int_equal(note.n, 3);
	assert_true(attach_note_find(&note, 3)->sequence == UINT64_MAX);
	assert_string_equal(attach_note_find(&note, 3)->identity, "t10.ATA  QEMU");
	assert_null(attach_note_find(&note, 1));
	attach_note_print(&note, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, full);
	attach_note_done(&note);
}

static void test_attach_note_set_takes_the_place_of_the_old(void **state)
{
	struct attach_note note = { 0 };

	assert_int_equal(attach_note_set(&note, &(struct attach_noted){ .number = 3 }),
			 0);
	assert_int_equal(attach_note_set(&note, &(struct attach_noted){ .number = 4 }),
			 0);
	assert_int_equal(attach_note_set(&note, &(struct attach_noted){ 3, 9, "x" }), 0);
	assert_int_equal(note.n, 2);
	assert_int_equal(attach_note_find(&note, 3)->sequence, 9);
	attach_note_done(&note);
}

static void test_attach_note_parse_least_and_unknown(void **state)
{
	struct attach_note note;

	assert_int_equal(attach_note_parse("NEWER=x\n\nGUEST=db", &note), 0);
	assert_string_equal(note.guest, "db");
	assert_int_equal(note.n, 0);
	attach_note_done(&note);
}

static void test_attach_note_parse_what_is_broken(void **state)
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
	struct attach_note note;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(attach_note_parse(texts[i], &note), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attach_note_to_text_and_back),
		cmocka_unit_test(test_attach_note_set_takes_the_place_of_the_old),
		cmocka_unit_test(test_attach_note_parse_least_and_unknown),
		cmocka_unit_test(test_attach_note_parse_what_is_broken),
	};

	return cmocka_run_group_tests_name("attach-note", tests, NULL, NULL);
}
