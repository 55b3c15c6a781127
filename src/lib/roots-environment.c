// SPDX-License-Identifier: LGPL-2.1-or-later
/* Roots from the environment. */
#include <stdlib.h>

#include "lib/roots.h"

const char *environment_sysfs(void)
{
	const char *sysfs = getenv("NPIV_SYSFS");

	return sysfs && *sysfs ? sysfs : "/sys";
}

const char *environment_root(void)
{
	const char *root = getenv("NPIV_ROOT");

	return root ? root : "";
}
