/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The writes to a driver that create, delete and reset a vport. A child does each; it is not ended before the
 * driver has answered, and holds the parent's lock (state/lock.h) until then. So a process that takes this lock
 * knows that no such write is under way, even after the process that requested it was killed. */
#pragma once

#include "fc/vport.h"
#include "vport/task.h"

/* Writes to vport_create of parent_host with lock held. Returns 0 with *ret_answer as vport_create() of fc/vport.h
 * returned it, or as worker_run_survivor(): -ETIMEDOUT, -ECANCELED, -EPIPE, or 1 with -errno in *ret_answer if
 * nothing was written. */
int vport_write_create(const struct task *task, int lock, uint32_t parent_host,
		       uint64_t wwpn, uint64_t wwnn, uint64_t deadline,
		       ssize_t *ret_answer) _must_check_;

/* The same for vport_delete() and vport_reset(), whose answer is returned; no signal ends the wait for the
 * former. */
int vport_write_delete(const struct task *task, int lock, const struct fc_vport *vport,
		       uint64_t deadline) _must_check_;
int vport_write_reset(const struct task *task, int lock, const struct fc_vport *vport,
		      uint64_t deadline) _must_check_;

/* Waits until no write below this parent is under way. Returns 0, -EAGAIN if one is under way at the deadline, or
 * as lock_take_parent(). After 0 a port that a state has announced (vhba_state_is_announced()) exists or will not
 * appear. */
int vport_await_write(const struct task *task, uint64_t parent_wwpn,
		      uint64_t deadline) _must_check_;
