// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads environment variables: the properties of an event, and the folder of npiv's state. */
#include "lib/parse.h"
#include "state/state.h"
#include "state/environment.h"

char *environment_run_dir(void)
{
	char *path;

	return asprintf(&path, "%s%s", environment_root(), NPIV_RUN_DIR) < 0 ? NULL :
									       path;
}

bool environment_is_one(const char *name)
{
	const char *value;

	assert(name);

	value = getenv(name);
	return value && streq(value, "1");
}

uint64_t environment_number(const char *name)
{
	const char *value;
	uint64_t n;

	assert(name);

	value = getenv(name);
	return value && parse_unsigned(value, UINT64_MAX, &n) >= 0 ? n : 0;
}
