// SPDX-License-Identifier: LGPL-2.1-or-later
/* recover: waits until everything that a failed start lacked is there, does the work of a start, and then makes
 * systemd start the vHBA. npiv-recover@ runs it after a failed start, for as long as it takes. */
#include <limits.h>
#include <sys/stat.h>

#include "config/load.h"
#include "diagnose/waiting.h"
#include "event/notify.h"
#include "lib/clock.h"
#include "lib/roots.h"
#include "state/environment.h"
#include "state/lock.h"
#include "state/state-dir.h"
#include "vport/make.h"
#include "vport/unit.h"
#include "vport/vport.h"

/* Between two looks, for what changes without an event: a part of the time for which the cause lasts already. */
#define PAUSE_MIN_USEC (2 * USEC_PER_SEC)
#define PAUSE_MAX_USEC (40 * USEC_PER_SEC)
#define PAUSE_PART     32

/* Of hundreds that wait each is to take little of the processor: a pause is that many times as long as a look took. */
#define PAUSE_LOOKS 16

/* A cause that is gone sooner is a step on the way. */
#define STEADY_USEC (10 * USEC_PER_SEC)

/* What existed at the first look did not prevent the failure of the start. */
#define SECOND_LOOK_USEC (3 * USEC_PER_SEC)

/* Between two resets of a vport whose driver, or fabric, has given it up: a start makes one. */
#define RESET_PAUSE_USEC (10 * USEC_PER_SEC)

/* Between two times that systemd is asked whether the unit is masked. */
#define ASK_PAUSE_USEC (10 * USEC_PER_SEC)

/* Between two times that udev is asked to look at the disks again: its rules were not there, say. */
#define TRIGGER_PAUSE_USEC (10 * USEC_PER_SEC)

/* What one look may take. */
#define LOOK_USEC (60 * USEC_PER_SEC)

enum recover_end {
	RECOVER_GOES_ON = 0,
	RECOVER_IS_DONE = 1, /* a start is queued, or the vHBA is no longer wanted */
};

struct recovery {
	struct task *task;
	const struct vport_config *config;
	struct vhba_state *state;
	struct lun_wait wait;
	struct make make;
	uint64_t stamp; /* of the configuration as it was read */
	bool has_looked;
	uint64_t look_usec; /* how long the last look took */
	uint64_t reset_usec; /* when the last reset was allowed */
	uint64_t trigger_usec; /* when udev was asked last to look at the disks again */
	uint64_t asked_usec; /* when systemd was asked last whether the unit is masked */
	enum npiv_stage stage; /* of the last look */
	char detail[NPIV_DETAIL_MAX];
	uint64_t since; /* when a look saw that first */
};

/* --- the configuration --- */

static void stamp_add(uint64_t *stamp, const char *root, const char *path)
{
	char full[PATH_MAX];
	struct stat st = { 0 };

	if (snprintf(full, sizeof(full), "%s%s", root, path) < (int)sizeof(full) &&
	    stat(full, &st) < 0)
		st = (struct stat){ 0 };
	*stamp = *stamp * 31 + (uint64_t)st.st_ino;
	*stamp = *stamp * 31 + (uint64_t)st.st_mtim.tv_sec * 1000000000 +
		 (uint64_t)st.st_mtim.tv_nsec;
}

static void stamp_add_source(uint64_t *stamp, const char *root, const char *file)
{
	char folder[PATH_MAX];

	stamp_add(stamp, root, file);
	if (snprintf(folder, sizeof(folder), "%s.d", file) < (int)sizeof(folder))
		stamp_add(stamp, root, folder);
}

/* A number that changes when configuration files are added or removed, or those of the vHBA and its pool are
 * written. */
static uint64_t recover_read_stamp(const struct vport_config *config)
{
	const char *root = environment_root();
	uint64_t stamp = 0;

	for (const char *const *folder = config_folders; *folder; folder++)
		stamp_add(&stamp, root, *folder);
	stamp_add_source(&stamp, root, config->vhba->file);
	if (config->pool)
		stamp_add_source(&stamp, root, config->pool->file);
	return stamp;
}

/* --- one look --- */

static enum recover_end recover_start(struct recovery *recovery, struct watch *watch)
{
	int r = vport_unit_start(recovery->task);

	if (r >= 0)
		return RECOVER_IS_DONE;
	/* A stop that is under way ends this process. */
	log_info(&recovery->task->subject, "cannot have systemd start it: %s",
		 strerror(-r));
	watch_within(watch, PAUSE_MIN_USEC);
	return RECOVER_GOES_ON;
}

