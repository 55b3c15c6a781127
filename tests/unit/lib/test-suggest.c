// SPDX-License-Identifier: LGPL-2.1-or-later
/* What was meant comes near, another word does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/suggest.h"

static const char *meant(const char *word)
{
	static const char *const candidates[] = {
		"wwpn",	       "wwnn",	  "luns",    "min_luns", "parent_wwpn",
		"parent_wwnn", "timeout", "on_stop", "mode"
	};
	struct suggestion suggestion = { .word = word };

	for (size_t i = 0; i < ARRAY_SIZE(candidates); i++)
		suggest_from(&suggestion, candidates[i]);
	return suggestion.best;
}

static void test_suggest_from_typos(void **state)
{
	assert_string_equal(meant("tiemout"), "timeout");
	assert_string_equal(meant("timout"), "timeout");
	assert_string_equal(meant("timeoutt"), "timeout");
	assert_string_equal(meant("Timeout"), "timeout");
	assert_string_equal(meant("minluns"), "min_luns");
	assert_string_equal(meant("on-stop"), "on_stop");
	assert_string_equal(meant("parent_wpwn"), "parent_wwpn");
	assert_string_equal(meant("lun"), "luns");
}

/* Of two that are as near the first one counts. */
static void test_suggest_from_ties(void **state)
{
	assert_string_equal(meant("wwn"), "wwpn");
	assert_string_equal(meant("wwnn"), "wwnn");
}

static void test_suggest_from_other_words(void **state)
{
	assert_null(meant("colour"));
	assert_null(meant("x"));
	assert_null(meant(""));
	assert_null(meant("owner"));
	assert_null(meant(
		"a_word_that_is_longer_than_any_key_that_anybody_has_ever_thought_of"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suggest_from_typos),
		cmocka_unit_test(test_suggest_from_ties),
		cmocka_unit_test(test_suggest_from_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
