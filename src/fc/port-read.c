// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads one Fibre Channel port from its fc_host. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

#include "fc/wwn.h"
#include "fc/sysfs.h"
#include "fc/port-read.h"
#include "lib/fd.h"

static bool is_pci_address(const char *name, size_t size)
{
	static const char form[] = "hhhh:hh:hh.h";

	if (size != strlen(form))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (form[i] == 'h' ? !strchr("0123456789abcdef", name[i]) :
				     name[i] != form[i])
			return false;
	}
	return true;
}

/* The nearest PCI device above a port is the last address in its path. */
static void find_pci_address(const char *path, char *buf, size_t size)
{
	for (const char *p = path; *p; p += strspn(p, "/")) {
		size_t length = strcspn(p, "/");

		if (is_pci_address(p, length))
			(void)snprintf(buf, size, "%.*s", (int)length, p);
		p += length;
	}
}

/* Returns the host above a vport: the N of …/hostN/vport-… in the path of the vport's own port. */
static uint32_t find_parent_host(const char *path)
{
	const char *vport = strstr(path, "/vport-");
	uint32_t host;

	return vport && sscanf(vport, "/vport-%" SCNu32 ":", &host) == 1 ? host :
									   HOST_NONE;
}

static void find_driver(int sysfs, struct fc_port *port)
{
	char path[64], link[PATH_MAX];
	const char *name;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/proc_name",
		       port->host);
	attribute_text(sysfs, path, port->driver, sizeof(port->driver));
	/* Drivers without a proc_name print "(null)". */
	if ((port->driver[0] && port->driver[0] != '(') || !port->pci_address[0])
		return;

	port->driver[0] = '\0';
	(void)snprintf(path, sizeof(path), "bus/pci/devices/%s/driver",
		       port->pci_address);
	n = readlinkat(sysfs, path, link, sizeof(link) - 1);
	if (n < 0)
		return;
	link[n] = '\0';
	name = strrchr(link, '/');
	(void)snprintf(port->driver, sizeof(port->driver), "%.31s",
		       name ? name + 1 : link);
}

static uint64_t read_fabric(int dir, uint64_t own_wwnn)
{
	uint64_t fabric = attribute_hex(dir, "fabric_name", 0);

	return wwn_is_usable(fabric) && fabric != own_wwnn ? fabric : 0;
}

void port_read_names(const struct port_source *source, struct fc_port *port)
{
	assert(source);
	assert(port);

	port->wwpn = attribute_hex(source->dir, "port_name", WWN_UNSET);
	port->wwnn = attribute_hex(source->dir, "node_name", WWN_UNSET);
	port->parent_host = find_parent_host(source->path);
	port->is_vport = port->parent_host != HOST_NONE;
	port->is_target =
		target_mode_has(source->sysfs, source->targets, port->host, port->wwpn);
}

void port_read_rest(const struct port_source *source, struct fc_port *port)
{
	int dir = source->dir;
	char state[32];

	assert(port);

	port->fabric_wwn = read_fabric(dir, port->wwnn);
	attribute_text(dir, "port_state", state, sizeof(state));
	port->state = port_state_from_string(state);
	port->is_capable = faccessat(dir, "vport_create", F_OK, 0) == 0;
	port->max_vports = attribute_u32(dir, "max_npiv_vports");
	port->vports_inuse = attribute_u32(dir, "npiv_vports_inuse");
	find_pci_address(source->path, port->pci_address, sizeof(port->pci_address));
	find_driver(source->sysfs, port);
	attribute_text(dir, "port_type", port->port_type, sizeof(port->port_type));
	attribute_text(dir, "speed", port->speed, sizeof(port->speed));
	attribute_text(dir, "symbolic_name", port->symbolic_name,
		       sizeof(port->symbolic_name));
}

static int add_target(struct target_list *list, uint64_t wwpn)
{
	uint64_t *item = array_grow(&list->wwpns, list->n, sizeof(*item));

	if (!item)
		return -ENOMEM;
	*item = wwpn;
	list->n++;
	return 0;
}

/* LIO's fabric modules have one folder per port, named by its WWPN. */
static int read_fabric_module(int modules, const char *module, struct target_list *list)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(modules, module);
	struct dirent *item;

	while (dir && (item = readdir(dir))) {
		uint64_t wwpn;
		int r;

		if (wwn_parse(item->d_name, &wwpn) < 0 || !wwn_is_usable(wwpn))
			continue;
		r = add_target(list, wwpn);
		if (r < 0)
			return r;
	}
	return 0;
}

int target_list_read(int sysfs, struct target_list *ret_list)
{
	_cleanup_closedir_ DIR *modules =
		sysfs_open_stream(sysfs, "kernel/config/target");
	struct dirent *item;
	int r = 0;

	assert(ret_list);

	*ret_list = (struct target_list){ 0 };
	while (r >= 0 && modules && (item = readdir(modules)))
		/* "core" contains the backing stores. */
		if (item->d_name[0] != '.' && !streq(item->d_name, "core"))
			r = read_fabric_module(dirfd(modules), item->d_name, ret_list);
	return r;
}

void target_list_done(struct target_list *list)
{
	free(list->wwpns);
	*list = (struct target_list){ 0 };
}

static bool driver_says_target(int sysfs, uint32_t host)
{
	char path[64], mode[64];

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/active_mode",
		       host);
	return sysfs_read_text(sysfs, path, mode, sizeof(mode)) >= 0 &&
	       strstr(mode, "Target");
}

bool target_mode_has(int sysfs, const struct target_list *list, uint32_t host,
		     uint64_t wwpn)
{
	assert(list);

	for (size_t i = 0; i < list->n; i++)
		if (list->wwpns[i] == wwpn)
			return true;
	return driver_says_target(sysfs, host);
}
