// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lists of messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/messages.h"

static void check_print(const struct message *message, const char *expected)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	messages_print(message, out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
}

static void test_diag_print_as_compilers_do(void **state)
{
	struct messages messages = { 0 };

	messages_add(&messages, MESSAGE_ERROR, "/etc/a.conf", 3, "'%s' is %d", "x", 7);
	messages_add(&messages, MESSAGE_WARNING, "/etc/a.conf", 0, "of the whole file");
	messages_add(&messages, MESSAGE_WARNING, NULL, 0, "of no file");
	assert_int_equal(messages.n_messages, 3);
	check_print(&messages.messages[0], "/etc/a.conf:3: error: 'x' is 7\n");
	check_print(&messages.messages[1], "/etc/a.conf: warning: of the whole file\n");
	check_print(&messages.messages[2], "warning: of no file\n");
	messages.messages[0].column = 5;
	check_print(&messages.messages[0], "/etc/a.conf:3: error: 'x' is 7\n");
	messages_done(&messages);
}

static void test_diag_print_exact_with_the_column(void **state)
{
	struct messages messages = { 0 };
	char text[128] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	messages_add_at(&messages, MESSAGE_ERROR, "a.conf", 3, 5, "'%s' is %d", "x", 7);
	messages_add_at(&messages, MESSAGE_WARNING, "a.conf", 4, 0, "of a line");
	messages_add(&messages, MESSAGE_WARNING, "a.conf", 0, "of a file");
	for (size_t i = 0; i < messages.n_messages; i++)
		messages_print_exact(&messages.messages[i], out);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "a.conf:3:5: error: 'x' is 7\n"
				  "a.conf:4: warning: of a line\n"
				  "a.conf: warning: of a file\n");
	messages_done(&messages);
}

static void test_diag_count_by_severity(void **state)
{
	struct messages messages = { 0 };

	assert_int_equal(messages_count(&messages, MESSAGE_ERROR), 0);
	messages_add(&messages, MESSAGE_ERROR, "f", 1, "a");
	messages_add(&messages, MESSAGE_WARNING, "f", 2, "b");
	messages_add(&messages, MESSAGE_ERROR, "f", 3, "c");
	assert_int_equal(messages_count(&messages, MESSAGE_ERROR), 2);
	assert_int_equal(messages_count(&messages, MESSAGE_WARNING), 1);
	messages_done(&messages);
	assert_int_equal(messages_count(&messages, MESSAGE_ERROR), 0);
}

static void test_diag_add_cannot_forge_a_line(void **state)
{
	struct messages messages = { 0 };

	messages_add(&messages, MESSAGE_ERROR, "a\n<0>b", 1, "x\ny\tz\x7f\x1b[31m");
	check_print(&messages.messages[0], "a?<0>b:1: error: x?y?z??[31m\n");
	messages_done(&messages);
}

static void test_diag_add_many(void **state)
{
	struct messages messages = { 0 };

	for (unsigned i = 0; i < 1000; i++)
		messages_add(&messages, MESSAGE_ERROR, "f", i, "%u", i);
	assert_int_equal(messages.n_messages, 1000);
	assert_string_equal(messages.messages[999].text, "999");
	assert_int_equal(messages.messages[999].line, 999);
	assert_false(messages.out_of_memory);
	messages_done(&messages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diag_print_as_compilers_do),
		cmocka_unit_test(test_diag_print_exact_with_the_column),
		cmocka_unit_test(test_diag_count_by_severity),
		cmocka_unit_test(test_diag_add_cannot_forge_a_line),
		cmocka_unit_test(test_diag_add_many),
	};

	return cmocka_run_group_tests_name("messages", tests, NULL, NULL);
}
