// SPDX-License-Identifier: LGPL-2.1-or-later
/* start: from a configuration to LUNs that can be used. */
#include "sys/claim-dir.h"
#include "sys/state-dir.h"
#include "vport.h"

/* What an earlier start left behind: ours stays ours, and another WWPN's port goes first. */
static int look_back(struct task *task, struct vhba_state *state)
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
		return 0;
	}
	log_info(&task->subject,
		 "its WWPN or type changed: taking the old one down first");
	return vport_take_down(task, &old, false);
}

/* As long as no start has come to its end, nobody relies on what a name has meant for a moment. Where two
 * claimed it and one of them is gone, it means the one that is left. */
static int settle_names(const struct task *task, const struct vhba_state *state)
{
	if (state->was_ready || vport_pool_is_shared(task, state))
		return 0;
	return claim_dir_accept(task->run, task->sysfs_fd, state->pool);
}

static int note_ready(const struct task *task, struct vhba_state *state)
{
	int r;

	if (state->was_ready)
		return 0;
	state->was_ready = true;
	r = state_dir_write(task->run, state);
	return r < 0 ? vport_fail_errno(task, r, "write what is remembered") : 0;
}

static int start(struct task *task, const struct vport_config *config,
		 struct vhba_state *state)
{
	struct arrival arrival;
	struct make make = { .arrival = &arrival, .state = state };
	int r;

	r = look_back(task, state);
	if (r != 0)
		return r;
	task_set_subject(task, state);
	r = settle_names(task, state);
	if (r < 0)
		return vport_fail_errno(task, r, "settle what the names mean");
	r = arrival_init(&arrival, task, config->vhba, state);
	r = r < 0 ? vport_fail_errno(task, r, "begin") :
		    arrival_wait(&arrival, make_or_adopt, &make);
	if (r == 0 && arrival.diagnosis.stage == STAGE_READY)
		r = note_ready(task, state);
	if (r == 0)
		vport_guest_wake(task, state);
	arrival_done(&arrival);
	return r;
}

int vport_start(struct task *task)
{
	_cleanup_(vport_config_done) struct vport_config config = { 0 };
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int r;

	assert(task);

	r = task_lock(task);
	if (r == 0)
		r = vport_config_load(task, &config);
	if (r != 0)
		return r;
	r = vhba_state_from_config(config.vhba, config.pool, &state);
	if (r < 0)
		return vport_fail_errno(task, r, "begin");
	return start(task, &config, &state);
}
