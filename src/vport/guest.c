// SPDX-License-Identifier: LGPL-2.1-or-later
/* The guest of a pool, as seen from a vHBA: changes are reported to the pool's npiv-guest@. */
#include <limits.h>
#include <unistd.h>

#include "names/unitname.h"
#include "event/bus-job.h"
#include "lib/clock.h"
#include "event/notify.h"
#include "state/state-dir.h"
#include "vport/guest.h"

/* A stop has time (TimeoutStopSec= of the unit), and a guest may have many LUNs. */
#define LEAVE_USEC (30 * USEC_PER_SEC)

/* A failure to notify the guest does not make the vHBA fail. */
void vport_guest_notify(const struct task *task, const struct vhba_state *state)
{
	_cleanup_free_ char *unit = NULL;
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	if (!state->guest)
		return;
	unit = unit_name_guest(state->pool);
	r = unit ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_queue_job(bus, "RestartUnit", unit, "replace");
	if (r < 0)
		log_warning(&task->subject,
			    "cannot start npiv-guest for pool '%s': %s, ignoring",
			    state->pool, strerror(-r));
}

/* npiv-guest remembers a guest that may have LUNs. */
static bool guest_has_note(const struct task *task, const char *pool)
{
	char path[PATH_MAX];

	return snprintf(path, sizeof(path), "%s/guest/%s", task->run, pool) <
		       (int)sizeof(path) &&
	       access(path, F_OK) == 0;
}

/* What became of it the users of the LUNs show. */
static void guest_settle(const struct task *task, const char *pool, uint64_t usec)
{
	struct bus_job job = { .unit = unit_name_guest(pool), .method = "RestartUnit" };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = job.unit ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_jobs_run(bus, &job, 1, usec, NULL, NULL);
	if (r >= 0)
		r = job.error;
	if (r < 0)
		log_warning(
			&task->subject,
			"cannot have the guest of pool '%s' give its LUNs back: %s, ignoring",
			pool, strerror(-r));
	bus_job_done(&job);
}

void vport_guest_settle(const struct task *task, uint64_t usec)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };

	if (state_dir_read(task->run, task->name, &state) < 0 || !state.guest ||
	    !guest_has_note(task, state.pool))
		return;
	notify_status("waiting for guest '%s' to give LUNs back", state.guest);
	guest_settle(task, state.pool, left_usec(task_until(task, usec)));
}

int vport_guest_leave(const struct task *task, const struct vhba_state *state,
		      bool is_leaving)
{
	struct vhba_state now = *state; /* its strings remain those of *state */
	int r;

	if (!state->guest)
		return 0;
	now.is_leaving = is_leaving;
	r = state_dir_write(task->run, &now);
	if (r < 0)
		return r;
	if (is_leaving)
		vport_guest_settle(task, LEAVE_USEC);
	else
		vport_guest_notify(task, state);
	return 0;
}
