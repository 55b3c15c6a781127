// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lines and sections, and each way in which inih 55 would have misread them. */
#include "config-fixture.h"

#define X50	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define NO_PAIR "this line is not 'key = value'"

static void test_config_add_forms_that_are_fine(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "# comment\n; comment\n  # indented comment\n\n \t \n"
		      "[ vhba \t web01 ]  ; comment\n"
		      "wwpn=5001438000000001\nwwnn  =\t5001438000000000   \n"
		      "timeout = 5s ; comment\n"
		      "[pool web01] # comment\n"
		      "alias.0=a;b\n"
		      "owner = root");
	expect_message(
		fixture,
		"a.conf:11: error: alias.0: 'a;b': a name is made of letters, digits, "
		"'_', '.' and '-'");
	assert_true(vhba(fixture, "web01")->timeout_usec == 5 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "web01")->line, 6);
}

static void test_config_add_crlf_and_bom(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "\xef\xbb\xbf[vhba web01]\r\nwwpn = 5001438000000001\r\n"
		      "wwnn = 5001438000000000\r\n\r\ntimeout = 5\r\n");
	assert_true(vhba(fixture, "web01")->timeout_usec == 5 * USEC_PER_SEC);
}

static void test_config_add_empty_file(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "a.conf", "");
	add(fixture, "b.conf", "\xef\xbb\xbf");
	add(fixture, "c.conf", "\n\n# nothing\n");
	finish(fixture);
	assert_int_equal(fixture->config.n_vhbas, 0);
}

/* Trap: a line of more than 199 bytes is split, and its tail is a line of its own. */
static void test_config_add_longest_line_is_whole(void **state)
{
	struct fixture *fixture = *state;
	char text[1024], line[300];

	/* "luns = 0" and blanks up to a last digit: 198 bytes, as many as inih takes. */
	(void)snprintf(line, sizeof(line), "luns = 0,%*s", 189, "7");
	assert_int_equal(strlen(line), 198);
	(void)snprintf(text, sizeof(text), "%s%s\n", VHBA("web01", "0001"), line);
	load(fixture, text);
	assert_true(lun_set_contains(&vhba(fixture, "web01")->luns, 7));
	assert_true(lun_set_size(&vhba(fixture, "web01")->luns) == 2);
}

static void test_config_add_overlong_line_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char text[1024];

	(void)snprintf(text, sizeof(text), "%sluns = 0,%*s\n%s", VHBA("web01", "0001"),
		       190, "7", VHBA("web02", "0002"));
	load(fixture, text);
	expect_message(fixture, "a.conf:4: error: this line is longer than 198 bytes");
	assert_non_null(config_fault(&fixture->config, "web01"));
	assert_non_null(vhba(fixture, "web02"));
}

static void test_config_add_tail_of_an_overlong_line_is_no_key(void **state)
{
	struct fixture *fixture = *state;
	char text[1024];

	(void)snprintf(text, sizeof(text),
		       "[defaults]\nfoo = %*s"
		       "on_busy = force\n%s",
		       193, "", VHBA("web01", "0001"));
	load(fixture, text);
	expect_message(fixture, "a.conf:2: error: this line is longer than 198 bytes");
	assert_int_equal(vhba(fixture, "web01")->on_busy, ON_BUSY_REFUSE);
}

static void test_config_add_overlong_comment_is_only_a_comment(void **state)
{
	struct fixture *fixture = *state;
	char text[1024];

	(void)snprintf(text, sizeof(text),
		       "%s# %*s"
		       "on_busy = force\n",
		       VHBA("web01", "0001"), 197, "");
	load(fixture, text);
	expect_message(
		fixture,
		"a.conf:4: warning: this comment is longer than 198 bytes, ignoring it");
	assert_int_equal(vhba(fixture, "web01")->on_busy, ON_BUSY_REFUSE);
}

static void test_config_add_crlf_does_not_count(void **state)
{
	struct fixture *fixture = *state;
	char text[1024];

	(void)snprintf(text, sizeof(text), "%sluns = 0,%*s\r\n", VHBA("web01", "0001"),
		       189, "7");
	load(fixture, text);
	assert_non_null(vhba(fixture, "web01"));
}

static void test_config_add_overlong_section_ends_the_one_before(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "[vhba " X50 X50 X50 X50
					    "]\non_busy = force\nwwpn = 12\n");
	expect_message(fixture, "a.conf:4: error: this line is longer than 198 bytes");
	assert_int_equal(vhba(fixture, "web01")->on_busy, ON_BUSY_REFUSE);
}

/* Trap: names of sections are cut at 49 bytes, so these two would be one. */
static void test_config_add_long_section_names_are_whole(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA(X50 "a", "0001") VHBA(X50 "b", "0002"));
	assert_non_null(vhba(fixture, X50 "a"));
	assert_non_null(vhba(fixture, X50 "b"));
	assert_int_equal(fixture->config.n_vhbas, 2);
}

