/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that can block in the kernel for longer than we may wait, each in a process of its own. */
#pragma once

#include "lib/util.h"

/* Returns 0 or -errno. */
typedef int (*worker_fn)(void *context);

/* Runs fn in a child, which has none of the locks of this process (state/lock.h), and returns what it returned, or -ETIMEDOUT where it had not ended by deadline
 * (lib/clock.h). Such a child is killed. Where it sits in a write to a driver no signal ends it; then
 * it goes on, and ends when the driver lets it go. What fn changes in memory is lost. */
int worker_run(worker_fn fn, void *context, uint64_t deadline) _must_check_;

/* The same, but returns -ECANCELED as soon as SIGTERM or SIGINT, which the caller blocks, is pending. */
int worker_run_interruptibly(worker_fn fn, void *context, uint64_t deadline) _must_check_;

/* What a child keeps that outlives its parent. */
struct worker_survivor {
	int sysfs; /* an open folder that fn works in */
	int lock; /* of state/lock.h; the child holds it until fn has returned */
	bool is_interruptible; /* the caller does not wait on after SIGTERM or SIGINT, which it blocks */
};

/* Runs fn in a child that neither a signal nor the death of this process ends: a task that is to die can
 * fail a driver's vport_create half way, and some drivers do not survive that. The child blocks every signal
 * but SIGKILL and SIGSTOP, has a session of its own, and only the descriptors of survivor. Returns 0 with
 * *ret_result as fn returned it; -ETIMEDOUT where fn has not returned by deadline, or -ECANCELED where a
 * signal came first: the child then goes on by itself, and whoever takes the lock next waits for its end.
 * -EPIPE: somebody killed it, and what fn did is not known. Or another -errno: it cannot be waited for, and goes on
 * as well. Returns 1 with -errno in *ret_result if no child could be started: fn was not called. */
int worker_run_survivor(worker_fn fn, void *context,
			const struct worker_survivor *survivor, uint64_t deadline,
			int *ret_result) _must_check_;

/* Runs fn for each of n contexts, size bytes apart, by a few children at the same time, and by more where
 * these take long; results gets what each returned, or -ETIMEDOUT, or -EPIPE where its child died.
 * Returns 0, or -errno if no child could be started. */
int worker_run_all(worker_fn fn, void *contexts, size_t n, size_t size, uint64_t deadline,
		   int *results) _must_check_;
