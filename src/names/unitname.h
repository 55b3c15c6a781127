/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of units, and text that is safe inside a unit file. */
#pragma once

#include "config/name.h"

#define UNIT_NAME_MAX 255U /* systemd's UNIT_NAME_MAX less its NUL */

/* NAME is an instance as it is (%i): only '-' would be another character if a unit unescaped it (%I), so no
 * unit of ours uses %I. The caller frees; NULL without memory. */
char *unit_name_vport(const char *name); /* "npiv-vport@NAME.service" */
char *unit_name_teardown(const char *name); /* "npiv-teardown@NAME.service" */
char *unit_name_recover(const char *name); /* "npiv-recover@NAME.service" */
char *unit_name_pool(const char *pool); /* "npiv-pool@POOL.target" */
char *unit_name_guest(const char *pool); /* "npiv-guest@POOL.service" */

/* Doubles every '%', so that systemd's specifiers stay text. The caller frees; NULL without
 * memory. text has no control characters: a newline would begin a new directive. */
char *unit_escape_specifiers(const char *text);
