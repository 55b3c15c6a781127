/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered below /run/npiv for npiv-guest: by itself, and by the vHBAs that are up. */
#pragma once

#include "libvirt/attach-state.h"
#include "libvirt/guest.h"

/* Reads /run/npiv/guest/POOL. If there is none, or it makes no sense, the state is empty. -ENOMEM. */
int attach_state_read(const struct guest_task *task,
		      struct attach_state *ret_note) _must_check_;
int attach_state_write(const struct guest_task *task,
		       const struct attach_state *state) _must_check_;
int attach_state_remove(const struct guest_task *task) _must_check_;

/* The guest that the vHBAs of the pool which are up were started with: writes its name, "" for none. -errno. */
int guest_find_wanted(const struct guest_task *task,
		      char ret_guest[static NPIV_GUEST_MAX + 1]) _must_check_;
