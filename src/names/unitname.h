/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of units, and text that is safe inside a unit file. */
#pragma once

#include "config/name.h"

#define UNIT_NAME_MAX 255U /* systemd's UNIT_NAME_MAX less its NUL */

/* NAME becomes the instance as it is (%i). %I would change a '-', so no unit of npiv uses %I. The caller frees the
 * result; NULL if out of memory. */
char *unit_name_vport(const char *name); /* "npiv-vport@NAME.service" */
char *unit_name_teardown(const char *name); /* "npiv-teardown@NAME.service" */
char *unit_name_recover(const char *name); /* "npiv-recover@NAME.service" */
char *unit_name_pool(const char *pool); /* "npiv-pool@POOL.target" */
char *unit_name_guest(const char *pool); /* "npiv-guest@POOL.service" */

/* Doubles every '%', so that systemd expands no specifiers. text has no control characters: a newline would begin a
 * new directive. The caller frees the result; NULL if out of memory. */
char *unit_escape_specifiers(const char *text);
