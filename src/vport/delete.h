/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The deletion of a vport with its LUNs. */
#pragma once

#include "vport/users.h"

/* Result of a step of removing a vHBA. The reason why it is not removed has been logged by the step. */
enum removal {
	REMOVAL_GO_ON, /* of a step: the next step may follow */
	REMOVAL_GONE, /* it is removed, or was gone already */
	REMOVAL_KEPT, /* it stays, and that is no fault: on_stop=keep, or the machine is shutting down */
	REMOVAL_REFUSED, /* its LUNs are in use, or cannot be flushed in time; all of it is still there */
	REMOVAL_UNFINISHED, /* the driver is still deleting the port, and has not reported the end */
	REMOVAL_FAILED, /* an error; a part of it may be gone */
};

/* The exit code of a verb that ends with that. */
int removal_exit_code(enum removal removal);

/* Log why a removal ends, as vport_fail_errno(), vport_fail_locked() and, for the stage of a vHBA in use, vport_fail()
 * do. */
enum removal removal_fail(const struct task *task, int error, const char *what);
enum removal removal_fail_locked(const struct task *task, uint64_t parent_wwpn,
				 int error);
enum removal removal_refuse(const struct task *task, const char *detail,
			    const char *hint);

/* Deletes a vport with its LUNs. luns: as they were just seen; looks at them once more before anything is
 * removed. is_alone: no other vHBA of its pool is up; the caller then sees to the claims of its disks when
 * they are gone. *pool_lock (-EBADF: not held) is given back when the LUNs are gone and the port is not: some drivers
 * take half a minute for that. Returns anything but REMOVAL_GO_ON and REMOVAL_KEPT. */
enum removal vport_remove(struct task *task, const struct vhba_state *state,
			  const struct fc_vport *vport, struct vport_luns *luns,
			  bool is_alone, int *pool_lock) _must_check_;

/* Writes back the caches of all devices of a tree. Returns 0, 1 if data of a device may still be in a cache (detail says
 * which and why), or -errno. */
int vport_flush(struct task *task, const struct block_tree *tree, char *detail,
		size_t size) _must_check_;
