/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The path from the HBA to a named LUN, described step by step, and the step at which it is broken. */
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
	STEP_OPEN, /* after a broken step, or with nothing known about it */
	_STEP_STATE_MAX,
};

struct check_step {
	enum step_state state;
	char text[NPIV_DETAIL_MAX]; /* describes the step; if it is broken, what is wrong */
};

struct path_check {
	struct diagnosis diagnosis; /* the first broken step as a stage */
	struct check_step steps[_STEP_MAX];
};

/* Diagnoses like diagnose(), with the same arguments, and describes every step. The inventory has the remote ports
 * and LUNs of the vHBA's host alone (inventory_of_host()). Returns 0 or -ENOMEM. */
int path_check_run(const struct inventory *inventory, const enum lun_readiness *readiness,
		   const struct wanted *wanted,
		   struct path_check *ret_check) _must_check_;

/* Returns the step that a stage is about; _STEP_MAX if it is about none. */
enum step step_of_stage(enum npiv_stage stage);

/* Return stable words for the output and JSON: "remote-ports"; "ok", "broken", "open". */
const char *step_to_string(enum step step);
const char *step_state_to_string(enum step_state state);