/* Takes over changes that other runs have made meanwhile. Returns whether the same port is still wanted. */
static bool recover_take_over(struct recovery *recovery)
{
	_cleanup_(vhba_state_done) struct vhba_state now = { 0 };
	struct vhba_state *state = recovery->state;

	if (state_dir_read(recovery->task->run, recovery->task->name, &now) < 0) {
		recovery->make.is_written = false;
		return true;
	}
	vhba_state_take_over(state, &now);
	return now.type == state->type && (now.wwpn == state->wwpn || state->wwpn == 0);
}

static void recover_note_cause(struct recovery *recovery, uint64_t now)
{
	const struct diagnosis *diagnosis = &recovery->wait.diagnosis;

	if (recovery->since && recovery->stage == diagnosis->stage &&
	    streq(recovery->detail, diagnosis->detail))
		return;
	recovery->stage = diagnosis->stage;
	memcpy(recovery->detail, diagnosis->detail, sizeof(recovery->detail));
	recovery->since = now;
}

static uint64_t recover_pause(const struct recovery *recovery, uint64_t now)
{
	uint64_t pause = recovery->since ? (now - recovery->since) / PAUSE_PART : 0;
	uint64_t rest = PAUSE_LOOKS * recovery->look_usec;

	if (pause < rest)
		pause = rest;
	if (pause < PAUSE_MIN_USEC)
		return PAUSE_MIN_USEC;
	return pause > PAUSE_MAX_USEC ? PAUSE_MAX_USEC : pause;
}

/* Whether a vHBA for which all is there can be started now. */
static bool recover_is_time(struct recovery *recovery, struct watch *watch)
{
	if (recovery->has_looked)
		return true;
	watch_within(watch, SECOND_LOOK_USEC);
	return false;
}

/* udev sends no event when it can work again: when its rules are back, or there is space in /run. An event of a
 * disk without rules does not have npiv's tag either, and does not arrive here: do not wait for it any longer. */
static void recover_trigger(struct recovery *recovery, uint64_t now, uint64_t pause)
{
	struct lun_wait *wait = &recovery->wait;
	bool are_links_missing = wait->diagnosis.stage == STAGE_LINKS_PENDING;
	int r;

	if ((!are_links_missing && wait->uevents.n == 0) ||
	    now - recovery->trigger_usec < pause ||
	    now - recovery->trigger_usec < TRIGGER_PAUSE_USEC)
		return;
	recovery->trigger_usec = now;
	uevent_list_done(&wait->uevents);
	r = are_links_missing ? uevent_trigger_host(&wait->uevents, wait->task->sysfs_fd,
						    &wait->inventory, wait->host) :
				0;
	if (r < 0)
		log_warning(&recovery->task->subject,
			    "cannot have udev look at the disks again: %s, ignoring",
			    strerror(-r));
}

static enum recover_end recover_judge(struct recovery *recovery, struct watch *watch,
				      bool has_failed)
{
	struct lun_wait *wait = &recovery->wait;
	uint64_t now = now_usec(), pause;
	bool is_ready = lun_wait_is_ready(wait, now);

	recover_note_cause(recovery, now);
	if (is_ready)
		return recover_is_time(recovery, watch) ? recover_start(recovery, watch) :
							  RECOVER_GOES_ON;
	pause = recover_pause(recovery, now);
	watch_within(watch, pause);
	lun_wait_scan_again(wait, watch, now, pause);
	recover_trigger(recovery, now, pause);
	if (!has_failed && wait->diagnosis.stage != STAGE_READY &&
	    now - recovery->since >= STEADY_USEC)
		(void)lun_wait_fail_stage(wait);
	lun_wait_notify(wait, WAITING_NO_END);
	return RECOVER_GOES_ON;
}

/* Does the work of a start as soon as a look allows it. */
static void recover_begin_look(struct recovery *recovery, uint64_t now)
{
	uint64_t pause = recover_pause(recovery, now);

	recovery->task->deadline = recovery->wait.deadline = now + LOOK_USEC;
	recovery->make.is_awaited = false;
	recovery->make.lock_usec = 0;
	if (pause < RESET_PAUSE_USEC)
		pause = RESET_PAUSE_USEC;
	if (now - recovery->reset_usec < pause)
		return;
	recovery->make.was_reset = false;
	recovery->reset_usec = now;
}

