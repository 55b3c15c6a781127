// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fills the inventory from sysfs, one pass over each of its classes. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>

#include "core/array-text.h"
#include "core/lun.h"
#include "core/wwn.h"
#include "sys/fd.h"
#include "sys/lun-read.h"
#include "sys/scan.h"
#include "sys/sysfs.h"
#include "sys/target-mode.h"

/* Addresses from here on are the fabric's own services (name server, domain controllers; FC-FS-3
 * table 32), which some drivers show as remote ports. */
#define FC_RESERVED_ID UINT64_C(0xfffc00)

struct scan {
	int sysfs;
	bool all_hosts;
	uint32_t only_host; /* where not all_hosts; HOST_NONE: no host at all */
	struct inventory *inventory;
};

/* One entry of a class: its name, its open folder, and where the class's link points to. */
struct entry {
	const char *name;
	int dir;
	char path[PATH_MAX];
};

typedef int (*read_entry_fn)(struct scan *scan, const struct entry *entry);

/* Whether what failed is more than this one device, which went away while it was looked at, or shows
 * what a driver should not: the others are there all the same. */
static bool is_fatal(int r)
{
	return r == -ENOMEM || r == -EMFILE || r == -ENFILE;
}

/* The text of an attribute, fit to be shown: drivers pass on what a switch or an array says. Empty where
 * it is missing, unreadable or too long. */
static void read_or_empty(int dir, const char *attribute, char *buf, size_t size)
{
	if (sysfs_read_text(dir, attribute, buf, size) < 0)
		*buf = '\0';
	array_text_mask(buf);
}

/* WWNs and port ids have one form. */
static uint64_t read_hex_or(int dir, const char *attribute, uint64_t otherwise)
{
	uint64_t n;

	return sysfs_read_wwn(dir, attribute, &n) < 0 ? otherwise : n;
}

static uint32_t read_u32_or_zero(int dir, const char *attribute)
{
	uint64_t n;

	return sysfs_read_number(dir, attribute, &n) < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
}

static int read_class_entry(struct scan *scan, int class, const char *name,
			    read_entry_fn read)
{
	struct entry entry = { .name = name };
	_cleanup_close_ int dir = -EBADF;
	ssize_t n;

	n = readlinkat(class, name, entry.path, sizeof(entry.path) - 1);
	if (n < 0)
		return -errno;
	entry.path[n] = '\0';
	dir = sysfs_open_dir(class, name);
	if (dir < 0)
		return dir;

	entry.dir = dir;
	return read(scan, &entry);
}

/* Calls read for each entry of a class; a class that is not there has none. */
static int for_each_entry(struct scan *scan, const char *class, read_entry_fn read)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(scan->sysfs, class);
	struct dirent *item;
	int r;

	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while ((item = readdir(dir))) {
		if (item->d_name[0] == '.')
			continue;
		r = read_class_entry(scan, dirfd(dir), item->d_name, read);
		if (is_fatal(r))
			return r;
	}
	return 0;
}