/* Trap: an indented line is one more value of the key above. */
static void test_config_add_continuation_is_refused(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "luns = 0\n  ,1\n" VHBA(
			      "web02", "0002") "\ttimeout = 5\n" VHBA("web03", "0003"));
	expect_message(
		fixture,
		"a.conf:5: error: continuation lines are not supported: a key begins at "
		"the start of its line");
	expect_message(
		fixture,
		"a.conf:9: error: continuation lines are not supported: a key begins at "
		"the start of its line");
	assert_null(config_find_vhba(&fixture->config, "web01"));
	assert_null(config_find_vhba(&fixture->config, "web02"));
	assert_non_null(vhba(fixture, "web03"));
}

static void test_config_add_indented_section_costs_itself(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "  " VHBA("web02", "0002"));
	expect_message(fixture,
		       "a.conf:4: error: a section begins at the start of its line");
	assert_non_null(vhba(fixture, "web01"));
	assert_non_null(config_fault(&fixture->config, "web02"));
}

/* Trap: the keys below would belong to the section above. */
static void test_config_add_unclosed_section(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "[vhba web02\ntimeout = 5\n[vhba ; x]\ntimeout = 6\n"
				   "[unclosed\ntimeout = 7\n[\ntimeout = 8\n");
	expect_message(fixture, "a.conf:4: error: the ']' of this section is missing");
	expect_message(
		fixture,
		"a.conf:6: error: [vhba ; x]: a name begins with a letter or a digit");
	expect_message(fixture, "a.conf:8: error: the ']' of this section is missing");
	expect_message(fixture, "a.conf:10: error: the ']' of this section is missing");
	assert_true(vhba(fixture, "web01")->timeout_usec == 60 * USEC_PER_SEC);
	assert_non_null(config_fault(&fixture->config, "web02"));
}

/* Trap: what follows ']' is passed over. */
static void test_config_add_text_after_a_section(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba web01] wwpn = 5001438000000001\nwwnn = 5001438000000000\n"
		      "[defaults] timeout = 5\ntimeout = 7\n" VHBA("web02", "0002"));
	expect_message(fixture,
		       "a.conf:1: error: there is text after the ']' of this section");
	expect_message(
		fixture,
		"a.conf:3: error: [defaults]: there is text after the ']' of this section");
	assert_non_null(config_fault(&fixture->config, "web01"));
	assert_true(vhba(fixture, "web02")->timeout_usec == 60 * USEC_PER_SEC);
}

/* Trap: the second would be merged into the first without a word. */
static void test_config_add_section_twice(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01",
		  "0001") "[vhba web01]\ntimeout = 5\n[pool web01]\n[pool web01]\n"
			  "mode = 0600\n[defaults]\n[defaults]\ntimeout = 6\n");
	expect_message(
		fixture,
		"a.conf:4: error: this section is in this file already, in line 1");
	expect_message(
		fixture,
		"a.conf:7: error: this section is in this file already, in line 6");
	expect_message(
		fixture,
		"a.conf:10: error: this section is in this file already, in line 9");
	assert_true(vhba(fixture, "web01")->timeout_usec == 60 * USEC_PER_SEC);
	assert_int_equal(pool(fixture, "web01")->mode, -1);
}

/* Trap: inih says nothing of a section without keys. */
static void test_config_add_empty_section(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba web01]\n");
	expect_message(fixture, "a.conf:1: error: vHBA 'web01' needs a wwpn and a wwnn");
	assert_non_null(config_fault(&fixture->config, "web01"));
}

/* Trap: they would belong to a section without a name. */
static void test_config_add_keys_before_any_section(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "timeout = 5\non_stop = keep\n" VHBA("web01", "0001"));
	expect_message(fixture,
		       "a.conf:1: error: this line is before the first [section]");
	assert_true(vhba(fixture, "web01")->timeout_usec == 60 * USEC_PER_SEC);
}

/* Trap: ':' counts as '=' too, so where '=' is forgotten a WWN is taken apart. */
static void test_config_add_colon_is_no_equals_sign(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     "[vhba web01]\nwwpn 50:01:43:80:00:00:00:01\nwwnn: 5001438000000000\n" VHBA(
		     "web02", "0002"));
	expect_message(fixture, "a.conf:2: error: " NO_PAIR);
	expect_message(fixture, "a.conf:3: error: " NO_PAIR);
	assert_non_null(vhba(fixture, "web02"));
}

/* Trap: inih tells the first of the lines that it did not understand, and only at the end. */
static void test_config_add_lines_without_a_value(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "autostart\n" VHBA(
		     "web02",
		     "0002") "timeout ; = 5\n" VHBA("web03",
						    "0003") "= 5\n" VHBA("web04",
									 "0004") "last");
	expect_message(fixture, "a.conf:4: error: " NO_PAIR);
	expect_message(fixture, "a.conf:8: error: " NO_PAIR);
	expect_message(fixture, "a.conf:12: error: there is no key before '='");
	expect_message(fixture, "a.conf:16: error: " NO_PAIR);
	assert_int_equal(fixture->config.n_bad_vhbas, 4);
}

