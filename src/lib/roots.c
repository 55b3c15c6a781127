// SPDX-License-Identifier: LGPL-2.1-or-later
/* The real roots of the machine. */
#include "lib/roots.h"

const char *environment_sysfs(void)
{
	return "/sys";
}

const char *environment_root(void)
{
	return "";
}
