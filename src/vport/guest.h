/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest of the pool, as seen from a vHBA. Each function does nothing if the pool has no guest. */
#pragma once

#include "vport/task.h"

/* Makes systemd start npiv-guest@, which attaches and detaches LUNs. Does not wait; a failure is only logged. */
void vport_guest_notify(const struct task *task, const struct vhba_state *state);

/* Notifies the guest of a vHBA that is up and has LUNs that are gone; waits at most usec until the guest has
 * detached what it can. */
void vport_guest_settle(const struct task *task, uint64_t usec);

/* Remembers that the vHBA is about to go, and has the guest give its LUNs back; or that it stays. */
int vport_guest_leave(const struct task *task, const struct vhba_state *state,
		      bool is_leaving) _must_check_;
