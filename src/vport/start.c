// SPDX-License-Identifier: LGPL-2.1-or-later
/* start: from a configuration to LUNs that can be used. */
#include "state/unit-time.h"
#include "names/names.h"
#include "state/state-dir.h"
#include "vport/guest.h"
#include "vport/make.h"
#include "vport/takedown.h"
#include "vport/unit.h"
#include "vport/vport.h"

/* Cleans up after an earlier start: a vport of this configuration stays, one of another WWPN is removed. */
static int start_take_over(struct task *task, struct vhba_state *state)
{
	_cleanup_(vhba_state_done) struct vhba_state old = { 0 };
	int r;

	r = state_dir_read(task->run, task->name, &old);
	if (r == -ENOENT || r == -EBADMSG)
		return 0;
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	if (old.type == state->type && (old.wwpn == state->wwpn || state->wwpn == 0)) {
		vhba_state_take_over(state, &old);
		/* This start was requested, so a new login is due if one is needed. */
		state->login_usec = state->login_pause_usec = 0;
		return 0;
	}
	log_info(&task->subject,
		 "its WWPN or type changed: taking the old one down first");
	return removal_exit_code(vport_take_down(task, &old, false));
}

/* Users rely on the names after the first start has ended, successful or not: each name means what it means by
 * then, not what it meant for a moment while LUNs were being found. Later retries do not change that. */
static int start_settle_names(const struct task *task, const struct vhba_state *state)
{
	int r;

	if (state_pool_is_shared(task->run, state))
		return 0;
	r = names_settle(task->run, task->sysfs_fd, state->pool);
	return r < 0 ? vport_fail_errno(task, r, "settle what the names mean") : 0;
}

static int start_locked(struct task *task, const struct vport_config *config,
			struct vhba_state *state)
{
	struct lun_wait wait;
	struct make make = { .wait = &wait, .state = state };
	int exit_code, names_exit_code = 0, r;
	bool are_names_new;

	exit_code = start_take_over(task, state);
	if (exit_code != 0)
		return exit_code;
	task_set_subject(task, state);
	are_names_new = !names_has_names(task->run, state->pool);
	r = lun_wait_init(&wait, task, config->vhba, state);
	wait.is_tried = true;
	exit_code = r < 0 ? vport_fail_errno(task, r, "begin") :
			    lun_wait_run(&wait, make_or_adopt, &make);
	if (are_names_new)
		names_exit_code = start_settle_names(task, state);
	if (exit_code == 0)
		exit_code = names_exit_code;
	if (exit_code == 0)
		vport_guest_notify(task, state);
	lun_wait_done(&wait);
	return exit_code;
}

/* Returns whether the start may go on; if not, *ret_exit_code is its exit code: 0 if it is being stopped. */
static bool start_hold(const struct task *task, int *ret_exit_code)
{
	int r;

	task_block_signals();
	r = vport_unit_hold(task);
	if (r < 0)
		*ret_exit_code =
			r == -ECANCELED ?
				vport_interrupted(task) :
				vport_fail_errno(task, r, "start what takes it down");
	return r >= 0;
}

static int start_configured(struct task *task)
{
	_cleanup_(vport_config_done) struct vport_config config = { 0 };
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int exit_code, r;

	exit_code = vport_config_load(task, &config);
	if (exit_code != 0)
		return exit_code;
	task_limit(task, unit_start_timeout_usec(config.vhba));
	if (!start_hold(task, &exit_code) || !task_lock(task, &exit_code))
		return exit_code;
	r = vhba_state_from_config(config.vhba, config.pool, &state);
	if (r < 0)
		return vport_fail_errno(task, r, "begin");
	return start_locked(task, &config, &state);
}

int vport_start(struct task *task)
{
	int exit_code;

	assert(task);

	exit_code = start_configured(task);
	/* systemd takes the stop of a unit that fails for done, though npiv-teardown@ is still at work. */
	return exit_code != 0 && vport_is_being_stopped(task) ? 0 : exit_code;
}
