// SPDX-License-Identifier: LGPL-2.1-or-later
/* Jobs and states of the units of a vHBA. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "event/bus-job.h"
#include "event/notify.h"
#include "lib/clock.h"
#include "names/unitname.h"
#include "vport/unit.h"

/* systemd answers a call before it runs the job. It runs jobs when it has no event left to handle, so that the disks of
 * other vHBAs can hold the job up. Between two looks, twice as long each time: of hundreds of starts at the boot each has
 * to be served. */
#define PAUSE_MIN_MSEC 2
#define PAUSE_MAX_MSEC 500

struct units {
	sd_bus *bus;
	char *vport, *teardown, *recover;
};

static void units_done(struct units *units)
{
	sd_bus_flush_close_unref(units->bus);
	free(units->vport);
	free(units->teardown);
	free(units->recover);
}

static int units_open(const struct task *task, struct units *units)
{
	*units = (struct units){
		.vport = unit_name_vport(task->name),
		.teardown = unit_name_teardown(task->name),
		.recover = unit_name_recover(task->name),
	};
	if (!units->vport || !units->teardown || !units->recover)
		return -ENOMEM;
	return bus_open(&units->bus);
}

static bool units_is(const struct units *units, const char *unit,
		     const char *active_state)
{
	_cleanup_free_ char *state = NULL;

	return bus_unit_active_state(units->bus, unit, &state) >= 0 &&
	       streq(state, active_state);
}

bool vport_unit_runs_us(void)
{
	const char *pid = getenv("SYSTEMD_EXEC_PID");
	char self[16];

	(void)snprintf(self, sizeof(self), "%d", (int)getpid());
	return pid && streq(pid, self);
}

/* --- start --- */

static bool unit_is_to_end(void)
{
	sigset_t pending;

	return sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) == 1 ||
					     sigismember(&pending, SIGINT) == 1);
}

/* Asks again and again. systemd would send JobRemoved, but to each private connection and for each job of the machine:
 * hundreds of starts would wake each other hundreds of times. */
static int hold_await(const struct task *task, const struct units *units)
{
	int pause = PAUSE_MIN_MSEC;

	notify_status("waiting for systemd to start %s", units->teardown);
	while (!units_is(units, units->teardown, "active")) {
		if (unit_is_to_end())
			return -ECANCELED;
		if (left_usec(task->deadline) == 0)
			return -ETIMEDOUT;
		(void)poll(NULL, 0, pause);
		pause = pause * 2 < PAUSE_MAX_MSEC ? pause * 2 : PAUSE_MAX_MSEC;
	}
	return 0;
}

static int hold_begin(const struct task *task, const struct units *units)
{
	int r;

	r = bus_queue_job(units->bus, "StartUnit", units->teardown,
			  "ignore-dependencies");
	/* systemd does not answer while it reads its units again; it handles the request all the same. */
	if (r >= 0 || r == -ETIMEDOUT)
		r = hold_await(task, units);
	if (r < 0 || !unit_is_to_end())
		return r;
	/* A stop that came before it was active has not stopped it. A restart will need it: the stop fails then. */
	(void)bus_queue_job(units->bus, "StopUnit", units->vport, "fail");
	return -ECANCELED;
}

int vport_unit_hold(const struct task *task)
{
	_cleanup_(units_done) struct units units = { 0 };
	int r;

	if (!vport_unit_runs_us())
		return 0;
	r = units_open(task, &units);
	if (r < 0)
		return r;
	return units_is(&units, units.teardown, "active") ? 0 : hold_begin(task, &units);
}

/* --- stop --- */

bool vport_unit_end_start(const struct task *task)
{
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	_cleanup_(units_done) struct units units = { 0 };
	int r;

	if (units_open(task, &units) < 0)
		return false;
	r = bus_unit_read(units.bus, units.vport, &state);
	(void)bus_kill_process(units.bus, units.vport, "main", SIGTERM);
	(void)bus_kill_process(units.bus, units.vport, "control", SIGTERM);
	return r >= 0 && streq(state.active_state, "activating");
}

static bool unit_is_stopping(const struct bus_unit *state)
{
	return streq(state->job, "stop") || streq(state->job, "restart");
}

/* Makes the job fail for callers that wait for it. A start that was queued since is done, because everything is in
 * place. */
