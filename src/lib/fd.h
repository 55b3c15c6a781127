/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* File descriptors and directory streams that close themselves. */
#pragma once

#include <dirent.h>
#include <unistd.h>

#include "lib/util.h"

static inline void closep(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define _cleanup_close_ _cleanup_(closep)

DEFINE_CLEANUP(DIR *, closedir);
#define _cleanup_closedir_ _cleanup_(closedirp)

/* Descriptors from this number on are locks (state/lock.h), so that a child can close them all in one call. */
#define FD_LOCK_MIN 256

/* Hands over a descriptor: its old variable becomes -EBADF. */
#define TAKE_FD(fd)                \
	({                         \
		int _taken = (fd); \
		(fd) = -EBADF;     \
		_taken;            \
	})
