// SPDX-License-Identifier: LGPL-2.1-or-later
/* JSON as a stream: form, commas, and what becomes of hostile texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/wwn.h"
#include "lib/json.h"

static void assert_text(const char *text, const char *wanted)
{
	char buf[256] = "";
	FILE *out = fmemopen(buf, sizeof(buf) - 1, "w");
	struct json json = { .out = out, .is_compact = true };

	json_begin_array(&json, NULL);
	json_text(&json, NULL, text);
	json_end_array(&json);
	fclose(out);
	assert_string_equal(buf, wanted);
}

static void test_json_text_is_escaped(void **state)
{
	assert_text("plain ~", "[\"plain ~\"]\n");
	assert_text("a\"b\\c", "[\"a\\\"b\\\\c\"]\n");
	assert_text("a\nb\x7f", "[\"a\\u000ab\\u007f\"]\n");
	assert_text("\xc2\x9b"
		    "31m\xe2\x80\xae",
		    "[\"\\u009b31m\\u202e\"]\n");
	assert_text(NULL, "[null]\n");
	assert_text("", "[null]\n");
}

static void test_json_text_is_utf8(void **state)
{
	assert_text("gr\xc3\xbc\xc3\x9f", "[\"gr\xc3\xbc\xc3\x9f\"]\n");
	assert_text("\xf0\x9f\x92\xbe", "[\"\xf0\x9f\x92\xbe\"]\n");
	assert_text("\xc3", "[\"\\u00c3\"]\n");
	assert_text("\xc0\xaf", "[\"\\u00c0\\u00af\"]\n");
	assert_text("\xed\xa0\x80", "[\"\\u00ed\\u00a0\\u0080\"]\n");
	assert_text("\xf5\x80\x80\x80", "[\"\\u00f5\\u0080\\u0080\\u0080\"]\n");
}

static void write_all(struct json *json)
{
	json_begin_object(json, NULL);
	json_begin_array(json, "empty");
	json_end_array(json);
	json_begin_array(json, "list");
	json_begin_object(json, NULL);
	json_number(json, "n", UINT64_MAX);
	json_end_object(json);
	json_number(json, NULL, 0);
	json_end_array(json);
	json_bool(json, "yes", true);
	json_bool(json, "no", false);
	wwn_json(json, "wwn", 0x21);
	wwn_json(json, "unset", UINT64_MAX);
	json_text_format(json, "host", "host%d", 7);
	json_end_object(json);
}

static void test_json_next_object_keeps_the_line(void **state)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	struct json json = { .out = out };

	json_begin_array(&json, NULL);
	json_begin_object(&json, NULL);
	json_number(&json, "a", 1);
	json_next_object(&json);
	json_number(&json, "a", 2);
	json_end_object(&json);
	json_end_array(&json);
	fclose(out);
	assert_string_equal(text, "[\n"
				  "   {\n"
				  "      \"a\": 1\n"
				  "   },{\n"
				  "      \"a\": 2\n"
				  "   }\n"
				  "]\n");
}

static void test_json_structure(void **state)
{
	char compact[512] = "", indented[512] = "";
	FILE *out = fmemopen(compact, sizeof(compact) - 1, "w");
	struct json json = { .out = out, .is_compact = true };

	write_all(&json);
	fclose(out);
	assert_string_equal(
		compact,
		"{\"empty\":[],\"list\":[{\"n\":18446744073709551615},0],\"yes\":true,"
		"\"no\":false,\"wwn\":\"0x0000000000000021\",\"unset\":null,"
		"\"host\":\"host7\"}\n");

	out = fmemopen(indented, sizeof(indented) - 1, "w");
	json = (struct json){ .out = out };
	write_all(&json);
	fclose(out);
	assert_non_null(strstr(indented, "{\n   \"empty\": [],\n   \"list\": [\n"
					 "      {\n         \"n\": 18446744073709551615\n"
					 "      },\n      0\n   ],\n   \"yes\": true,"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_text_is_escaped),
		cmocka_unit_test(test_json_text_is_utf8),
		cmocka_unit_test(test_json_next_object_keeps_the_line),
		cmocka_unit_test(test_json_structure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
