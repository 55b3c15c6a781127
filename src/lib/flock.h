/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A flock(2) whose wait has an end. */
#pragma once

#include "lib/util.h"

/* Does flock(fd, operation), and waits for the lock until deadline (now_usec() of lib/clock.h; 0: not at all). fd is
 * below FD_LOCK_MIN (lib/fd.h). Returns 0, -EAGAIN where others kept the lock all the time, or -errno. If it
 * is interruptible, SIGTERM or SIGINT, which the caller blocks, ends the wait with -ECANCELED; a process of its own
 * waits then. Else this one waits, with a handler for SIGALRM: npiv-id does so for each of many disks that come at
 * once, where a process each would be most of the cost. Only for programs of one thread. */
int flock_until(int fd, int operation, uint64_t deadline,
		bool is_interruptible) _must_check_;
