// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names of units, and text that is safe inside a unit file. */
#include "names/unitname.h"

static char *join_name(const char *prefix, const char *name, const char *suffix)
{
	char *text;

	return asprintf(&text, "%s%s%s", prefix, name, suffix) < 0 ? NULL : text;
}

char *unit_name_vport(const char *name)
{
	assert(name);

	return join_name("npiv-vport@", name, ".service");
}

char *unit_name_teardown(const char *name)
{
	assert(name);

	return join_name("npiv-teardown@", name, ".service");
}

char *unit_name_recover(const char *name)
{
	assert(name);

	return join_name("npiv-recover@", name, ".service");
}

char *unit_name_pool(const char *pool)
{
	assert(pool);

	return join_name("npiv-pool@", pool, ".target");
}

char *unit_name_guest(const char *pool)
{
	assert(pool);

	return join_name("npiv-guest@", pool, ".service");
}

char *unit_escape_specifiers(const char *text)
{
	char *escaped, *out;

	assert(text);

	escaped = malloc(strlen(text) * 2 + 1);
	if (!escaped)
		return NULL;

	out = escaped;
	for (; *text; text++) {
		if (*text == '%')
			*out++ = '%';
		*out++ = *text;
	}
	*out = '\0';
	return escaped;
}
