// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the position of a disk from its path in sysfs. */
#include "fc/devpath.h"

/* Moves one component from the front of *path to buf. */
static bool take_component(const char **path, char *buf, size_t size)
{
	size_t length = strcspn(*path, "/");

	if (length == 0 || length >= size)
		return false;
	memcpy(buf, *path, length);
	buf[length] = '\0';
	*path += length;
	*path += strspn(*path, "/");
	return true;
}

static const char *find_last(const char *text, const char *part)
{
	const char *last = NULL;

	for (const char *p = text; (p = strstr(p, part)); p++)
		last = p;
	return last;
}

void devpath_vport(const char *path, char ret_vport[static VPORT_NAME_SIZE])
{
	const char *vport;

	assert(path);
	assert(ret_vport);

	vport = find_last(path, "/vport-");
	*ret_vport = '\0';
	if (!vport)
		return;
	vport++;
	if (!take_component(&vport, ret_vport, VPORT_NAME_SIZE) ||
	    !startswith(vport, "host"))
		*ret_vport = '\0';
}

int devpath_parse(const char *path, struct devpath *ret_devpath)
{
	struct devpath devpath = { 0 };
	char part[64];

	assert(path);
	assert(ret_devpath);

	devpath_vport(path, devpath.vport);
	path = find_last(path, "/rport-");
	if (!path)
		return -ENOENT;
	path++;
	if (!take_component(&path, part, sizeof(part)) ||
	    !take_component(&path, part, sizeof(part)) || !startswith(part, "target") ||
	    !take_component(&path, devpath.address, sizeof(devpath.address)) ||
	    !take_component(&path, part, sizeof(part)) || !streq(part, "block") ||
	    !take_component(&path, devpath.disk, sizeof(devpath.disk)))
		return -ENOENT;
	if (*path && !take_component(&path, devpath.partition, sizeof(devpath.partition)))
		return -ENOENT;
	if (*path)
		return -ENOENT;

	*ret_devpath = devpath;
	return 0;
}
