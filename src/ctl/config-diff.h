/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares running vHBAs with their files: what has to be done so that they are the same. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "state/state.h"

enum config_action {
	CONFIG_ACTION_NOTHING, /* it is as it should be, or will be with its next start */
	CONFIG_ACTION_STOP, /* no file defines it any longer */
	CONFIG_ACTION_START, /* it is down, and the boot would start it */
	CONFIG_ACTION_RESTART, /* another port, or one elsewhere */
	CONFIG_ACTION_RELOAD, /* names, permissions, LUNs to wait for */
	_CONFIG_ACTION_MAX,
};

/* "stop", "start", …; "-" of CONFIG_ACTION_NOTHING. */
const char *config_action_to_string(enum config_action action);

struct config_change {
	const char *name;
	enum config_action action;
	char *why; /* "wwpn: 0x… -> 0x…, aliases of pool web" */
};

struct config_diff {
	struct config_change *changes; /* in order of names */
	size_t n;
};

/* Compares. A vHBA whose section has errors is left as it is, and so is one that is down and that the boot
 * would not start. Keys that old states do not remember are not compared. Names point into config and
 * states. -ENOMEM. Empty the list with config_diff_done(). */
int config_diff_build(const struct config *config, const struct vhba_state *states,
		      size_t n_states, const struct inventory *inventory,
		      struct config_diff *ret_list) _must_check_;

void config_diff_done(struct config_diff *list);
