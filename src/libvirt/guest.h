/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a run of npiv-guest works on. */
#pragma once

#include "event/log.h"

/* One run for one pool. */
struct guest_task {
	const char *pool;
	char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
	int lock; /* one run at a time: two pools may have one guest */
	struct log_subject subject;
};

/* Brings the guest of the pool to what it should have: nothing if no vHBA of the pool is up. Says itself
 * what went wrong, and returns the exit code of the program. */
int guest_reconcile(struct guest_task *task) _must_check_;
