// SPDX-License-Identifier: LGPL-2.1-or-later
/* rescan: brings the LUNs of a vHBA that is up to what its array says now, and no name to another unit. */
#include <poll.h>
#include <signal.h>

#include "state/unit-time.h"
#include "lib/clock.h"
#include "fc/scan.h"
#include "state/state-dir.h"
#include "vport/vport.h"

/* A run lasts this long at the least, though its work may be done sooner. systemd begins the next one behind it
 * (npiv-rescan@.service), so that an array that does nothing but report changes, which a run itself may cause, has
 * one run a second. */
#define RUN_USEC USEC_PER_SEC

static uint32_t choose_host(const struct inventory *inventory, void *context)
{
	const struct vhba_state *state = context;

	return vhba_state_host(state, inventory);
}

static int rescan(struct task *task, struct vhba_state *state)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	bool is_refused = false;
	uint32_t host;
	int r;

	r = scan_names_and_luns(task->sysfs, state->wwpn, choose_host, state, &inventory);
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

static int rescan_locked(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int exit_code, r;

	if (!task_lock(task, &exit_code))
		return exit_code;
	unblock_signals();
	r = state_dir_read(task->run, task->name, &state);
	if (r == -ENOENT)
		return 0; /* stopped since it was asked for */
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	task_set_subject(task, &state);
	r = rescan(task, &state);
	/* A signal stops it, or begins it anew. */
	exit_code = r < 0 && r != -ECANCELED ?
			    vport_fail_errno(task, r, "bring the LUNs up to date") :
			    0;
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return exit_code;
}

int vport_rescan(struct task *task)
{
	uint64_t end = now_usec() + RUN_USEC;
	int exit_code;

	assert(task);

	task_limit(task, unit_rescan_timeout_usec());
	exit_code = rescan_locked(task);
	task_unlock(task);
	/* A stop ends this at once. */
	(void)poll(NULL, 0, left_msec(end));
	return exit_code;
}
