// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes to vport_create, vport_delete and the attributes of a vport. */
#include <inttypes.h>

#include "lib/limits.h"
#include "fc/sysfs.h"
#include "fc/vport.h"

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

/* Reads the state again: a link that flaps starts a new login. */
static bool is_logged_in(int sysfs, const struct fc_vport *vport)
{
	char path[PATH_SIZE], text[32];

	(void)snprintf(path, sizeof(path), "class/fc_vports/%s/vport_state",
		       vport->sysname);
	if (sysfs_read_text(sysfs, path, text, sizeof(text)) < 0 ||
	    vport_state_from_string(text) != VPORT_ACTIVE)
		return false;
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32 "/port_state",
		       vport->host);
	return sysfs_read_text(sysfs, path, text, sizeof(text)) >= 0 &&
	       port_state_from_string(text) == PORT_ONLINE;
}

int vport_set_symbolic_name(int sysfs, const struct fc_vport *vport, const char *name)
{
	char path[PATH_SIZE], text[NPIV_SYMBOLIC_NAME_MAX + 1] = "";
	size_t length;
	ssize_t n;

	assert(vport);
	assert(name);

	if (!is_logged_in(sysfs, vport))
		return -EAGAIN;
	(void)snprintf(path, sizeof(path), "class/fc_vports/%s/symbolic_name",
		       vport->sysname);
	(void)snprintf(text, sizeof(text), "%s", name);
	length = strlen(text);
	/* The kernel copies the text over the old name (fc_vport_store_str_function()): without a NUL byte the end
	 * of a longer old name remains. It accepts no more than 63 bytes. */
	n = sysfs_write_bytes(sysfs, path, text,
			      length < NPIV_SYMBOLIC_NAME_MAX ? length + 1 : length);
	return n < 0 ? (int)n : 0;
}
