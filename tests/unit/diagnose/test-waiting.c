// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the words of a start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/waiting.h"

static void assert_waiting(const struct diagnosis *diagnosis, unsigned left_sec,
			   const char *wanted)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	waiting_print(diagnosis, left_sec, out);
	fclose(out);
	assert_string_equal(text, wanted);
}

static void test_waiting_print_missing_luns(void **state)
{
	const struct diagnosis diagnosis = {
		.stage = STAGE_LUNS_MISSING,
		.detail = "3 of 5, missing 4,7",
	};

	assert_waiting(&diagnosis, 23,
		       "waiting for LUNs: 3 of 5, missing 4,7; 23 s left");
}

static void test_waiting_print_settling(void **state)
{
	const struct diagnosis diagnosis = { .stage = STAGE_READY, .n_usable = 5 };

	assert_waiting(&diagnosis, 58, "waiting for further LUNs: 5 so far; 58 s left");
}

static void test_waiting_print_without_detail(void **state)
{
	const struct diagnosis diagnosis = { .stage = STAGE_NO_LUNS };

	assert_waiting(&diagnosis, 0, "waiting for LUNs; 0 s left");
	assert_waiting(&diagnosis, WAITING_NO_END, "waiting for LUNs");
}

static void test_waiting_print_every_stage_has_words(void **state)
{
	for (int stage = STAGE_PARENT_MISSING; stage < STAGE_BUSY; stage++) {
		const struct diagnosis diagnosis = { .stage = stage };
		char text[256] = "";
		FILE *out = fmemopen(text, sizeof(text), "w");

		waiting_print(&diagnosis, 1, out);
		fclose(out);
		assert_null(strstr(text, "further LUNs"));
	}
}

static void assert_ready(const struct diagnosis *diagnosis, const char *wanted)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	waiting_print_ready(diagnosis, out);
	fclose(out);
	assert_string_equal(text, wanted);
}

static void test_waiting_print_ready_names_both_ports(void **state)
{
	const struct fc_port port = { .host = 8, .wwpn = 0x81 },
			     parent = { .wwpn = 0x71 };
	struct diagnosis diagnosis = { .n_usable = 8, .port = &port, .parent = &parent };

	assert_ready(&diagnosis, "8 LUNs on host8 (0x0000000000000081), "
				 "parent 0x0000000000000071");
	diagnosis.n_usable = 1;
	diagnosis.parent = NULL;
	assert_ready(&diagnosis, "1 LUN on host8 (0x0000000000000081)");
}

static void test_waiting_cause_is_news_once_and_not_at_once(void **state)
{
	struct waiting_cause cause = { 0 };
	uint64_t now = 1000 * USEC_PER_SEC;

	assert_false(waiting_cause_is_news(&cause, "looking for LUNs", now));
	assert_false(
		waiting_cause_is_news(&cause, "waiting for LUNs: none; 9 s left", now));
	assert_false(waiting_cause_is_news(&cause, "waiting for LUNs: none; 7 s left",
					   now + WAITING_NEWS_USEC - 1));
	/* What is done in between does not begin it anew. */
	assert_false(waiting_cause_is_news(&cause, "looking for LUNs",
					   now + WAITING_NEWS_USEC));
	assert_true(waiting_cause_is_news(&cause, "waiting for LUNs: none; 6 s left",
					  now + WAITING_NEWS_USEC));
	assert_string_equal(cause.told, "waiting for LUNs: none");
	assert_false(waiting_cause_is_news(&cause, "waiting for LUNs: none; 1 s left",
					   now + 9 * USEC_PER_SEC));
	/* Another cause is news again. */
	now += 10 * USEC_PER_SEC;
	assert_false(waiting_cause_is_news(&cause, "waiting for udev; 1 s left", now));
	assert_true(waiting_cause_is_news(&cause, "waiting for udev; 0 s left",
					  now + WAITING_NEWS_USEC));
	assert_string_equal(cause.told, "waiting for udev");
	/* The same again after a moment in which it was another is none. */
	assert_false(waiting_cause_is_news(&cause, "waiting for LUNs; 5 s left", now));
	assert_false(waiting_cause_is_news(&cause, "waiting for udev; 5 s left", now));
	assert_false(waiting_cause_is_news(&cause, "waiting for udev; 0 s left",
					   now + WAITING_NEWS_USEC));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waiting_print_missing_luns),
		cmocka_unit_test(test_waiting_print_settling),
		cmocka_unit_test(test_waiting_print_without_detail),
		cmocka_unit_test(test_waiting_print_every_stage_has_words),
		cmocka_unit_test(test_waiting_print_ready_names_both_ports),
		cmocka_unit_test(test_waiting_cause_is_news_once_and_not_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
