/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The input of a run of npiv-guest. */
#pragma once

#include "event/log.h"

/* One run for one pool. */
struct guest_task {
	const char *pool;
	char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
	int lock; /* only one run at a time: two pools may have the same guest */
	struct log_subject subject;
};

/* Attaches and detaches LUNs until the guest of the pool has the LUNs that it is to have: none if no vHBA of the
 * pool is up. Logs failures, and returns the exit code of the program. */
int guest_reconcile(struct guest_task *task) _must_check_;
