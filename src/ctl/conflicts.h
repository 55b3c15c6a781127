/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reports names that are withheld. */
#pragma once

#include "ctl/model.h"
#include "names/names.h"

/* Reports on stderr the claimants of each name that is withheld, in the pools of the vHBA or pool that is shown; name
 * NULL: in all pools. */
void ctl_conflicts_explain(const struct host_model *model,
			   const struct conflict_list *conflicts, const char *name);
