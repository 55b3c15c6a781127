/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What comes before the paths that a program looks at. What runs as root by itself (of systemd, of udev) has
 * roots.c and looks nowhere else, whatever its environment says. npivctl has roots-environment.c, and so
 * have the builds of the others that tests use (build/test-bin). */
#pragma once

/* "/sys"; with roots-environment.c $NPIV_SYSFS, where it is set. */
const char *environment_sysfs(void);

/* "": what comes before every path of configuration and state; with roots-environment.c $NPIV_ROOT. */
const char *environment_root(void);
