// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes to vport_create, vport_delete and the attributes of a vport. */
#include <inttypes.h>

#include "core/create-verdict.h"
#include "core/limits.h"
#include "sys/sysfs.h"
#include "sys/vport.h"

#define PATH_SIZE 96

static ssize_t write_names(int sysfs, uint32_t host, const char *attribute, uint64_t wwpn,
			   uint64_t wwnn)
{
	char path[PATH_SIZE], names[VPORT_TEXT_LENGTH + 1];

	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32 "/%s", host,
		       attribute);
	(void)snprintf(names, sizeof(names), "%016" PRIx64 ":%016" PRIx64, wwpn, wwnn);
	return sysfs_write(sysfs, path, names);
}

ssize_t vport_create(int sysfs, uint32_t parent_host, uint64_t wwpn, uint64_t wwnn)
{
	return write_names(sysfs, parent_host, "vport_create", wwpn, wwnn);
}

int vport_delete(int sysfs, uint32_t parent_host, uint64_t wwpn, uint64_t wwnn)
{
	ssize_t n = write_names(sysfs, parent_host, "vport_delete", wwpn, wwnn);

	/* ENODEV: no such vport; ENOENT: no such parent. */
	if (n == -ENODEV || n == -ENOENT)
		return 0;
	if (n < 0)
		return (int)n;
	return n < VPORT_TEXT_LENGTH ? -EIO : 0;
}

static int write_attribute(int sysfs, const struct fc_vport *vport, const char *attribute,
			   const char *text)
{
	char path[PATH_SIZE];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "class/fc_vports/%s/%s", vport->sysname,
		       attribute);
	n = sysfs_write(sysfs, path, text);
	return n < 0 ? (int)n : 0;
}

int vport_reset(int sysfs, const struct fc_vport *vport)
{
	int r;

	assert(vport);

	r = write_attribute(sysfs, vport, "vport_disable", "1");
	if (r < 0 && r != -EALREADY)
		return r;
	r = write_attribute(sysfs, vport, "vport_disable", "0");
	return r == -EALREADY ? 0 : r;
}

int vport_set_symbolic_name(int sysfs, const struct fc_vport *vport, const char *name)
{
	char text[NPIV_SYMBOLIC_NAME_MAX + 1];

	assert(vport);
	assert(name);

	(void)snprintf(text, sizeof(text), "%s", name);
	return write_attribute(sysfs, vport, "symbolic_name", text);
}
