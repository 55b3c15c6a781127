/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way down of a vHBA. */
#pragma once

#include "vport/delete.h"

/* Takes down what a state remembers, and forgets it. Returns anything but REMOVAL_GO_ON. */
enum removal vport_take_down(struct task *task, const struct vhba_state *state,
			     bool is_shutdown) _must_check_;

/* Whether another vHBA of the same pool is up; then the pool's names keep their meaning. */
bool vport_pool_is_shared(const struct task *task, const struct vhba_state *state);
