/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What npiv-vport asks of systemd about the units of its vHBA: npiv-vport@, npiv-teardown@ and npiv-recover@.
 * npiv-teardown@ is active from before the port is made until it is gone, and its stop takes down. */
#pragma once

#include "vport/task.h"

/* Whether systemd runs this very process for a unit (systemd.exec(5)), and not a person from a shell. */
bool vport_unit_runs_us(void);

/* For a start, before it touches the HBA: activates npiv-teardown@, so that from here on a stop takes the vHBA
 * down. Returns 0, -ECANCELED if the start is to end (SIGTERM or SIGINT arrived, which the caller blocks), or
 * -errno. Does nothing if the start was not run by systemd. */
int vport_unit_hold(const struct task *task) _must_check_;

/* For a stop that systemd runs: ends a start or reload that is under way. Returns whether it was a start. */
bool vport_unit_end_start(const struct task *task);

/* What exists after a stop that did not take the vHBA down. */
enum unit_rest {
	UNIT_REST_ALL, /* all of the vHBA, which it refused to take down */
	UNIT_REST_PARTIAL, /* the vHBA of a start that the stop interrupted: the start has to be repeated */
	UNIT_REST_UNKNOWN, /* it failed: the unit is not to count as up */
};

/* For a stop that systemd runs and that did not take the vHBA down: callers that wait for the stop see it fail,
 * and a later stop works. */
void vport_unit_keep(const struct task *task, enum unit_rest rest);

/* Starts a process that waits for the end of a stop. If the stop is killed (by hand, for lack of memory or by its
 * time limit), this process does what vport_unit_keep() does: otherwise systemd would consider the vHBA stopped,
 * and never stop it again. */
struct unit_guard {
	pid_t pid;
	int fd;
};
int vport_unit_guard_stop(const struct task *task,
			  struct unit_guard *ret_guard) _must_check_;
void vport_unit_end_guard(const struct unit_guard *guard);

/* For a stop that systemd runs and that is done: the vHBA's unit counts neither as up nor as failed any longer, and a
 * start of it that came meanwhile begins. */
void vport_unit_settle(const struct task *task);

/* For npiv-recover@: queues a start of the vHBA's unit, unless a job is in its way. Returns 0 or -errno. */
int vport_unit_start(const struct task *task) _must_check_;

/* For npiv-recover@: whether the vHBA's unit is masked. False if that cannot be found out. */
bool vport_unit_is_masked(const struct task *task);

/* Reads the last status text of the vHBA's unit; NULL: not known. The caller frees it. */
char *vport_unit_status(const struct task *task);
