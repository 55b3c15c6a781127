/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The verbs of npiv-vport.
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

#include "vport/task.h"

/* The verbs. Each logs its failure, and returns the exit code of the program. */
int vport_start(struct task *task) _must_check_;
int vport_stop(struct task *task) _must_check_;
int vport_reload(struct task *task) _must_check_;
int vport_rescan(struct task *task) _must_check_;
int vport_recover(struct task *task) _must_check_;

/* The verb "wake", for all vHBAs: restarts the units of vHBAs whose port is gone. */
int vport_wake(void) _must_check_;
