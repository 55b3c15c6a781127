/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs calls that can block in the kernel for too long, each in a child process. */
#pragma once

#include "lib/util.h"

/* Returns 0 or -errno. */
typedef int (*worker_fn)(void *context);

/* Runs fn in a child, which has none of the locks of this process (state/lock.h). Returns the result of fn, or
 * -ETIMEDOUT if the child has not ended by deadline (lib/clock.h). Such a child is killed; if it is in a write to a
 * driver, which no signal interrupts, it ends when the driver returns. Changes of memory by fn are lost. */
int worker_run(worker_fn fn, void *context, uint64_t deadline) _must_check_;

/* Like worker_run(), but returns -ECANCELED as soon as SIGTERM or SIGINT, which the caller blocks, is pending. */
int worker_run_interruptibly(worker_fn fn, void *context, uint64_t deadline) _must_check_;

/* What a child that outlives its parent keeps. */
struct worker_survivor {
	int sysfs; /* an open folder that fn uses */
	int lock; /* of state/lock.h; the child holds it until fn returns */
	bool is_interruptible; /* SIGTERM or SIGINT, which the caller blocks, ends the wait */
};

/* Runs fn in a child that no signal and no death of this process ends: the death of a task can make vport_create of
 * a driver fail half way, and some drivers do not survive that. The child blocks every signal but SIGKILL and
 * SIGSTOP, has its own session, and only the descriptors of survivor.
 *
 * Returns 0 with the result of fn in *ret_result; -ETIMEDOUT if fn has not returned by deadline, or -ECANCELED if a
 * signal arrived first: the child then continues, and the next process that takes the lock waits for its end.
 * Returns -EPIPE if the child was killed, so that the result of fn is not known; or another -errno if it cannot be
 * waited for, and continues as well. Returns 1 with -errno in *ret_result if no child could be started: fn was not
 * called. */
int worker_run_survivor(worker_fn fn, void *context,
			const struct worker_survivor *survivor, uint64_t deadline,
			int *ret_result) _must_check_;

/* Runs fn for each of n contexts, size bytes apart, in a few children at the same time, and in more if these take
 * long. results gets the result of each, -ETIMEDOUT, or -EPIPE if its child died. Returns 0, or -errno if no child
 * could be started. */
int worker_run_all(worker_fn fn, void *contexts, size_t n, size_t size, uint64_t deadline,
		   int *results) _must_check_;
