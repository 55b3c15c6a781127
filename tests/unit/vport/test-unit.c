// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of what is asked of systemd, and in which order, with a stand-in for systemd. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "event/bus-job.h"
#include "lib/clock.h"
#include "vport/unit.h"

#define VPORT	 "npiv-vport@web01.service"
#define TEARDOWN "npiv-teardown@web01.service"
#define RECOVER	 "npiv-recover@web01.service"

static char calls[1024]; /* one after the other, each with a blank behind it */
static const char *vport_state, *vport_job; /* of npiv-vport@ */
static const char *teardown_state;

static void _printf_(1, 2) note(const char *format, ...)
{
	size_t used = strlen(calls);
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(calls + used, sizeof(calls) - used, format, ap);
	va_end(ap);
}

int bus_open(sd_bus **ret_bus)
{
	*ret_bus = NULL;
	return 0;
}

static const char *active_state(const char *unit)
{
	return streq(unit, VPORT)    ? vport_state :
	       streq(unit, TEARDOWN) ? teardown_state :
				       "inactive";
}

int bus_unit_read(sd_bus *bus, const char *unit, struct bus_unit *ret_unit)
{
	*ret_unit = (struct bus_unit){
		.job = strdup(streq(unit, VPORT) ? vport_job : ""),
		.active_state = strdup(active_state(unit)),
	};
	return 0;
}

void bus_unit_done(struct bus_unit *unit)
{
	free(unit->job);
	free(unit->active_state);
	*unit = (struct bus_unit){ 0 };
}

int bus_unit_active_state(sd_bus *bus, const char *unit, char **ret_state)
{
	*ret_state = strdup(active_state(unit));
	return 0;
}

int bus_queue_job(sd_bus *bus, const char *method, const char *unit, const char *mode)
{
	note("%s(%s,%s) ", method, unit, mode);
	if (streq(unit, TEARDOWN))
		teardown_state = "active";
	return 0;
}

int bus_cancel_job(sd_bus *bus, const char *unit)
{
	note("Cancel(%s) ", unit);
	return 0;
}

int bus_kill_process(sd_bus *bus, const char *unit, const char *who, int signal)
{
	note("Kill(%s,%s) ", unit, who);
	return 0;
}

int bus_reset_failed(sd_bus *bus, const char *unit)
{
	note("ResetFailed(%s) ", unit);
	return 0;
}

bool bus_unit_is_masked(sd_bus *bus, const char *unit)
{
	return false;
}

int bus_unit_status(sd_bus *bus, const char *unit, char **ret_text)
{
	return -ENOENT;
}

uint64_t task_until(const struct task *task, uint64_t usec)
{
	return now_usec() + usec;
}

void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...)
{
}

static const struct task task = { .name = "web01" };

static void begin(const char *state, const char *job)
{
	char pid[16];

	calls[0] = '\0';
	vport_state = state;
	vport_job = job;
	teardown_state = "inactive";
	(void)snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("SYSTEMD_EXEC_PID", pid, true);
}

static void test_vport_unit_hold_starts_the_teardown(void **state)
{
	begin("activating", "start");
	assert_int_equal(vport_unit_hold(&task), 0);
	assert_string_equal(calls, "StartUnit(" TEARDOWN ",ignore-dependencies) ");
	/* It is active now. */
	calls[0] = '\0';
	assert_int_equal(vport_unit_hold(&task), 0);
	assert_string_equal(calls, "");
}

static void test_vport_unit_hold_is_none_of_a_person(void **state)
{
	begin("inactive", "");
	setenv("SYSTEMD_EXEC_PID", "1", true);
	assert_int_equal(vport_unit_hold(&task), 0);
	assert_string_equal(calls, "");
}

static void test_vport_unit_keep_cancels_first(void **state)
{
	begin("active", "stop");
	vport_unit_keep(&task, UNIT_REST_ALL);
	assert_string_equal(calls, "Cancel(" VPORT ") StartUnit(" TEARDOWN
				   ",ignore-dependencies) ");
}

static void test_vport_unit_keep_goes_on_with_the_recovery(void **state)
{
	begin("failed", "stop");
	vport_unit_keep(&task, UNIT_REST_ALL);
	assert_string_equal(calls,
			    "Cancel(" VPORT ") StartUnit(" TEARDOWN
			    ",ignore-dependencies) StartUnit(" RECOVER ",replace) ");
}

static void test_vport_unit_keep_begins_a_start_anew(void **state)
{
	begin("activating", "restart");
	vport_unit_keep(&task, UNIT_REST_PARTIAL);
	assert_string_equal(calls, "Cancel(" VPORT ") StartUnit(" TEARDOWN
				   ",ignore-dependencies) RestartUnit(" VPORT
				   ",ignore-dependencies) ");
}

static void test_vport_unit_keep_does_not_count_what_failed_as_up(void **state)
{
	begin("active", "stop");
	vport_unit_keep(&task, UNIT_REST_UNKNOWN);
	assert_string_equal(calls, "Cancel(" VPORT ") StartUnit(" TEARDOWN
				   ",ignore-dependencies) StopUnit(" VPORT
				   ",ignore-dependencies) ");
}

/* All is in place, so a start that came since is done. */
static void test_vport_unit_keep_leaves_a_start_alone(void **state)
{
	begin("active", "start");
	vport_unit_keep(&task, UNIT_REST_ALL);
	assert_string_equal(calls, "StartUnit(" TEARDOWN ",ignore-dependencies) ");
}

static void test_vport_unit_settle(void **state)
{
	begin("active", "stop");
	vport_unit_settle(&task);
	assert_string_equal(calls, "");
	begin("failed", "stop");
	vport_unit_settle(&task);
	assert_string_equal(calls, "ResetFailed(" VPORT ") ");
}

static void test_vport_unit_settle_begins_a_start_that_came_meanwhile(void **state)
{
	begin("active", "start");
	vport_unit_settle(&task);
	assert_string_equal(calls, "RestartUnit(" VPORT ",ignore-dependencies) ");
	/* Somebody has cancelled the stop. */
	begin("active", "");
	vport_unit_settle(&task);
	assert_string_equal(calls, "StopUnit(" VPORT ",ignore-dependencies) ");
}

static void test_vport_unit_end_start(void **state)
{
	begin("activating", "stop");
	assert_true(vport_unit_end_start(&task));
	assert_string_equal(calls, "Kill(" VPORT ",main) Kill(" VPORT ",control) ");
	begin("reloading", "stop");
	assert_false(vport_unit_end_start(&task));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vport_unit_hold_starts_the_teardown),
		cmocka_unit_test(test_vport_unit_hold_is_none_of_a_person),
		cmocka_unit_test(test_vport_unit_keep_cancels_first),
		cmocka_unit_test(test_vport_unit_keep_goes_on_with_the_recovery),
		cmocka_unit_test(test_vport_unit_keep_begins_a_start_anew),
		cmocka_unit_test(test_vport_unit_keep_does_not_count_what_failed_as_up),
		cmocka_unit_test(test_vport_unit_keep_leaves_a_start_alone),
		cmocka_unit_test(test_vport_unit_settle),
		cmocka_unit_test(
			test_vport_unit_settle_begins_a_start_that_came_meanwhile),
		cmocka_unit_test(test_vport_unit_end_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
