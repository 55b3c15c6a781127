// SPDX-License-Identifier: LGPL-2.1-or-later
/* rescan: brings the LUNs of a vHBA that is up to what its array says now, and no name to another unit. */
#include <poll.h>
#include <signal.h>

#include "core/unit.h"
#include "core/unitname.h"
#include "sys/bus.h"
#include "sys/clock.h"
#include "sys/scan.h"
#include "sys/state-dir.h"
#include "vport.h"

/* A run lasts this long at the least, though its work may be done sooner. systemd begins the next one behind it
 * (npiv-rescan@.service), so that an array that does nothing but report changes, which a run itself may cause, has
 * one run a second. */
#define RUN_USEC USEC_PER_SEC

static uint32_t choose_host(const struct inventory *inventory, void *context)
{
	const struct vhba_state *state = context;

	return vhba_state_host(state, inventory);
}

/* All ports, and what hangs below that of the vHBA. */
static int scan(const struct task *task, struct vhba_state *state,
		struct inventory *ret_inventory)
{
	return scan_names_and_luns(task->sysfs, state->wwpn, choose_host, state,
				   ret_inventory);
}

static int rescan(struct task *task, struct vhba_state *state)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	bool is_refused = false;
	uint32_t host;
	int r;

	r = scan(task, state, &inventory);
	if (r < 0)
		return r;
	host = vhba_state_host(state, &inventory);
	if (host == HOST_NONE)
		return 0;
	task->subject.host = host;
	/* Of target ports that have come since the start. */
	vport_set_timeouts(task, &inventory, host, vhba_state_tmo(state, "dev_loss_tmo"),
			   vhba_state_tmo(state, "fast_io_fail_tmo"), &is_refused);
	return vport_refresh(task, host, false);
}

/* What it does for long has no other end: a signal ends the process. */
static void unblock_signals(void)
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static int rescan_locked(struct task *task, struct vhba_state *ret_state)
{
	int r;

	r = task_lock(task);
	if (r != 0)
		return r;
	unblock_signals();
	r = state_dir_read(task->run, task->name, ret_state);
	if (r == -ENOENT)
		return 0; /* stopped since it was asked for */
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	task_set_subject(task, ret_state);
	r = rescan(task, ret_state);
	if (r == -ECANCELED)
		return 0; /* stopped, or to be begun anew */
	return r < 0 ? vport_fail_errno(task, r, "bring the LUNs up to date") : 0;
}

/* An array that was restarted may have nothing to offer to this WWPN when its target port is back already. */
static bool wants_login(const struct task *task, struct vhba_state *state)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	const struct parent_rule rule = { .host = -1 };
	const struct lun_set luns = { 0 };
	const struct wanted wanted = {
		.type = state->type,
		.wwpn = state->wwpn,
		.wwnn = state->wwnn,
		.parent = &rule,
		.luns = &luns,
		.state = state,
	};
	struct diagnosis diagnosis;

	return scan(task, state, &inventory) >= 0 && inventory.n_luns == 0 &&
	       diagnose(&inventory, NULL, &wanted, &diagnosis) >= 0 &&
	       diagnosis.wants_login && diagnosis.vport &&
	       vhba_state_owns(state, &inventory, diagnosis.vport);
}

/* Without a LUN nobody uses one, and it takes a start to log in anew until there are some. */
static int restart_unit(const struct task *task)
{
	_cleanup_free_ char *unit = unit_name_vport(task->name);
	_cleanup_(bus_unit_done) struct bus_unit now = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	r = unit ? bus_open(&bus) : -ENOMEM;
	if (r >= 0)
		r = bus_unit_read(bus, unit, &now);
	/* What is not active, or has a job, has its start under way, or will be tried again, or is stopped. */
	if (r >= 0 && (!streq(now.active_state, "active") || *now.job))
		return 0;
	if (r >= 0)
		r = bus_restart_unit(bus, unit);
	if (r < 0)
		return vport_fail_errno(task, r,
					"restart the unit, whose target is back and "
					"offers nothing to this WWPN");
	log_info(&task->subject,
		 "its target is back, and offers nothing to this WWPN: restarting %s",
		 unit);
	return 0;
}

int vport_rescan(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	uint64_t end = now_usec() + RUN_USEC;
	int r;

	assert(task);

	task_limit(task, unit_rescan_timeout_usec());
	r = rescan_locked(task, &state);
	task_unlock(task);
	/* A stop ends this at once. Drivers have said by then what a new remote port is. */
	(void)poll(NULL, 0, left_msec(end));
	if (r == 0 && state.name && wants_login(task, &state))
		r = restart_unit(task);
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return r;
}