/* A masked unit is not to be started; its stop takes down what exists. Hundreds of vHBAs may wait, so not every
 * look asks systemd. */
static bool recover_is_masked(struct recovery *recovery, uint64_t now)
{
	if (recovery->asked_usec && now - recovery->asked_usec < ASK_PAUSE_USEC)
		return false;
	recovery->asked_usec = now;
	return vport_unit_is_masked(recovery->task);
}

static int recover_act(struct watch *watch, void *context)
{
	struct recovery *recovery = context;

	if (recovery->wait.diagnosis.may_create && vport_unit_is_masked(recovery->task))
		return LUN_WAIT_ON;
	return make_or_adopt(watch, &recovery->make);
}

/* Returns enum recover_end, or -ECANCELED. */
static int recover_look_locked(struct recovery *recovery, struct watch *watch)
{
	struct lun_wait *wait = &recovery->wait;
	uint64_t now = now_usec();
	int r;

	if (recover_is_masked(recovery, now))
		return RECOVER_IS_DONE;
	if (!recover_take_over(recovery) ||
	    recover_read_stamp(recovery->config) != recovery->stamp)
		return recover_start(recovery, watch);
	recover_begin_look(recovery, now);
	r = lun_wait_step(wait, watch, recover_act, recovery);
	if (r == -ECANCELED)
		return r;
	if (r < 0) {
		(void)vport_fail_errno(recovery->task, r, "look at the vHBA");
		watch_within(watch, PAUSE_MIN_USEC);
		return RECOVER_GOES_ON;
	}
	return recover_judge(recovery, watch, r == LUN_WAIT_FAILED);
}

/* The lock is held only during a look, so that a start that is requested meanwhile can run. */
static int recover_look(struct watch *watch, void *context)
{
	struct recovery *recovery = context;
	struct task *task = recovery->task;
	uint64_t began = now_usec();
	int r;

	task->lock = lock_take_vhba(task->run, task->name, 0);
	if (task->lock < 0) {
		watch_within(watch, PAUSE_MIN_USEC);
		return RECOVER_GOES_ON;
	}
	r = recover_look_locked(recovery, watch);
	recovery->has_looked = true;
	recovery->look_usec = now_usec() - began;
	task_unlock(task);
	return r;
}

static void recover_on_event(struct udev_device *device, void *context)
{
	struct recovery *recovery = context;

	uevent_handled(&recovery->wait.uevents, device);
}

/* --- all looks --- */

static int recover_wait(struct recovery *recovery)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = watch_new(recover_look, recover_on_event, recovery, &watch);
	return r < 0 ? r : watch_run(watch, UINT64_MAX);
}

static int recover_run(struct task *task, const struct vport_config *config,
		       struct vhba_state *state)
{
	struct recovery recovery = {
		.task = task,
		.config = config,
		.state = state,
		.make = { .state = state },
		.stamp = recover_read_stamp(config),
		.trigger_usec = now_usec(), /* the first look does so itself */
	};
	int r;

	recovery.make.wait = &recovery.wait;
	task_set_subject(task, state);
	r = lun_wait_init(&recovery.wait, task, config->vhba, state);
	recovery.wait.is_tried = true;
	if (r >= 0)
		r = recover_wait(&recovery);
	lun_wait_done(&recovery.wait);
	return r < 0 && r != -ECANCELED ? vport_fail_errno(task, r, "wait for the vHBA") :
					  0;
}

/* The failed start has logged the reason. */
static void recover_note_told(const struct task *task, struct log_limit *limit)
{
	_cleanup_free_ char *text = vport_unit_status(task);

	if (text && *text)
		log_limit_note(limit, LOG_ERR, text, now_usec());
}

int vport_recover(struct task *task)
{
	_cleanup_(vport_config_done) struct vport_config config = { 0 };
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	_cleanup_(log_limit_done) struct log_limit limit = { 0 };
	int exit_code, r;

	assert(task);

	task_block_signals();
	recover_note_told(task, &limit);
	task->subject.limit = &limit;
	/* A mistake in the configuration stays until a file changes, and the start has logged it. */
	if (vport_config_load(task, &config) != 0)
		return 0;
	r = vhba_state_from_config(config.vhba, config.pool, &state);
	exit_code = r < 0 ? vport_fail_errno(task, r, "begin") :
			    recover_run(task, &config, &state);
	task->subject.limit = NULL;
	task->subject.pool = NULL;
	return exit_code;
}