static int keep_cancel(const struct units *units)
{
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	int r;

	r = bus_unit_read(units->bus, units->vport, &state);
	return r >= 0 && unit_is_stopping(&state) ?
		       bus_cancel_job(units->bus, units->vport) :
		       r;
}

/* The order matters: otherwise a stop of the vHBA's unit, which waits for the stop of npiv-teardown@, would
 * succeed. */
static int keep_units(const struct units *units, enum unit_rest rest)
{
	int r, cancelled;

	cancelled = keep_cancel(units);
	r = bus_queue_job(units->bus, "StartUnit", units->teardown,
			  "ignore-dependencies");
	if (r < 0 || cancelled < 0)
		return r < 0 ? r : cancelled;
	switch (rest) {
	case UNIT_REST_PARTIAL:
		return bus_queue_job(units->bus, "RestartUnit", units->vport,
				     "ignore-dependencies");
	case UNIT_REST_UNKNOWN:
		return bus_queue_job(units->bus, "StopUnit", units->vport,
				     "ignore-dependencies");
	case UNIT_REST_ALL:
		break;
	}
	return units_is(units, units->vport, "active") ?
		       0 :
		       bus_queue_job(units->bus, "StartUnit", units->recover, "replace");
}

void vport_unit_keep(const struct task *task, enum unit_rest rest)
{
	_cleanup_(units_done) struct units units = { 0 };
	int r;

	r = units_open(task, &units);
	if (r >= 0)
		r = keep_units(&units, rest);
	if (r < 0)
		log_warning(
			&task->subject,
			"cannot report to systemd that it is still there: %s, ignoring",
			strerror(-r));
}

/* --- a stop that is killed --- */

/* The process that guards a stop: it ends after a byte in the pipe, or acts if the pipe ends without one. */
static _Noreturn void guard_main(const struct task *task, int fd)
{
	char byte;

	if (read(fd, &byte, 1) != 1)
		vport_unit_keep(task, UNIT_REST_UNKNOWN);
	_exit(0);
}

int vport_unit_guard_stop(const struct task *task, struct unit_guard *ret_guard)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	ret_guard->pid = fork();
	if (ret_guard->pid == 0) {
		(void)setsid();
		close(fds[1]);
		guard_main(task, fds[0]);
	}
	close(fds[0]);
	ret_guard->fd = fds[1];
	if (ret_guard->pid > 0)
		return 0;
	close(fds[1]);
	return -errno;
}

void vport_unit_end_guard(const struct unit_guard *guard)
{
	(void)!write(guard->fd, "", 1);
	close(guard->fd);
	(void)waitpid(guard->pid, NULL, 0);
}

/* A start that is requested during the take-down waits for its end, and would then be done at once, because the
 * unit is active. As a restart it starts the vHBA. */
static int settle_active(const struct units *units, const struct bus_unit *state)
{
	if (unit_is_stopping(state))
		return 0;
	return bus_queue_job(units->bus, *state->job ? "RestartUnit" : "StopUnit",
			     units->vport, "ignore-dependencies");
}

void vport_unit_settle(const struct task *task)
{
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	_cleanup_(units_done) struct units units = { 0 };
	int r;

	r = units_open(task, &units);
	if (r >= 0)
		r = bus_unit_read(units.bus, units.vport, &state);
	if (r >= 0 && streq(state.active_state, "active"))
		r = settle_active(&units, &state);
	else if (r >= 0 && streq(state.active_state, "failed"))
		r = bus_reset_failed(units.bus, units.vport);
	if (r < 0)
		log_warning(&task->subject,
			    "cannot report to systemd that it is down: %s, ignoring",
			    strerror(-r));
}

/* --- recovery --- */

int vport_unit_start(const struct task *task)
{
	_cleanup_(units_done) struct units units = { 0 };
	int r;

	r = units_open(task, &units);
	return r < 0 ? r : bus_queue_job(units.bus, "StartUnit", units.vport, "fail");
}

bool vport_unit_is_masked(const struct task *task)
{
	_cleanup_(units_done) struct units units = { 0 };

	return units_open(task, &units) >= 0 &&
	       bus_unit_is_masked(units.bus, units.vport);
}

char *vport_unit_status(const struct task *task)
{
	_cleanup_(units_done) struct units units = { 0 };
	char *text = NULL;

	return units_open(task, &units) >= 0 &&
			       bus_unit_status(units.bus, units.vport, &text) >= 0 ?
		       text :
		       NULL;
}
