/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps udev off disks that are about to be removed: an exclusive BSD lock on each whole disk (systemd, "Locking
 * Block Device Access"). udev takes a shared lock while it handles an event of a disk, and skips a disk that
 * another process has locked. */
#pragma once

#include "block/tree.h"

/* A child holds the locks: if it blocks while it opens or locks a disk, its parent does not. */
struct disk_lock {
	pid_t pid; /* 0: nothing is locked */
};

/* Locks the disks of a tree, and waits for other holders of a lock until deadline (lib/clock.h). Skips disks that
 * no longer exist. Returns 0, -ETIMEDOUT if some disks could not be locked (all others are), or -errno. The caller
 * calls disk_lock_release() in any case. */
int disk_lock_take(struct disk_lock *lock, const struct block_tree *tree,
		   uint64_t deadline) _must_check_;

/* Releases all locks. */
void disk_lock_release(struct disk_lock *lock);
