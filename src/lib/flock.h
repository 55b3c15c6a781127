/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* flock(2) with a time limit. */
#pragma once

#include "lib/util.h"

/* Does flock(fd, operation), and waits for the lock until deadline (now_usec() of lib/clock.h; 0 does not wait). fd
 * is below FD_LOCK_MIN (lib/fd.h). Returns 0, -EAGAIN if others kept the lock until then, or -errno. If the wait is
 * interruptible, SIGTERM or SIGINT, which the caller blocks, ends it with -ECANCELED; a child process does the
 * waiting then. Otherwise this process waits, with a handler for SIGALRM: npiv-id waits for each of many disks that
 * appear at once, and a child for each would be most of the cost. Only for programs with one thread. */
int flock_until(int fd, int operation, uint64_t deadline,
		bool is_interruptible) _must_check_;
