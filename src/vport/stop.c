// SPDX-License-Identifier: LGPL-2.1-or-later
/* stop: takes down what the state remembers. npiv-teardown@ runs it, in whatever state the vHBA is. */
#include <signal.h>

#include "event/bus.h"
#include "event/notify.h"
#include "state/state-dir.h"
#include "vport/takedown.h"
#include "vport/unit.h"
#include "vport/vport.h"

/* If the manager cannot be asked (none runs, or it is ending), assume that it is not shutting down. */
static bool stop_is_shutdown(void)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	bool is_stopping;

	return bus_open(&bus) >= 0 && bus_is_stopping(bus, &is_stopping) >= 0 &&
	       is_stopping;
}

static enum removal stop_take_down(struct task *task, bool is_shutdown)
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
	removal = vport_take_down(task, &state, is_shutdown);
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return removal;
}

static int stop_locked(struct task *task, bool is_shutdown, enum removal *ret_removal)
{
	int exit_code;

	*ret_removal = REMOVAL_FAILED;
	if (!task_lock(task, &exit_code))
		/* After a signal the vHBA still exists, though its unit is being stopped. */
		return exit_code ? exit_code : 128 + SIGTERM;
	*ret_removal = stop_take_down(task, is_shutdown);
	return removal_exit_code(*ret_removal);
}

/* Has the units say what became of the vHBA. */
static void stop_tell_units(const struct task *task, enum removal removal,
			    bool has_ended_start)
{
	switch (removal) {
	case REMOVAL_GO_ON:
	case REMOVAL_GONE:
	case REMOVAL_KEPT:
		vport_unit_settle(task);
		break;
	case REMOVAL_REFUSED:
		vport_unit_keep(task,
				has_ended_start ? UNIT_REST_PARTIAL : UNIT_REST_ALL);
		break;
	case REMOVAL_UNFINISHED:
	case REMOVAL_FAILED:
		vport_unit_keep(task, UNIT_REST_UNKNOWN);
		break;
	}
}

static int stop_for_unit(struct task *task)
{
	bool is_shutdown = stop_is_shutdown(), has_ended_start, is_guarded;
	struct unit_guard guard = { 0 };
	enum removal removal;
	int exit_code;

	/* Without a guard the stop works too, unless it is killed. */
	is_guarded = !is_shutdown && vport_unit_guard_stop(task, &guard) >= 0;
	has_ended_start = vport_unit_end_start(task);
	exit_code = stop_locked(task, is_shutdown, &removal);
	if (!is_shutdown)
		stop_tell_units(task, removal, has_ended_start);
	if (is_guarded)
		vport_unit_end_guard(&guard);
	return exit_code;
}

int vport_stop(struct task *task)
{
	enum removal removal;

	assert(task);

	return vport_unit_runs_us() ? stop_for_unit(task) :
				      stop_locked(task, stop_is_shutdown(), &removal);
}
