/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names that nobody gets, told to people. */
#pragma once

#include "ctl/model.h"
#include "names/names.h"

/* Says on stderr who claims each name that nobody gets, in the pools of the vHBA or pool that is
 * shown; name NULL: in all. */
void ctl_conflicts_explain(const struct host_model *model,
			   const struct conflict_list *conflicts, const char *name);
