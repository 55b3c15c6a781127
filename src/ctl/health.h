/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The health of one vHBA: its path check, its unit, and what that makes in a word and in an exit code. */
#pragma once

#include "diagnose/steps.h"
#include "ctl/model.h"
#include "event/bus.h"

/* The exit code of npivctl status for a vHBA that is not started and is not meant to be; systemctl(1)
 * has the same for a unit that is not active. */
#define EXIT_STOPPED 3

struct ctl_health {
	struct path_check check;
	struct bus_unit
		unit; /* active_state NULL: nobody to ask, or it is not one of ours */
	char twin[NPIV_DETAIL_MAX]; /* another port of this host that has its WWPN; "": none */
	const char *note; /* how what is up differs from its file; NULL: it does not */
	bool is_remapped; /* its names are disputed only with logical units that are gone */
	bool is_tried; /* npiv made its vport, and tries to bring it up */
	bool is_stopped; /* there is no port of it, and its unit neither tries nor failed */
};

/* The manager to ask about units; NULL below another root, or where there is none. The caller
 * unrefs. */
sd_bus *ctl_health_bus(void);

/* bus may be NULL. -ENOMEM. Empty it with ctl_health_done(). */
int ctl_health_read(const struct host_model *model, const struct vhba_row *row,
		    sd_bus *bus, struct ctl_health *ret_health) _must_check_;

/* Whether the unit cannot be started because it is masked. */
bool ctl_unit_is_masked(const struct bus_unit *unit);

/* "ready", "stopped", or the name of the stage that holds it. */
const char *ctl_health_word(const struct ctl_health *health);

/* What is wrong, short; NULL if nothing is. */
const char *ctl_health_problem(const struct ctl_health *health);

/* More about what is wrong, and what to look at (NULL: nothing). */
const char *ctl_health_detail(const struct ctl_health *health);
const char *ctl_health_hint(const struct ctl_health *health);

/* That of the stage (npiv-vport(8)), that of STAGE_WWN_REFUSED if all is well but another port has its
 * WWPN, or EXIT_STOPPED. */
int ctl_health_exit_code(const struct ctl_health *health);

void ctl_health_done(struct ctl_health *health);
