/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is up compared with what files say now: what has to be done so that they are the same. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "state/state.h"

enum change_action {
	CHANGE_NOTHING, /* it is as it should be, or will be with its next start */
	CHANGE_STOP, /* no file defines it any longer */
	CHANGE_START, /* it is down, and the boot would start it */
	CHANGE_RESTART, /* another port, or one elsewhere */
	CHANGE_RELOAD, /* names, permissions, LUNs to wait for */
	_CHANGE_ACTION_MAX,
};

/* "stop", "start", …; "-" of CHANGE_NOTHING. */
const char *change_action_to_string(enum change_action action);

struct change {
	const char *name;
	enum change_action action;
	char *why; /* "wwpn: 0x… -> 0x…, aliases of pool web" */
};

struct change_list {
	struct change *changes; /* what there is to say, in order of names */
	size_t n;
};

/* Compares. A vHBA whose section has errors is left as it is, and so is one that is down and that the boot
 * would not start. Keys that old states do not remember are not compared. Names point into config and
 * states. -ENOMEM. Empty the list with change_list_done(). */
int change_list_build(const struct config *config, const struct vhba_state *states,
		      size_t n_states, const struct inventory *inventory,
		      struct change_list *ret_list) _must_check_;

void change_list_done(struct change_list *list);
