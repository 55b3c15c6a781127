// SPDX-License-Identifier: LGPL-2.1-or-later
/* stop, stopped and release: each takes down what is remembered, when it is time. */
#include <signal.h>
#include <unistd.h>

#include "names/unitname.h"
#include "event/bus.h"
#include "event/notify.h"
#include "state/state-dir.h"
#include "vport/takedown.h"
#include "vport/vport.h"

/* A manager that cannot be asked (none runs, it is about to end) is one that does not shut down. */
static bool stop_is_shutdown(void)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	bool is_stopping;

	return bus_open(&bus) >= 0 && bus_is_stopping(bus, &is_stopping) >= 0 &&
	       is_stopping;
}

/* Whether systemd runs this very process for a unit (systemd.exec(5)), not a person from a shell. */
static bool stop_is_run_by_systemd(void)
{
	const char *pid = getenv("SYSTEMD_EXEC_PID");
	char self[16];

	(void)snprintf(self, sizeof(self), "%d", (int)getpid());
	return pid && streq(pid, self);
}

/* After a refusal the unit is started again, and finds all in place. Where stop itself failed, that would
 * not be true, and where the unit is masked it cannot be: the companion is, which sees to the next stop.
 * Then the job is not to count as done, as it does for systemd however ExecStop= ends. */
static int stop_ask_manager(const struct task *task, bool is_refused)
{
	_cleanup_free_ char *unit = unit_name_vport(task->name);
	_cleanup_free_ char *companion = unit_name_release(task->name);
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = unit && companion ? bus_open(&bus) : -ENOMEM;
	if (r < 0)
		return r;
	if (is_refused && bus_start_unit(bus, unit) >= 0)
		return 0;
	/* First: a stop of the unit that waits for that of the companion would be done at once. */
	r = bus_cancel_job(bus, unit);
	return r < 0 ? r : bus_start_unit(bus, companion);
}

/* The vHBA is still there, but systemd takes the unit for down, and would run no ExecStop= for it again. */
static void stop_keep_stoppable(const struct task *task, bool is_refused)
{
	int r;

	if (!stop_is_run_by_systemd() || stop_is_shutdown())
		return;
	r = stop_ask_manager(task, is_refused);
	if (r < 0)
		log_warning(&task->subject,
			    "cannot tell systemd that it is still there: %s, ignoring",
			    strerror(-r));
}

static enum removal stop_take_down(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	enum removal removal;
	int r;

	r = state_dir_read(task->run, task->name, &state);
	if (r == -ENOENT) {
		notify_status("is not up");
		return REMOVAL_GONE;
	}
	if (r < 0)
		return removal_fail(task, r, "read what is remembered");
	task_set_subject(task, &state);
	removal = vport_take_down(task, &state, stop_is_shutdown());
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return removal;
}

int vport_stop(struct task *task)
{
	enum removal removal = REMOVAL_FAILED;
	int exit_code;

	assert(task);

	if (task_lock(task, &exit_code)) {
		removal = stop_take_down(task);
		exit_code = removal_exit_code(removal);
	} else if (exit_code == 0) {
		exit_code =
			128 +
			SIGTERM; /* the vHBA is still there, though its unit is being stopped */
	}
	if (exit_code != 0)
		stop_keep_stoppable(task, removal == REMOVAL_REFUSED);
	return exit_code;
}

static bool stop_is_any_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (streq(text, *list))
			return true;
	return false;
}

/* Whether the vHBA is none of this verb's business: its unit is about to have it again, or is in a
 * state that the unit's own start and stop are the way out of. One that is masked has neither, though it
 * may be up. */
static bool stop_is_in_hand(const struct bus_unit *unit)
{
	static const char *const coming[] = { "start", "restart", "try-restart",
					      "reload-or-start", NULL };
	static const char *const own[] = { "start", "exited",	    "reload",
					   "stop",  "stop-sigterm", "stop-sigkill",
					   NULL };

	return !streq(unit->load_state, "masked") &&
	       (stop_is_any_of(unit->job, coming) || stop_is_any_of(unit->state, own));
}

/* The vHBA's own unit, as systemd has it now. Returns 0, or an exit code where it said what is wrong. */
static int stop_read_unit(const struct task *task, struct bus_unit *ret_unit)
{
	_cleanup_free_ char *name = unit_name_vport(task->name);
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = name ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_unit_read(bus, name, ret_unit);
	return r < 0 ? vport_fail_errno(task, r, "ask systemd about the unit") : 0;
}

/* Between two tries systemd restarts both units, and this one leaves all to the try. A stop that takes the
 * place of that job from now on runs neither again: what looks then is ordered behind the job. */
static int stop_look_later(const struct task *task)
{
	_cleanup_free_ char *later = unit_name_stopped(task->name);
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = later ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_start_unit(bus, later);
	return r < 0 ? vport_fail_errno(task, r, "have systemd look again later") : 0;
}

/* systemd runs no ExecStop= for a unit that failed, waits for its next try or is masked. A companion that is
 * stopped along with it, and before it, runs this: it takes down what such a unit left. */
int vport_release(struct task *task)
{
	_cleanup_(bus_unit_done) struct bus_unit unit = { 0 };
	int exit_code;

	assert(task);

	exit_code = stop_read_unit(task, &unit);
	if (exit_code != 0)
		return exit_code;
	if (!stop_is_in_hand(&unit))
		return vport_stop(task);
	return streq(unit.state, "auto-restart") ? stop_look_later(task) : 0;
}

/* Whether the vHBA is left to nobody: a stop is under way that ends a start half way, or one is over that came
 * between two tries; or the unit was masked as a try was about to begin, for which its companion was stopped, and
 * that try never came: a stop would find nothing that runs. */
static bool stop_is_abandoned(const struct bus_unit *unit)
{
	if (*unit->job)
		return streq(unit->job, "stop");
	return streq(unit->active_state, "inactive") ||
	       (streq(unit->active_state, "failed") && streq(unit->load_state, "masked"));
}

/* Nor does it run ExecStop= where it stops a start half way, however early that was killed; but
 * ExecStopPost=, which is this, it always runs. What a failed start left stays, and so does what
 * stop left. */
int vport_stopped(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	_cleanup_(bus_unit_done) struct bus_unit unit = { 0 };
	int exit_code;

	assert(task);

	/* The common case: stop was run, and has done all. */
	if (state_dir_read(task->run, task->name, &state) == -ENOENT)
		return 0;
	/* Stop has said so already. */
	if (state.type == VHBA_VPORT && state.on_stop == ON_STOP_KEEP)
		return 0;
	exit_code = stop_read_unit(task, &unit);
	if (exit_code != 0)
		return exit_code;
	return stop_is_abandoned(&unit) && !stop_is_shutdown() ? vport_stop(task) : 0;
}