static bool is_pci_address(const char *name, size_t size)
{
	static const char form[] = "hhhh:hh:hh.h";

	if (size != strlen(form))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (form[i] == 'h' ? !strchr("0123456789abcdef", name[i]) : name[i] != form[i])
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

/* The host that a vport hangs below: the N of …/hostN/vport-… in its own port's path. */
static uint32_t find_parent_host(const char *path)
{
	const char *vport = strstr(path, "/vport-");
	uint32_t host;

	return vport && sscanf(vport, "/vport-%" SCNu32 ":", &host) == 1 ? host : HOST_NONE;
}

static void find_driver(struct scan *scan, struct fc_port *port)
{
	char path[64], link[PATH_MAX];
	const char *name;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/proc_name", port->host);
	read_or_empty(scan->sysfs, path, port->driver, sizeof(port->driver));
	/* Drivers without a proc_name print the null pointer's "(null)". */
	if ((port->driver[0] && port->driver[0] != '(') || !port->pci_address[0])
		return;

	port->driver[0] = '\0';
	(void)snprintf(path, sizeof(path), "bus/pci/devices/%s/driver", port->pci_address);
	n = readlinkat(scan->sysfs, path, link, sizeof(link) - 1);
	if (n < 0)
		return;
	link[n] = '\0';
	name = strrchr(link, '/');
	(void)snprintf(port->driver, sizeof(port->driver), "%.31s", name ? name + 1 : link);
}

static uint64_t read_fabric(const struct entry *entry, uint64_t own_wwnn)
{
	uint64_t fabric = read_hex_or(entry->dir, "fabric_name", 0);

	return wwn_is_usable(fabric) && fabric != own_wwnn ? fabric : 0;
}

static int read_port(struct scan *scan, const struct entry *entry)
{
	struct fc_port *port;
	char state[32];
	uint32_t host;

	if (sscanf(entry->name, "host%" SCNu32, &host) != 1)
		return 0;
	port = array_grow(&scan->inventory->ports, scan->inventory->n_ports, sizeof(*port));
	if (!port)
		return -ENOMEM;

	port->host = host;
	port->wwpn = read_hex_or(entry->dir, "port_name", WWN_UNSET);
	port->wwnn = read_hex_or(entry->dir, "node_name", WWN_UNSET);
	port->fabric_wwn = read_fabric(entry, port->wwnn);
	read_or_empty(entry->dir, "port_state", state, sizeof(state));
	port->state = port_state_from_string(state);
	port->parent_host = find_parent_host(entry->path);
	port->is_vport = port->parent_host != HOST_NONE;
	port->is_capable = faccessat(entry->dir, "vport_create", F_OK, 0) == 0;
	port->max_vports = read_u32_or_zero(entry->dir, "max_npiv_vports");
	port->vports_inuse = read_u32_or_zero(entry->dir, "npiv_vports_inuse");
	find_pci_address(entry->path, port->pci_address, sizeof(port->pci_address));
	find_driver(scan, port);
	port->is_target = target_mode_has(scan->sysfs, port->host, port->wwpn);
	read_or_empty(entry->dir, "port_type", port->port_type, sizeof(port->port_type));
	read_or_empty(entry->dir, "speed", port->speed, sizeof(port->speed));
	read_or_empty(entry->dir, "symbolic_name", port->symbolic_name,
		      sizeof(port->symbolic_name));
	scan->inventory->n_ports++;
	return 0;
}

/* The host below a vport's device; HOST_NONE while the driver has not made it. */
static uint32_t find_child_host(const struct entry *entry)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(entry->dir, "device");
	struct dirent *item;

	while (dir && (item = readdir(dir))) {
		uint32_t host;

		if (sscanf(item->d_name, "host%" SCNu32, &host) == 1)
			return host;
	}
	return HOST_NONE;
}

static int read_vport(struct scan *scan, const struct entry *entry)
{
	struct fc_vport *vport;
	uint32_t parent_host;
	char state[32];

	if (sscanf(entry->name, "vport-%" SCNu32 ":", &parent_host) != 1 ||
	    strlen(entry->name) >= sizeof(vport->sysname))
		return 0;
	vport = array_grow(&scan->inventory->vports, scan->inventory->n_vports, sizeof(*vport));
	if (!vport)
		return -ENOMEM;

	(void)snprintf(vport->sysname, sizeof(vport->sysname), "%s", entry->name);
	vport->parent_host = parent_host;
	vport->host = find_child_host(entry);
	vport->wwpn = read_hex_or(entry->dir, "port_name", WWN_UNSET);
	vport->wwnn = read_hex_or(entry->dir, "node_name", WWN_UNSET);
	read_or_empty(entry->dir, "vport_state", state, sizeof(state));
	vport->state = vport_state_from_string(state);
	read_or_empty(entry->dir, "vport_last_state", state, sizeof(state));
	vport->last_state = vport_state_from_string(state);
	read_or_empty(entry->dir, "symbolic_name", vport->symbolic_name,
		      sizeof(vport->symbolic_name));
	scan->inventory->n_vports++;
	return 0;
}

