/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The chain of one vHBA, for people and for programs. */
#pragma once

#include "lib/json.h"
#include "ctl/health.h"

/* Writes it to stdout. conflict is who claims the names that nobody gets; "" where there are none,
 * also where it is well: units that have other names dispute a number that is needed by nobody. */
void ctl_status_print(const struct overview_row *row, const struct ctl_health *health,
		      const char *conflict);

/* Adds it as an object to an array. */
void ctl_status_json(struct json *json, const struct overview_row *row,
		     const struct ctl_health *health, const char *conflict);
