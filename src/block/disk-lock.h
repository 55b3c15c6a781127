/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps udev off disks that are about to go: an exclusive BSD lock on each whole disk (systemd, "Locking Block
 * Device Access"). udev has a shared one while it works on an event of a disk, and leaves a disk alone that
 * somebody has locked. */
#pragma once

#include "block/tree.h"

/* The locks are those of a child: what blocks while it opens or locks a disk cannot block its parent. */
struct disk_lock {
	pid_t pid; /* 0: nothing is locked */
};

/* Locks the disks of a tree, and waits for other holders of a lock until deadline (lib/clock.h). Disks
 * that are gone are passed over. Returns 0, -ETIMEDOUT where some are not locked, those that were free are, or
 * -errno. The caller ends it in any case with disk_lock_release(). */
int disk_lock_take(struct disk_lock *lock, const struct block_tree *tree,
		   uint64_t deadline) _must_check_;

/* Gives all locks back. */
void disk_lock_release(struct disk_lock *lock);
