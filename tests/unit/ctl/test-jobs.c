// SPDX-License-Identifier: LGPL-2.1-or-later
/* What npivctl prints when a job of systemd has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "ctl/jobs.h"

static char path[] = "/job/1";
static char *the_result; /* of each job */

/* A manager that ends each job as the test wants it. */
int bus_jobs_run(sd_bus *bus, struct bus_job *jobs, size_t n, uint64_t usec,
		 bus_jobs_progress progress, void *context)
{
	(void)bus, (void)usec, (void)progress, (void)context;
	for (size_t i = 0; i < n; i++) {
		jobs[i].path = path;
		jobs[i].result = the_result;
	}
	return 0;
}

bool bus_job_is_done(const struct bus_job *job)
{
	return streq(job->result, "done");
}

void bus_job_done(struct bus_job *job)
{
	free(job->unit);
	free(job->helper);
}

/* Runs one job that ends with a result. Returns the exit code, and what was printed on stderr. */
static int run(const char *method, char *result, char **ret_text)
{
	struct ctl_jobs jobs = { 0 };
	FILE *terminal = stderr;
	size_t size;
	int code;

	the_result = result;
	assert_int_equal(ctl_jobs_add(&jobs, "web01", method), 0);
	stderr = open_memstream(ret_text, &size);
	assert_non_null(stderr);
	code = ctl_jobs_run((sd_bus *)path, &jobs);
	assert_int_equal(fclose(stderr), 0);
	stderr = terminal;
	ctl_jobs_done(&jobs);
	return code;
}

/* systemd ends a reload of a unit that is not up with "invalid", whether the unit was stopped or has failed. */
static void test_a_reload_needs_a_start(void **unused)
{
	static char result[] = "invalid";
	_cleanup_free_ char *text = NULL;

	(void)unused;
	assert_int_equal(run("ReloadUnit", result, &text), EXIT_FAILURE);
	assert_string_equal(text,
			    "npivctl: web01: it is not up, so it cannot be reloaded\n"
			    "  start it with 'npivctl start web01'\n");
}

static void test_done_is_no_error(void **unused)
{
	static char result[] = "done";
	_cleanup_free_ char *text = NULL;

	(void)unused;
	assert_int_equal(run("ReloadUnit", result, &text), EXIT_SUCCESS);
	assert_string_equal(text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_reload_needs_a_start),
		cmocka_unit_test(test_done_is_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
