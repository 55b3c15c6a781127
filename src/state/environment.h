/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the environment says: the properties of an event, and where to look. */
#pragma once

#include "lib/util.h"
#include "lib/roots.h"

/* "/run/npiv" below environment_root(). The caller frees it; NULL without memory. */
char *environment_run_dir(void);

/* Whether a variable is "1", as udev's flags are. */
bool environment_is_one(const char *name);

/* A decimal number; 0 if it is none, or is not set. */
uint64_t environment_number(const char *name);
