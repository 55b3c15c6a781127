/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The path from the HBA to a named LUN step by step: what there is at each, and at which one the path is broken. */
#pragma once

#include "diagnose/diagnose.h"

enum step {
	STEP_PARENT,
	STEP_LINK,
	STEP_FABRIC,
	STEP_VPORT,
	STEP_LOGIN,
	STEP_REMOTE_PORTS,
	STEP_LUNS,
	STEP_DISKS,
	STEP_MULTIPATH,
	STEP_NAMES,
	_STEP_MAX,
};

enum step_state {
	STEP_OK,
	STEP_BROKEN,
	STEP_OPEN, /* behind a broken one, or with nothing known of it */
	_STEP_STATE_MAX,
};

struct check_step {
	enum step_state state;
	char text[NPIV_DETAIL_MAX]; /* what is there; at a broken step what is wrong */
};

struct path_check {
	struct diagnosis diagnosis; /* the first broken step as a stage */
	struct check_step steps[_STEP_MAX];
};

/* Diagnoses as diagnose() does, with the same arguments, and describes what there is at every step. The inventory holds
 * the remote ports and LUNs of the vHBA's host alone (inventory_of_host()). -ENOMEM. */
int path_check_run(const struct inventory *inventory, const enum lun_readiness *readiness,
		   const struct wanted *wanted,
		   struct path_check *ret_check) _must_check_;

/* The step that a stage is about; _STEP_MAX for a stage that is about none of them. */
enum step step_of_stage(enum npiv_stage stage);

/* Stable words for people and JSON: "remote-ports"; "ok", "broken", "open". */
const char *step_to_string(enum step step);
const char *step_state_to_string(enum step_state state);