static bool host_is_wanted(const struct scan *scan, uint32_t host)
{
	return scan->all_hosts || host == scan->only_host;
}

static int read_rport(struct scan *scan, const struct entry *entry)
{
	struct fc_rport *rport;
	char text[128];
	uint32_t host;

	if (sscanf(entry->name, "rport-%" SCNu32 ":", &host) != 1 ||
	    strlen(entry->name) >= sizeof(rport->sysname) || !host_is_wanted(scan, host))
		return 0;
	if (read_hex_or(entry->dir, "port_id", 0) >= FC_RESERVED_ID)
		return 0;
	rport = array_grow(&scan->inventory->rports, scan->inventory->n_rports, sizeof(*rport));
	if (!rport)
		return -ENOMEM;

	(void)snprintf(rport->sysname, sizeof(rport->sysname), "%s", entry->name);
	rport->host = host;
	rport->wwpn = read_hex_or(entry->dir, "port_name", WWN_UNSET);
	rport->wwnn = read_hex_or(entry->dir, "node_name", WWN_UNSET);
	read_or_empty(entry->dir, "port_state", text, sizeof(text));
	rport->state = port_state_from_string(text);
	read_or_empty(entry->dir, "roles", text, sizeof(text));
	rport->is_target = strstr(text, "FCP Target") != NULL;
	scan->inventory->n_rports++;
	return 0;
}

static int read_lun(struct scan *scan, const struct entry *entry)
{
	struct fc_lun *lun;
	int r;

	lun = array_grow(&scan->inventory->luns, scan->inventory->n_luns, sizeof(*lun));
	if (!lun)
		return -ENOMEM;
	r = lun_address_parse(entry->name, lun);
	if (r < 0 || !host_is_wanted(scan, lun->host))
		return 0;
	r = lun_read(scan->sysfs, entry->dir, entry->path, lun);
	if (r < 0)
		return r;
	if (r > 0)
		scan->inventory->n_luns++;
	return 0;
}

static int run(struct scan *scan)
{
	static const struct {
		const char *class;
		read_entry_fn read;
		bool is_below_a_host;
	} classes[] = {
		{ "class/fc_host", read_port, false },
		{ "class/fc_vports", read_vport, false },
		{ "class/fc_remote_ports", read_rport, true },
		{ "class/scsi_device", read_lun, true },
	};
	int r;

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		if (classes[i].is_below_a_host && !scan->all_hosts &&
		    scan->only_host == HOST_NONE)
			continue;
		r = for_each_entry(scan, classes[i].class, classes[i].read);
		if (r < 0)
			return r;
	}

	inventory_sort(scan->inventory);
	return 0;
}

static int scan_with(const char *sysfs, bool all_hosts, uint32_t only_host,
		     struct inventory *ret_inventory)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_close_ int fd = -EBADF;
	struct scan scan = {
		.all_hosts = all_hosts,
		.only_host = only_host,
		.inventory = &inventory,
	};
	int r;

	assert(sysfs);
	assert(ret_inventory);

	fd = sysfs_open_dir(AT_FDCWD, sysfs);
	if (fd < 0)
		return fd;
	scan.sysfs = fd;
	r = run(&scan);
	if (r < 0)
		return r;

	*ret_inventory = inventory;
	inventory = (struct inventory){ 0 };
	return 0;
}

int scan_inventory(const char *sysfs, struct inventory *ret_inventory)
{
	return scan_with(sysfs, true, HOST_NONE, ret_inventory);
}

int scan_host(const char *sysfs, uint32_t host, struct inventory *ret_inventory)
{
	return scan_with(sysfs, false, host, ret_inventory);
}

int scan_ports(const char *sysfs, struct inventory *ret_inventory)
{
	return scan_with(sysfs, false, HOST_NONE, ret_inventory);
}
