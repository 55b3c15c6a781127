// SPDX-License-Identifier: LGPL-2.1-or-later
/* The text format of Prometheus: form, and what becomes of hostile label values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/prometheus.h"

static void assert_sample(const struct prometheus_label *labels, size_t n, uint64_t value,
			  const char *wanted)
{
	char buf[256] = "";
	FILE *out = fmemopen(buf, sizeof(buf) - 1, "w");

	assert_non_null(out);
	prometheus_sample("m", labels, n, value, out);
	fclose(out);
	assert_string_equal(buf, wanted);
}

static void test_prometheus_begin(void **state)
{
	char buf[256] = "";
	FILE *out = fmemopen(buf, sizeof(buf) - 1, "w");

	assert_non_null(out);
	prometheus_begin("m", "How many.", out);
	fclose(out);
	assert_string_equal(buf, "# HELP m How many.\n# TYPE m gauge\n");
}

static void test_prometheus_sample(void **state)
{
	const struct prometheus_label labels[] = { { "a", "x" }, { "b", NULL } };

	assert_sample(NULL, 0, 0, "m 0\n");
	assert_sample(labels, 1, 7, "m{a=\"x\"} 7\n");
	assert_sample(labels, 2, UINT64_MAX, "m{a=\"x\",b=\"\"} 18446744073709551615\n");
}

static void test_prometheus_sample_is_escaped(void **state)
{
	const struct prometheus_label label = { "a", "b\\s\"q\"\nn}\tgr\xc3\xbcn" };

	assert_sample(&label, 1, 1, "m{a=\"b\\\\s\\\"q\\\"\\nn}\tgr\xc3\xbcn\"} 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prometheus_begin),
		cmocka_unit_test(test_prometheus_sample),
		cmocka_unit_test(test_prometheus_sample_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
