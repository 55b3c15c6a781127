/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small sysfs below a test's folder: disks behind remote ports, and a map over them. */
#pragma once

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the folders above a path. */
static void make_parents(const char *path)
{
	char part[PATH_MAX];

	for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		(void)snprintf(part, sizeof(part), "%.*s", (int)(p - path), path);
		(void)mkdir(part, 0755);
	}
}

static void put_file(const char *root, const char *name, const char *text)
{
	char path[PATH_MAX];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", root, name);
	make_parents(path);
	file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void put_link(const char *root, const char *name, const char *target)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/%s", root, name);
	make_parents(path);
	assert_int_equal(symlink(target, path), 0);
}

/* A disk of host N, LUN 0, in the map dm-0 if there is one; vport: "vport-1:0-0", NULL: the host is an HBA. With
 * is_gone there is no more than the map's link to it. */
static void put_disk(const char *root, const char *disk, unsigned host, const char *vport,
		     bool is_gone)
{
	char device[160], name[256], text[256];

	(void)snprintf(device, sizeof(device),
		       "devices/pci/host1/%s%shost%u/rport-%u:0-0/target%u:0:0/%u:0:0:0",
		       vport ?: "", vport ? "/" : "", host, host, host, host);
	(void)snprintf(name, sizeof(name), "devices/virtual/block/dm-0/slaves/%s", disk);
	(void)snprintf(text, sizeof(text), "../../../../../%s/block/%s", device, disk);
	put_link(root, name, text);
	if (is_gone)
		return;
	(void)snprintf(name, sizeof(name), "%s/block/%s/dev", device, disk);
	put_file(root, name, "8:16\n");
	(void)snprintf(name, sizeof(name), "%s/block/%s/diskseq", device, disk);
	put_file(root, name, "7\n");
	(void)snprintf(name, sizeof(name), "%s/block/%s/holders/dm-0", device, disk);
	put_link(root, name, "nowhere");
	(void)snprintf(name, sizeof(name), "%s/block/%s/device", device, disk);
	put_link(root, name, "../..");
	(void)snprintf(name, sizeof(name), "class/block/%s", disk);
	(void)snprintf(text, sizeof(text), "../../%s/block/%s", device, disk);
	put_link(root, name, text);
	(void)snprintf(name, sizeof(name), "%s/state", device);
	put_file(root, name, "running\n");
	(void)snprintf(name, sizeof(name), "%s/type", device);
	put_file(root, name, "0\n");
	(void)snprintf(name, sizeof(name), "%s/wwid", device);
	put_file(root, name, "naa.600\n");
	(void)snprintf(name, sizeof(name), "class/scsi_device/%u:0:0:0/device", host);
	(void)snprintf(text, sizeof(text), "../../../%s", device);
	put_link(root, name, text);
	(void)snprintf(name, sizeof(name), "class/fc_remote_ports/rport-%u:0-0/port_name",
		       host);
	put_file(root, name, "0x500000\n");
	(void)snprintf(name, sizeof(name), "class/fc_host/host%u/port_name", host);
	(void)snprintf(text, sizeof(text), "0x%x\n", host);
	put_file(root, name, text);
}

static inline void put_map(const char *root)
{
	put_link(root, "class/block/dm-0", "../../devices/virtual/block/dm-0");
	put_file(root, "devices/virtual/block/dm-0/dm/uuid", "mpath-3600\n");
	put_file(root, "devices/virtual/block/dm-0/dm/name", "mpatha\n");
	/* None that a machine has. */
	put_file(root, "devices/virtual/block/dm-0/dev", "4095:1048575\n");
	put_file(root, "devices/virtual/block/dm-0/diskseq", "9\n");
}
