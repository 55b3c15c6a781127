/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The creation or adoption of a vport. */
#pragma once

#include "vport/wait.h"

struct make {
	struct lun_wait *wait;
	struct vhba_state *state;
	bool is_written; /* the state is in /run/npiv */
	bool was_reset; /* a vport that needs it was disabled and enabled once */
	bool is_named; /* the symbolic name was checked, and written if it differed */
	uint64_t not_before; /* no further write to vport_create until then; 0: any time */
	bool is_awaited; /* no write of an earlier run is under way any longer */
	uint64_t lock_usec; /* how long the parent's lock was waited for last; 0: not at all */
};

/* An lun_wait_act_fn with a struct make: creates or adopts the vport when the last look allows it. */
int make_or_adopt(struct watch *watch, void *context) _must_check_;
