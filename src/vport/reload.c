// SPDX-License-Identifier: LGPL-2.1-or-later
/* reload: applies the current configuration, and finds LUNs that were mapped since the start. */
#include "state/unit-time.h"
#include "names/names.h"
#include "event/notify.h"
#include "state/state-dir.h"
#include "vport/guest.h"
#include "vport/luns.h"
#include "vport/make.h"
#include "vport/vport.h"

struct reload {
	struct lun_wait *wait;
	struct make make;
	const struct vhba_state *old; /* as it was when the names got their meaning */
	const struct vhba_state *state; /* as it is now: the pool may be another */
	bool is_begun;
};

static int reload_confirm_names_of(const struct task *task,
				   const struct vhba_state *state)
{
	return names_confirm(task->run, task->sysfs_fd, state->pool,
			     state_pool_is_shared(task->run, state));
}

static bool reload_changes_pool(const struct reload *reload)
{
	return !streq(reload->old->pool, reload->state->pool);
}

static int reload_confirm_names(const struct reload *reload)
{
	const struct task *task = reload->wait->task;
	int r;

	r = reload_confirm_names_of(task, reload->old);
	return r >= 0 && reload_changes_pool(reload) ?
		       reload_confirm_names_of(task, reload->state) :
		       r;
}

/* After udev has looked at every disk, none has a name in the former pool. The meanings of its names still count
 * only if another vHBA of that pool is up. */
static int reload_leave_old_pool(const struct reload *reload)
{
	const struct task *task = reload->wait->task;
	int r;

	if (!reload_changes_pool(reload) || state_pool_is_shared(task->run, reload->old))
		return 0;
	r = names_forget(task->run, task->sysfs_fd, reload->old->pool);
	return r < 0 ? vport_fail_errno(task, r, "forget the names of the old pool") : 0;
}

/* Updates the LUNs before names change their meaning, then makes udev look at every disk again, old and new. */
static int reload_act(struct watch *watch, void *context)
{
	struct reload *reload = context;
	struct lun_wait *wait = reload->wait;
	int r;

	if (reload->is_begun || wait->host == HOST_NONE)
		return make_or_adopt(watch, &reload->make);
	reload->is_begun = true;
	r = vport_refresh(wait->task, wait->host, true);
	if (r >= 0)
		r = reload_confirm_names(reload);
	if (r >= 0)
		r = lun_wait_look(wait);
	if (r < 0)
		return r;
	return uevent_trigger_host(&wait->uevents, wait->task->sysfs_fd, &wait->inventory,
				   wait->host);
}

/* The keys by which the port was created stay as they were until a restart; all other keys are read again. */
static void reload_keep_port(const struct task *task, const struct vhba_state *old,
			     struct vhba_state *state)
{
	if (state->type != old->type || (state->wwpn && state->wwpn != old->wwpn) ||
	    (state->wwnn && state->wwnn != old->wwnn))
		log_warning(&task->subject,
			    "a new type, wwpn or wwnn takes effect at the next restart");
	state->type = old->type;
	state->wwpn = old->wwpn;
	state->wwnn = old->wwnn;
	vhba_state_take_over(state, old);
	/* LUNs that were masked since the last login may appear only after the next one. */
	state->login_usec = state->login_pause_usec = 0;
}

static int reload_all(struct task *task, const struct vport_config *config,
		      const struct vhba_state *old, struct vhba_state *state)
{
	struct lun_wait wait;
	struct reload reload = {
		.wait = &wait,
		.make = { .wait = &wait, .state = state, .is_written = true },
		.old = old,
		.state = state,
	};
	int exit_code, pool_exit_code, r;

	reload_keep_port(task, old, state);
	task_set_subject(task, state);
	r = state_dir_write(task->run, state);
	if (r < 0)
		return vport_fail_errno(task, r, "write what is remembered");
	/* Existing names do not change with a guest, so no event would notify it. */
	vport_guest_notify(task, old);
	vport_guest_notify(task, state);
	r = lun_wait_init(&wait, task, config->vhba, state);
	wait.wanted.type = state->type;
	wait.wanted.wwpn = state->wwpn;
	wait.wanted.wwnn = state->wwnn;
	exit_code = r < 0 ? vport_fail_errno(task, r, "begin") :
			    lun_wait_run(&wait, reload_act, &reload);
	pool_exit_code = reload_leave_old_pool(&reload);
	lun_wait_done(&wait);
	return exit_code == 0 ? pool_exit_code : exit_code;
}

int vport_reload(struct task *task)
{
	_cleanup_(vport_config_done) struct vport_config config = { 0 };
	_cleanup_(vhba_state_done) struct vhba_state old = { 0 }, state = { 0 };
	int exit_code, r;

	assert(task);

	exit_code = vport_config_load(task, &config);
	if (exit_code != 0)
		return exit_code;
	task_limit(task, unit_start_timeout_usec(config.vhba));
	if (!task_lock(task, &exit_code))
		return exit_code;
	r = state_dir_read(task->run, task->name, &old);
	if (r == -ENOENT) {
		log_error(&task->subject, "it is not up: there is nothing to reload");
		return EXIT_FAILURE;
	}
	if (r >= 0)
		r = vhba_state_from_config(config.vhba, config.pool, &state);
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	return reload_all(task, &config, &old, &state);
}
