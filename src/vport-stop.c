// SPDX-License-Identifier: LGPL-2.1-or-later
/* stop, stopped and release: each takes down what is remembered, when it is time. */
#include <unistd.h>

#include "core/unitname.h"
#include "sys/bus.h"
#include "sys/notify.h"
#include "sys/state-dir.h"
#include "vport.h"

/* A manager that cannot be asked (none runs, it is about to end) is one that does not shut down. */
static bool is_shutdown(void)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	bool is_stopping;

	return bus_open(&bus) >= 0 && bus_is_stopping(bus, &is_stopping) >= 0 &&
	       is_stopping;
}

/* Whether systemd runs this very process for a unit (systemd.exec(5)), not a person from a shell. */
static bool is_run_by_systemd(void)
{
	const char *pid = getenv("SYSTEMD_EXEC_PID");
	char self[16];

	(void)snprintf(self, sizeof(self), "%d", (int)getpid());
	return pid && streq(pid, self);
}

static void start_unit(const struct task *task, const char *unit)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = unit ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_start_unit(bus, unit);
	if (r < 0)
		log_warning(&task->subject, "cannot have %s started: %s, ignoring",
			    unit ? unit : "a unit", strerror(-r));
}

/* The vHBA is still there, but systemd takes the unit for down, and would run no ExecStop for it again.
 * After a refusal the unit is started again, and finds all in place. Where stop itself failed, that would
 * not be true: the companion sees to the next stop. */
static void keep_stoppable(const struct task *task, int exit_code)
{
	_cleanup_free_ char *unit = NULL;

	if (!is_run_by_systemd() || is_shutdown())
		return;
	unit = exit_code == stage_info(STAGE_BUSY)->exit_code ?
		       unit_name_vport(task->name) :
		       unit_name_release(task->name);
	start_unit(task, unit);
}

static int take_down_remembered(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int r;

	r = state_dir_read(task->run, task->name, &state);
	if (r == -ENOENT) {
		notify_status("is not up");
		return 0;
	}
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	task_set_subject(task, &state);
	r = vport_take_down(task, &state, is_shutdown());
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return r;
}

int vport_stop(struct task *task)
{
	int r;

	assert(task);

	r = task_lock(task);
	if (r == 0)
		r = take_down_remembered(task);
	if (r != 0)
		keep_stoppable(task, r);
	return r;
}

static bool is_any_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (streq(text, *list))
			return true;
	return false;
}

/* Whether the vHBA is none of this verb's business: its unit is about to have it again, or is in a
 * state that the unit's own start and stop are the way out of. One that is masked has neither, though it
 * may be up. */
static bool is_in_hand(const struct bus_unit *unit)
{
	static const char *const coming[] = { "start", "restart", "try-restart",
					      "reload-or-start", NULL };
	static const char *const own[] = { "start", "exited",	    "reload",
					   "stop",  "stop-sigterm", "stop-sigkill",
					   NULL };

	return !streq(unit->load_state, "masked") &&
	       (is_any_of(unit->job, coming) || is_any_of(unit->state, own));
}

/* A unit of the vHBA as systemd has it now. Returns 0, or an exit code where it said what is wrong. */
static int read_unit(const struct task *task, const char *unit, struct bus_unit *ret_unit)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = unit ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_unit_read(bus, unit, ret_unit);
	return r < 0 ? vport_fail_errno(task, r, "ask systemd about the unit") : 0;
}

/* systemd runs no ExecStop= for a unit that failed, waits for its next try or is masked. A companion that is
 * stopped along with it, and before it, runs this: it takes down what such a unit left. */
int vport_release(struct task *task)
{
	_cleanup_free_ char *name = unit_name_vport(task->name);
	_cleanup_(bus_unit_done) struct bus_unit unit = { 0 };
	int r;

	assert(task);

	r = read_unit(task, name, &unit);
	if (r != 0)
		return r;
	return is_in_hand(&unit) ? 0 : vport_stop(task);
}

/* Nor does it run ExecStop= where it stops a start half way, however early that was killed; but
 * ExecStopPost=, which is this, it always runs. What a failed start left stays, and so does what
 * stop left at shutdown. */
int vport_stopped(struct task *task)
{
	_cleanup_free_ char *name = unit_name_vport(task->name);
	_cleanup_free_ char *companion = unit_name_release(task->name);
	_cleanup_(bus_unit_done) struct bus_unit unit = { 0 }, release = { 0 };
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int r;

	assert(task);

	/* The common case: stop was run, and has done all. */
	if (state_dir_read(task->run, task->name, &state) == -ENOENT)
		return 0;
	r = read_unit(task, name, &unit);
	if (r == 0)
		r = read_unit(task, companion, &release);
	if (r != 0)
		return r;
	/* Stop was run and failed, as it would again. */
	if (streq(release.job, "start"))
		return 0;
	return streq(unit.job, "stop") && !is_shutdown() ? vport_stop(task) : 0;
}
