/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of npiv-vport.
 *
 * Errors in this folder. A function returns one kind of result, and a variable holds one kind:
 * - -errno (int r, below 0). Nothing is logged yet: the caller logs it, handles it, or passes it on. The value means
 *   what errno(3) says, or what the function's comment says; -ECANCELED is SIGTERM or SIGINT, -ETIMEDOUT a deadline
 *   that has passed, -EAGAIN a lock that another holds.
 * - An exit code (0: success). What went wrong is logged, and is the unit's STATUS=; the caller passes it on and logs
 *   nothing. vport_fail(), vport_fail_errno() and vport_fail_locked() log, and make one of the other.
 * - An enum where there is more than success and failure to report, as of a removal (vport/delete.h). What went wrong
 *   is logged as with an exit code. */
#pragma once

#include "diagnose/diagnose.h"
#include "state/state.h"
#include "event/log.h"
#include "event/uevent.h"
#include "event/watch.h"

/* One run: one verb for one vHBA. */
struct task {
	const char *name;
	char *run; /* "/run/npiv" */
	const char *sysfs; /* "/sys" */
	int sysfs_fd;
	int lock; /* one run a vHBA; -EBADF: not taken */
	uint64_t began, deadline; /* of the run (now_usec()) */
	struct log_subject subject;
};

/* Returns 0, or an exit code where it logged what went wrong. The caller ends the task in any case with task_done(). */
int task_init(struct task *task, const char *name) _must_check_;

/* Takes the lock of the vHBA; locking twice is fine. Blocks SIGTERM and SIGINT for good: every wait that takes long
 * ends with them in an orderly way. Returns whether the task has the lock; if not, *ret_exit_code is what the verb
 * ends with: 0 where systemd stops the unit with a signal before the verb had the lock. */
bool task_lock(struct task *task, int *ret_exit_code) _must_check_;
void task_unlock(struct task *task);
void task_done(struct task *task);

/* Ends the run in time: systemd gives it that long (state/unit-time.h), counted from task_init() on. Until a verb says
 * so, it is as long as a stop has. */
void task_limit(struct task *task, uint64_t unit_timeout_usec);

/* The end of a wait that may take so long at most: none goes on behind the deadline of the run. */
uint64_t task_until(const struct task *task, uint64_t usec);

/* Lets messages say whose they are; what vhba is known by outlives the task. */
void task_set_subject(struct task *task, const struct vhba_state *state);

/* The verbs. Each says itself what went wrong, and returns the exit code of the program. */
int vport_start(struct task *task) _must_check_;
int vport_stop(struct task *task) _must_check_;
int vport_reload(struct task *task) _must_check_;
int vport_rescan(struct task *task) _must_check_;
int vport_release(struct task *task) _must_check_;
int vport_stopped(struct task *task) _must_check_;

/* The verb that is about no one vHBA: restarts the units of those whose port is gone. */
int vport_wake(void) _must_check_;

/* --- configuration (vport-config.c) --- */

struct vport_config {
	struct config config;
	const struct vhba_config *vhba; /* in config */
	const struct pool_config *pool; /* NULL: without a section */
};

/* Finds the vHBA of the task. Returns 0, or an exit code where it said what is wrong. */
int vport_config_load(struct task *task, struct vport_config *ret_config) _must_check_;
void vport_config_done(struct vport_config *config);

/* --- failures (vport-fail.c) --- */

/* Logs one line of the stage (its summary, the detail, its hint) and returns its exit code. hint NULL:
 * the stage's own. */
int vport_fail(const struct task *task, enum npiv_stage stage, const char *detail,
	       const char *hint);

/* The same for an error of the system: "cannot WHAT: …". Returns EXIT_FAILURE. */
int vport_fail_errno(const struct task *task, int error, const char *what);

/* The same where the lock of a parent was not to be had: says who has it. */
int vport_fail_locked(const struct task *task, uint64_t parent_wwpn, int error);

/* Whether somebody has asked systemd to stop or restart the unit. */
bool vport_is_being_stopped(const struct task *task);

/* What a verb ends with after SIGTERM or SIGINT. systemd stops a start with SIGTERM: where a stop or restart was
 * asked for, that is no failure. A start that ran into the time limit of its unit, or was killed by hand, has
 * not brought the vHBA up. */
int vport_interrupted(const struct task *task) _must_check_;

/* --- the wait for LUNs (vport/wait.c) --- */

struct lun_wait {
	struct task *task;
	const struct vhba_config *vhba;
	const struct vhba_state *state;
	struct wanted wanted;
	struct udev *udev;
	uint64_t deadline;
	struct uevent_list uevents;
	/* What the last look saw: */
	struct inventory inventory;
	struct diagnosis diagnosis;
	uint32_t host; /* HOST_NONE: not known yet */
	/* Since when it is so (now_usec()); 0: it is not. */
	uint64_t no_new_lun_since, final_since;
	uint64_t scan_at,
		scan_pause; /* when to look for LUNs next, and how long after that again */
	size_t n_devices; /* SCSI devices of the host */
	bool is_timeout_refused; /* that was said already */
	bool is_tried; /* it is a start, which systemd tries again */
	int exit_code; /* of a failure that is logged already; 0: none */
};

/* What a verb does between a look and its judgement. Returns one of these or -errno. */
enum {
	LUN_WAIT_ON = 0,
	LUN_WAIT_AGAIN = 1, /* something changed that a new look should see */
	LUN_WAIT_FAILED = 2, /* the wait has no sense any longer: see lun_wait_fail() */
};
typedef int (*lun_wait_act_fn)(struct watch *watch, void *context);

