// SPDX-License-Identifier: LGPL-2.1-or-later
/* The roots of the machine, and no other. */
#include "lib/roots.h"

const char *environment_sysfs(void)
{
	return "/sys";
}

const char *environment_root(void)
{
	return "";
}
