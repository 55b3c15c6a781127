/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way down of a vHBA. */
#pragma once

#include "vport/delete.h"

/* Takes down what a state remembers, and forgets it. Returns anything but REMOVAL_GO_ON. */
enum removal vport_take_down(struct task *task, const struct vhba_state *state,
			     bool is_shutdown) _must_check_;
