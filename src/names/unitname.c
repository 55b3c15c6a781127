// SPDX-License-Identifier: LGPL-2.1-or-later
/* Builds unit names and escapes what goes into unit files. */
#include "names/unitname.h"

/* What unit_name_escape() leaves as it is: VALID_CHARS of systemd's unit-name.c less '-', '@' and
 * '\\', which its own escaping uses. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == ':' || c == '_' || c == '.';
}

static char *append_hex(char *out, char c)
{
	static const char digits[] = "0123456789abcdef";

	*out++ = '\\';
	*out++ = 'x';
	*out++ = digits[(unsigned char)c >> 4];
	*out++ = digits[(unsigned char)c & 0xf];
	return out;
}

char *unit_name_escape(const char *text)
{
	char *escaped, *out;

	assert(text);

	escaped = malloc(strlen(text) * strlen("\\x00") + 1);
	if (!escaped)
		return NULL;

	out = escaped;
	for (const char *p = text; *p; p++) {
		if (*p == '/')
			*out++ = '-';
		else if (is_plain(*p) && (*p != '.' || p != text))
			*out++ = *p;
		else
			out = append_hex(out, *p);
	}
	*out = '\0';
	return escaped;
}

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

char *unit_name_release(const char *name)
{
	assert(name);

	return join_name("npiv-release@", name, ".service");
}

char *unit_name_stopped(const char *name)
{
	assert(name);

	return join_name("npiv-stopped@", name, ".service");
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

char *unit_name_device(const char *path)
{
	_cleanup_free_ char *escaped = NULL;

	assert(path);

	/* systemd drops the first slash of a path (systemd-escape --path). */
	escaped = unit_name_escape(path + strspn(path, "/"));
	return escaped ? join_name("", escaped, ".device") : NULL;
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
