/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest of the pool, seen from a vHBA. Each function does nothing where the pool has no guest. */
#pragma once

#include "vport/task.h"

/* Has systemd look what the guest is to get or to give back. Does not wait, and a failure is logged alone. */
void vport_guest_notify(const struct task *task, const struct vhba_state *state);

/* The same for a vHBA that is up and has LUNs that are gone; waits, usec at most, until the
 * guest has given back what it can. */
void vport_guest_settle(const struct task *task, uint64_t usec);

/* Remembers that the vHBA is about to go, and has the guest give its LUNs back; or that it stays. */
int vport_guest_leave(const struct task *task, const struct vhba_state *state,
		      bool is_leaving) _must_check_;