static void test_config_add_nul_costs_the_file(void **state)
{
	static const char text[] = VHBA("web01", "0001") "# \0\n";
	struct fixture *fixture = *state;

	add_bytes(fixture, "a.conf", text, sizeof(text) - 1, false);
	add(fixture, "b.conf", VHBA("web02", "0002"));
	finish(fixture);
	expect_message(
		fixture,
		"a.conf:4: error: there is a NUL byte, so this is not a text file; refusing all of it");
	assert_int_equal(fixture->config.n_vhbas, 1);
}

static void test_config_add_control_characters(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "symbolic_name = a\x1b[31m\n" VHBA(
		     "web02",
		     "0002") "symbolic_name = a\rtimeout = 5\n" VHBA("web03",
								     "0003") "# \x1b is fine in a comment\nluns =\t0\n");
	expect_message(fixture,
		       "a.conf:4: error: there is a control character in this line");
	expect_message(fixture,
		       "a.conf:8: error: there is a control character in this line");
	assert_non_null(vhba(fixture, "web03"));
}

static void test_config_add_unknown_sections_and_keys_are_warnings(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     "[global]\ntimeout = 5\nbogus\n  x\n[vhba web01]\nwwpn = 5001438000000001\n"
	     "wwnn = 5001438000000000\nWWPN = 1\nmode = 0600\n");
	expect_message(
		fixture,
		"a.conf:1: warning: unknown section 'global' (known are vhba, pool and "
		"defaults), ignoring it");
	expect_message(fixture, "a.conf:8: warning: unknown key 'WWPN', ignoring it; "
				"did you mean 'wwpn'?");
	expect_message(fixture,
		       "a.conf:9: warning: 'mode' is a key of [pool NAME], ignoring it");
	assert_non_null(vhba(fixture, "web01"));
}

static void test_config_add_key_twice(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "wwpn = 5001438000000002\n" VHBA("web02", "0003"));
	expect_message(fixture, "a.conf:4: error: wwpn: given already, in line 2");
	assert_non_null(config_fault(&fixture->config, "web01"));
	assert_non_null(vhba(fixture, "web02"));
}

static void test_config_add_messages_of_a_file_are_bounded(void **state)
{
	struct fixture *fixture = *state;
	char text[20000], *p = text;

	for (unsigned i = 0; i < 500; i++)
		p += sprintf(p, "[x%u]\n", i);
	p += sprintf(p, "%s", VHBA("bad", "0001") "x\n" VHBA("good", "0002"));
	load(fixture, text);
	assert_int_equal(fixture->messages.n_messages, 52);
	fixture->n_checked = 50;
	expect_message(fixture,
		       "a.conf:51: warning: this file has more than these 50 warnings");
	expect_message(fixture, "a.conf:504: error: " NO_PAIR);
	assert_non_null(config_fault(&fixture->config, "bad"));
	assert_non_null(vhba(fixture, "good"));
}

/* What is wrong costs what it costs, said or not. */
static void test_config_add_errors_that_are_not_said_count(void **state)
{
	struct fixture *fixture = *state;
	char text[20000], *p = text;

	for (unsigned i = 0; i < 60; i++)
		p += sprintf(p, "[vhba bad%u]\nx\n", i);
	p += sprintf(p, "%s", VHBA("good", "0002"));
	load(fixture, text);
	assert_int_equal(fixture->messages.n_messages, 51);
	fixture->n_checked = 50;
	expect_message(fixture,
		       "a.conf:102: error: this file has more than these 50 errors");
	assert_int_equal(fixture->config.n_bad_vhbas, 60);
	assert_int_equal(fixture->config.n_vhbas, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_add_forms_that_are_fine),
		fixture_test(test_config_add_crlf_and_bom),
		fixture_test(test_config_add_empty_file),
		fixture_test(test_config_add_longest_line_is_whole),
		fixture_test(test_config_add_overlong_line_is_refused),
		fixture_test(test_config_add_tail_of_an_overlong_line_is_no_key),
		fixture_test(test_config_add_overlong_comment_is_only_a_comment),
		fixture_test(test_config_add_crlf_does_not_count),
		fixture_test(test_config_add_overlong_section_ends_the_one_before),
		fixture_test(test_config_add_long_section_names_are_whole),
		fixture_test(test_config_add_continuation_is_refused),
		fixture_test(test_config_add_indented_section_costs_itself),
		fixture_test(test_config_add_unclosed_section),
		fixture_test(test_config_add_text_after_a_section),
		fixture_test(test_config_add_section_twice),
		fixture_test(test_config_add_empty_section),
		fixture_test(test_config_add_keys_before_any_section),
		fixture_test(test_config_add_colon_is_no_equals_sign),
		fixture_test(test_config_add_lines_without_a_value),
		fixture_test(test_config_add_nul_costs_the_file),
		fixture_test(test_config_add_control_characters),
		fixture_test(test_config_add_unknown_sections_and_keys_are_warnings),
		fixture_test(test_config_add_key_twice),
		fixture_test(test_config_add_messages_of_a_file_are_bounded),
		fixture_test(test_config_add_errors_that_are_not_said_count),
	};

	return cmocka_run_group_tests_name("config-parse", tests, NULL, NULL);
}
