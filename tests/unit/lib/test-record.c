// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the lines that the files below /run/npiv are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/record.h"

/* Joins what was read: "NUMBER:LINE|" or "KEY:VALUE|". */
static int note_line(void *context, char *line, size_t number)
{
	fprintf(context, "%zu:%s|", number, line);
	return streq(line, "stop") ? -EBUSY : 0;
}

static int note_pair(void *context, const char *key, const char *value)
{
	fprintf(context, "%s:%s|", key, value);
	return 0;
}

static void check_lines(const char *text, size_t size, int result, const char *read)
{
	char found[64] = "";
	FILE *out = fmemopen(found, sizeof(found) - 1, "w");

	assert_non_null(out);
	assert_int_equal(record_read_lines(text, size, note_line, out), result);
	fclose(out);
	assert_string_equal(found, read);
}

static void check_pairs(const char *text, int result, const char *read)
{
	char found[64] = "";
	FILE *out = fmemopen(found, sizeof(found) - 1, "w");

	assert_non_null(out);
	assert_int_equal(record_read_pairs(text, strlen(text), note_pair, out), result);
	fclose(out);
	assert_string_equal(found, read);
}

static void test_record_read_lines(void **state)
{
	check_lines("", 0, 0, "");
	check_lines("a\n\tb c\n", 7, 0, "0:a|1:\tb c|");
	check_lines("a\n\nb", 4, 0, "0:a|1:|2:b|");
	check_lines("a\nb\n", 1, 0, "0:a|");
	check_lines("stop\na\n", 7, -EBUSY, "0:stop|");
}

static void test_record_read_lines_refuses_control_characters(void **state)
{
	check_lines("a\nb\0\n", 5, -EBADMSG, "");
	check_lines("a\nb\x1b\n", 5, -EBADMSG, "");
	check_lines("a\x7f\n", 3, -EBADMSG, "");
	/* What an earlier version wrote. */
	check_lines("\xc2\x9b\n", 3, 0, "0:\xc2\x9b|");
}

static void test_record_read_pairs(void **state)
{
	check_pairs("A=1\n\nB=\nC=x=y", 0, "A:1|B:|C:x=y|");
	check_pairs("A=1\nB\n", -EBADMSG, "A:1|");
}

static void test_record_is_whole(void **state)
{
	assert_false(record_is_whole("", 0));
	assert_false(record_is_whole("a\n", 1));
	assert_true(record_is_whole("a\n", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record_read_lines),
		cmocka_unit_test(test_record_read_lines_refuses_control_characters),
		cmocka_unit_test(test_record_read_pairs),
		cmocka_unit_test(test_record_is_whole),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
