/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One run of npiv-vport: its lock, its time, its configuration, and how it fails. */
#pragma once

#include "config/config.h"
#include "diagnose/stage.h"
#include "event/log.h"
#include "state/state.h"

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

/* Returns 0, or an exit code after logging the reason. The caller ends the task in any case with task_done(). */
int task_init(struct task *task, const char *name) _must_check_;

/* Blocks SIGTERM and SIGINT for good: every wait that takes long ends with them in an orderly way. */
void task_block_signals(void);

/* Takes the lock of the vHBA; locking twice is allowed. Blocks SIGTERM and SIGINT as task_block_signals() does.
 * Returns whether the task has the lock; if not, *ret_exit_code is the exit code of the verb: 0 if systemd stops
 * the unit with a signal before the verb had the lock. */
bool task_lock(struct task *task, int *ret_exit_code) _must_check_;
void task_unlock(struct task *task);
void task_done(struct task *task);

/* Ends the run in time: systemd gives it that long (state/unit-time.h), counted from task_init() on. Until a verb says
 * so, it is as long as a stop has. */
void task_limit(struct task *task, uint64_t unit_timeout_usec);

/* Returns the end of a wait that may take this long: no wait continues after the deadline of the run. */
uint64_t task_until(const struct task *task, uint64_t usec);

/* Lets messages say whose they are; what vhba is known by outlives the task. */
void task_set_subject(struct task *task, const struct vhba_state *state);

/* --- configuration --- */

struct vport_config {
	struct config config;
	const struct vhba_config *vhba; /* in config */
	const struct pool_config *pool; /* NULL: without a section */
};

/* Finds the vHBA of the task. Returns 0, or an exit code after logging the reason. */
int vport_config_load(struct task *task, struct vport_config *ret_config) _must_check_;
void vport_config_done(struct vport_config *config);

/* --- failures --- */

/* Logs one line of the stage (its summary, the detail, its hint) and returns its exit code. hint NULL:
 * the stage's own. */
int vport_fail(const struct task *task, enum npiv_stage stage, const char *detail,
	       const char *hint);

/* The same for an error of the system: "cannot WHAT: …". Returns EXIT_FAILURE. */
int vport_fail_errno(const struct task *task, int error, const char *what);

/* As vport_fail_errno(), for a lock of a parent that was not free: logs who has it. */
int vport_fail_locked(const struct task *task, uint64_t parent_wwpn, int error);

/* Whether a stop or restart of the unit has been requested of systemd. */
bool vport_is_being_stopped(const struct task *task);

/* Returns the exit code of a verb after SIGTERM or SIGINT. systemd stops a start with SIGTERM: if a stop or
 * restart was requested, that is no failure. A start that reached the time limit of its unit, or was killed by
 * hand, has not brought the vHBA up. */
int vport_interrupted(const struct task *task) _must_check_;
