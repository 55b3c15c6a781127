/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of npiv-guest in /run/npiv, and the guest in the states of the vHBAs that are up. */
#pragma once

#include "libvirt/attach-state.h"
#include "libvirt/guest.h"

/* Reads /run/npiv/guest/POOL. If there is none, or it is malformed, the state is empty. Returns 0 or -errno. */
int attach_state_read(const struct guest_task *task,
		      struct attach_state *ret_note) _must_check_;
int attach_state_write(const struct guest_task *task,
		       const struct attach_state *state) _must_check_;
int attach_state_remove(const struct guest_task *task) _must_check_;

/* Writes the name of the guest that the vHBAs of the pool were started with; "" for none, or if none is up. Returns
 * 0 or -errno. */
int guest_find_wanted(const struct guest_task *task,
		      char ret_guest[static NPIV_GUEST_MAX + 1]) _must_check_;
