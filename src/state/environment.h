/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads environment variables: the properties of an event, and the folder of npiv's state. */
#pragma once

#include "lib/util.h"
#include "lib/roots.h"

/* Returns "/run/npiv" below environment_root(). The caller frees it; NULL if out of memory. */
char *environment_run_dir(void);

/* Whether a variable is "1", like the flags that udev sets. */
bool environment_is_one(const char *name);

/* Returns a variable as a decimal number; 0 if it is not set or not a number. */
uint64_t environment_number(const char *name);
