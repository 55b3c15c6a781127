/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prefixes of the paths that a program uses. Programs that systemd or udev run as root are linked with roots.c, and
 * ignore the environment. npivctl is linked with roots-environment.c, and so are the builds of the other programs
 * for tests (build/test-bin). */
#pragma once

/* Returns "/sys"; with roots-environment.c $NPIV_SYSFS, if it is set. */
const char *environment_sysfs(void);

/* Returns "", the prefix of every path of configuration and state; with roots-environment.c $NPIV_ROOT. */
const char *environment_root(void);