/* Has the wait end with this exit code, which is not 0. Returns LUN_WAIT_FAILED. */
static inline int lun_wait_fail(struct lun_wait *wait, int exit_code)
{
	wait->exit_code = exit_code;
	return LUN_WAIT_FAILED;
}

int lun_wait_init(struct lun_wait *wait, struct task *task,
		  const struct vhba_config *vhba,
		  const struct vhba_state *state) _must_check_;
void lun_wait_done(struct lun_wait *wait);

/* Looks at everything and leaves it in inventory and diagnosis. */
int lun_wait_look(struct lun_wait *wait) _must_check_;

/* Looks, lets act do its part, and waits, until all is there or it is known that it will not be, at the
 * latest until the deadline. Keeps STATUS= up to date. Says how it went and returns the exit code. */
int lun_wait_run(struct lun_wait *wait, lun_wait_act_fn act, void *context) _must_check_;

/* Has the kernel look for LUNs now. */
void lun_wait_scan(struct lun_wait *wait);

/* Sets dev_loss_tmo and fast_io_fail_tmo (seconds, TMO_UNSET or TMO_OFF) of a host's remote ports, where they are
 * others now. Values that the kernel does not take are logged, and *is_refused remembers that: a caller that looks
 * again and again has them logged once. What fails otherwise is left as it is (vport-timeouts.c). */
void vport_set_timeouts(const struct task *task, const struct inventory *inventory,
			uint32_t host, int dev_loss_tmo, int fast_io_fail_tmo,
			bool *is_refused);

/* --- LUNs that come, go and change (vport-refresh.c) --- */

/* Has the kernel look for LUNs, for a bounded time, at most until deadline. It does so by itself only
 * for a remote port that comes. A failure is logged; what is there is looked at anyway. */
void vport_scan(struct task *task, uint32_t host, uint64_t deadline);

/* Asks every LUN of a host anew: takes away those that are no longer mapped, makes those anew that are
 * another logical unit now, both unless somebody uses them, has the kernel learn new sizes, and then
 * looks for LUNs. Says each in the journal; names_follow: names are about to mean what is mapped now.
 * Returns 0 or -errno. */
int vport_refresh(struct task *task, uint32_t host, bool names_follow) _must_check_;

/* --- the guest of the pool (vport-guest.c); each does nothing where there is none --- */

/* Has systemd look what the guest is to get or to give back. Does not wait, and a failure is logged alone. */
void vport_guest_wake(const struct task *task, const struct vhba_state *state);

/* The same for a vHBA that is up and has LUNs that are gone; waits, usec at most, until the
 * guest has given back what it can. */
void vport_guest_settle(const struct task *task, uint64_t usec);

/* Remembers that the vHBA is about to go, and has the guest give its LUNs back; or that it stays. */
int vport_guest_leave(const struct task *task, const struct vhba_state *state,
		      bool is_leaving) _must_check_;

/* --- making and adopting (vport-make.c) --- */

struct make {
	struct lun_wait *wait;
	struct vhba_state *state;
	bool is_written; /* the state is in /run/npiv */
	bool was_reset; /* a vport that needs it was disabled and enabled once */
	bool is_named; /* its symbolic name was looked at, and written where it differed */
	bool was_found; /* the vport is ours, of an earlier start */
	uint64_t not_before; /* no further write to vport_create until then; 0: any time */
	bool is_awaited; /* what an earlier start has announced has come, or does not come */
	uint64_t lock_usec; /* how long the parent's lock was waited for last; 0: not at all */
};

/* An lun_wait_act_fn with a struct make: makes the vport, or takes the one that is there, when the last
 * look allows it. */
int make_or_adopt(struct watch *watch, void *context) _must_check_;

/* --- the writes to a driver (vport-write.c) ---
 * Each is done by a child that nothing ends before the driver has answered, and that holds the parent's lock
 * (state/lock.h) until then: whoever takes that lock knows that no such write is under way, also after the
 * process was killed that asked for it. */

/* Writes to vport_create of parent_host with lock held. Returns 0 with *ret_answer as vport_create() of
 * fc/vport.h gave it, or as worker_run_survivor(): -ETIMEDOUT, -ECANCELED, -EPIPE, or 1 with -errno in *ret_answer
 * where nothing was written. */
int vport_write_create(const struct task *task, int lock, uint32_t parent_host,
		       uint64_t wwpn, uint64_t wwnn, uint64_t deadline,
		       ssize_t *ret_answer) _must_check_;

/* The same for vport_delete() and vport_reset(), whose answer is returned; no signal ends the wait for the
 * former. */
int vport_write_delete(const struct task *task, int lock, const struct fc_vport *vport,
		       uint64_t deadline) _must_check_;
int vport_write_reset(const struct task *task, int lock, const struct fc_vport *vport,
		      uint64_t deadline) _must_check_;

/* Waits until no write below this parent is under way. Returns 0, -EAGAIN where one is at the deadline, or as
 * lock_take_parent(). A port that a state has announced (vhba_state_is_announced()) is there then, or does not
 * come. */
int vport_await_write(const struct task *task, uint64_t parent_wwpn,
		      uint64_t deadline) _must_check_;

/* Deletes a vport of ours whose target wants a new login, when it is time for that; it is then made as if it had
 * never been there. There is no LUN that somebody could use. Returns as lun_wait_act_fn does: LUN_WAIT_ON where nothing
 * is to be done now (the watch then looks in time), LUN_WAIT_FAILED where the deletion failed (vport-login.c). */
int vport_login_anew(struct make *make, struct watch *watch) _must_check_;
