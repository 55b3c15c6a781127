// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fills the inventory from sysfs, in one pass over each class. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>

#include "fc/wwn.h"
#include "lib/fd.h"
#include "fc/lun-read.h"
#include "fc/port-read.h"
#include "fc/scan.h"
#include "fc/sysfs.h"

/* Addresses from here on belong to services of the fabric (name server, domain controllers; FC-FS-3 table 32),
 * which some drivers show as remote ports. */
#define FC_RESERVED_ID UINT64_C(0xfffc00)
#define FC_MAX_ID      UINT64_C(0xffffff)

enum reach {
	REACH_ALL, /* every host */
	REACH_PORTS, /* ports and vports of every host, and nothing else */
	REACH_NAMES, /* as REACH_PORTS, but only the names of vports that have another WWPN */
	REACH_NAMES_AND_LUNS, /* as REACH_NAMES, and what the chosen host sees */
	REACH_HOST, /* one host, and the parent and vport above it */
};

struct scan {
	int sysfs;
	enum reach reach;
	uint64_t wwpn; /* for REACH_NAMES… */
	uint32_t host; /* for REACH_HOST, and the chosen host; HOST_NONE for none */
	scan_choose_fn choose; /* for REACH_NAMES_AND_LUNS */
	void *context;
	char way[PATH_MAX]; /* for REACH_HOST: target of the host's link */
	struct target_list targets;
	struct inventory *inventory;
};

/* One entry of a class: its name, its open folder, and the target of its link. */
struct entry {
	const char *name;
	int dir;
	char path[PATH_MAX];
};

/* One class. Only the name is read of entries that is_wanted() refuses: a host can have thousands. */
struct class
{
	const char *folder;
	bool (*is_wanted)(const struct scan *scan, const char *name);
	int (*read)(struct scan *scan, const struct entry *entry);
};

/* Whether an error concerns more than this one device, which disappeared meanwhile or shows a malformed value: the
 * other devices are still read. */
static bool is_fatal(int r)
{
	return r == -ENOMEM || r == -EMFILE || r == -ENFILE;
}

static int read_link(int at, const char *path, char target[static PATH_MAX])
{
	ssize_t n = readlinkat(at, path, target, PATH_MAX - 1);

	if (n < 0)
		return -errno;
	target[n] = '\0';
	return 0;
}

static int read_entry(struct scan *scan, const struct class *class, int folder,
		      const char *name)
{
	struct entry entry = { .name = name };
	_cleanup_close_ int dir = -EBADF;
	int r;

	r = read_link(folder, name, entry.path);
	if (r < 0)
		return r;
	dir = sysfs_open_dir(folder, name);
	if (dir < 0)
		return dir;

	entry.dir = dir;
	return class->read(scan, &entry);
}

/* A class that does not exist has no entries. */
static int read_class(struct scan *scan, const struct class *class)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(scan->sysfs, class->folder);
	struct dirent *item;
	int r;

	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while ((item = readdir(dir))) {
		if (item->d_name[0] == '.' || !class->is_wanted(scan, item->d_name))
			continue;
		r = read_entry(scan, class, dirfd(dir), item->d_name);
		if (is_fatal(r))
			return r;
	}
	return 0;
}

/* Whether more than the names of a virtual port is read. */
static bool is_in_full(const struct scan *scan, uint64_t wwpn)
{
	return (scan->reach != REACH_NAMES && scan->reach != REACH_NAMES_AND_LUNS) ||
	       wwpn == scan->wwpn;
}

static int read_port(struct scan *scan, const struct entry *entry)
{
	const struct port_source source = {
		.sysfs = scan->sysfs,
		.targets = &scan->targets,
		.dir = entry->dir,
		.path = entry->path,
	};
	struct fc_port *port;
	uint32_t host;

	if (sscanf(entry->name, "host%" SCNu32, &host) != 1)
		return 0;
	port = array_grow(&scan->inventory->ports, scan->inventory->n_ports,
			  sizeof(*port));
	if (!port)
		return -ENOMEM;
	port->host = host;
	port_read_names(&source, port);
	if (!port->is_vport || is_in_full(scan, port->wwpn))
		port_read_rest(&source, port);
	scan->inventory->n_ports++;
	return 0;
}

/* Returns the host below a vport's device; HOST_NONE while the driver has not made it. */
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

static void read_vport_rest(const struct entry *entry, struct fc_vport *vport)
{
	char state[32];

	vport->host = find_child_host(entry);
	vport->wwnn = attribute_hex(entry->dir, "node_name", WWN_UNSET);
	attribute_text(entry->dir, "vport_state", state, sizeof(state));
	vport->state = vport_state_from_string(state);
	attribute_text(entry->dir, "vport_last_state", state, sizeof(state));
	vport->last_state = vport_state_from_string(state);
	attribute_text(entry->dir, "symbolic_name", vport->symbolic_name,
		       sizeof(vport->symbolic_name));
}

static int read_vport(struct scan *scan, const struct entry *entry)
{
	struct fc_vport *vport;
	uint32_t parent_host;

	if (sscanf(entry->name, "vport-%" SCNu32 ":", &parent_host) != 1 ||
	    strlen(entry->name) >= sizeof(vport->sysname))
		return 0;
	vport = array_grow(&scan->inventory->vports, scan->inventory->n_vports,
			   sizeof(*vport));
	if (!vport)
		return -ENOMEM;

	(void)snprintf(vport->sysname, sizeof(vport->sysname), "%s", entry->name);
	vport->parent_host = parent_host;
	vport->host = HOST_NONE;
	vport->wwpn = attribute_hex(entry->dir, "port_name", WWN_UNSET);
	vport->wwnn = WWN_UNSET;
	if (is_in_full(scan, vport->wwpn))
		read_vport_rest(entry, vport);
	scan->inventory->n_vports++;
	return 0;
}

/* Whether to search for the WWPN among remote ports, because no host was chosen. */
static bool is_seeking(const struct scan *scan)
{
	return scan->reach == REACH_NAMES_AND_LUNS && scan->host == HOST_NONE &&
	       scan->wwpn != 0;
}

static bool host_is_wanted(const struct scan *scan, uint32_t host)
{
	return scan->reach == REACH_ALL || host == scan->host;
}

/* The path of a host contains its parent, its vport and itself: "…/host7/vport-7:0-0/host8/fc_host/host8". */
static bool port_is_wanted(const struct scan *scan, const char *name)
{
	char part[NAME_MAX + 3];

	(void)snprintf(part, sizeof(part), "/%s/", name);
	return scan->reach != REACH_HOST || strstr(scan->way, part);
}

static bool rport_is_wanted(const struct scan *scan, const char *name)
{
	uint32_t host;

	return sscanf(name, "rport-%" SCNu32 ":", &host) == 1 &&
	       (host_is_wanted(scan, host) || is_seeking(scan));
}

static bool lun_is_wanted(const struct scan *scan, const char *name)
{
	uint32_t host;

	return sscanf(name, "%" SCNu32 ":", &host) == 1 && host_is_wanted(scan, host);
}

/* A target port that is away for longer than dev_loss_tmo has the address -1 (fc_timeout_deleted_rport(),
 * scsi_transport_fc.c), which is not one of the fabric's services. */
static bool is_fabric_service(const struct entry *entry)
{
	uint64_t id = attribute_hex(entry->dir, "port_id", 0);

	return id >= FC_RESERVED_ID && id <= FC_MAX_ID;
}

/* Without the attribute each target counts as scanned. -1: the port was no target when it appeared, and the kernel
 * does not scan a known port that becomes a target only later (fc_remote_port_add(), scsi_transport_fc.c). */
static bool has_target_id(const struct entry *entry, bool is_target)
{
	char text[32];

	attribute_text(entry->dir, "scsi_target_id", text, sizeof(text));
	return *text ? !streq(text, "-1") : is_target;
}

static int read_rport(struct scan *scan, const struct entry *entry)
{
	struct fc_rport *rport;
	char text[128];
	uint64_t wwpn;
	uint32_t host;

	if (sscanf(entry->name, "rport-%" SCNu32 ":", &host) != 1 ||
	    strlen(entry->name) >= sizeof(rport->sysname))
		return 0;
	wwpn = attribute_hex(entry->dir, "port_name", WWN_UNSET);
	if (is_seeking(scan) && wwpn != scan->wwpn)
		return 0;
	if (is_fabric_service(entry))
		return 0;
	rport = array_grow(&scan->inventory->rports, scan->inventory->n_rports,
			   sizeof(*rport));
	if (!rport)
		return -ENOMEM;

	(void)snprintf(rport->sysname, sizeof(rport->sysname), "%s", entry->name);
	rport->host = host;
	rport->wwpn = wwpn;
	rport->wwnn = attribute_hex(entry->dir, "node_name", WWN_UNSET);
	attribute_text(entry->dir, "port_state", text, sizeof(text));
	rport->state = port_state_from_string(text);
	attribute_text(entry->dir, "roles", text, sizeof(text));
	rport->is_target = strstr(text, "FCP Target") != NULL;
	rport->is_nvme = strstr(text, "NVMe Target") != NULL;
	rport->is_scanned = has_target_id(entry, rport->is_target);
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
	if (r < 0)
		return 0;
	r = lun_read(scan->sysfs, entry->dir, entry->path, lun);
	if (r < 0)
		return r;
	if (r > 0)
		scan->inventory->n_luns++;
	return 0;
}

static int read_classes(struct scan *scan, const struct class *classes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int r = read_class(scan, &classes[i]);

		if (r < 0)
			return r;
	}
	return 0;
}

static int scan_run(struct scan *scan)
{
	static const struct class ports[] = {
		{ "class/fc_host", port_is_wanted, read_port },
		{ "class/fc_vports", port_is_wanted, read_vport },
	};
	static const struct class luns[] = {
		{ "class/fc_remote_ports", rport_is_wanted, read_rport },
		{ "class/scsi_device", lun_is_wanted, read_lun },
	};
	int r;

	r = read_classes(scan, ports, ARRAY_SIZE(ports));
	if (r >= 0 && scan->reach == REACH_NAMES_AND_LUNS) {
		inventory_sort(scan->inventory);
		scan->host = scan->choose(scan->inventory, scan->context);
	}
	if (r >= 0 && is_seeking(scan))
		r = read_class(scan, &luns[0]);
	else if (r >= 0 && (scan->reach == REACH_ALL || scan->host != HOST_NONE))
		r = read_classes(scan, luns, ARRAY_SIZE(luns));
	if (r >= 0)
		inventory_sort(scan->inventory);
	return r;
}

/* For a host that is gone, the way contains no port. */
static void find_way(struct scan *scan)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32, scan->host);
	if (read_link(scan->sysfs, path, scan->way) < 0)
		(void)snprintf(scan->way, sizeof(scan->way), "/");
}

/* how has the initial values of the scan. */
static int scan_with(const char *sysfs, const struct scan *how,
		     struct inventory *ret_inventory)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_close_ int fd = -EBADF;
	struct scan scan = *how;
	int r;

	assert(sysfs);
	assert(ret_inventory);

	fd = sysfs_open_dir(AT_FDCWD, sysfs);
	if (fd < 0)
		return fd;
	scan.sysfs = fd;
	scan.inventory = &inventory;
	if (scan.reach == REACH_HOST)
		find_way(&scan);
	r = target_list_read(fd, &scan.targets);
	if (r >= 0)
		r = scan_run(&scan);
	target_list_done(&scan.targets);
	if (r < 0)
		return r;

	*ret_inventory = inventory;
	inventory = (struct inventory){ 0 };
	return 0;
}

int scan_inventory(const char *sysfs, struct inventory *ret_inventory)
{
	const struct scan how = { .reach = REACH_ALL, .host = HOST_NONE };

	return scan_with(sysfs, &how, ret_inventory);
}

int scan_host(const char *sysfs, uint32_t host, struct inventory *ret_inventory)
{
	const struct scan how = { .reach = REACH_HOST, .host = host };

	return scan_with(sysfs, &how, ret_inventory);
}

int scan_ports(const char *sysfs, struct inventory *ret_inventory)
{
	const struct scan how = { .reach = REACH_PORTS, .host = HOST_NONE };

	return scan_with(sysfs, &how, ret_inventory);
}

int scan_names(const char *sysfs, uint64_t wwpn, struct inventory *ret_inventory)
{
	const struct scan how = { .reach = REACH_NAMES, .wwpn = wwpn, .host = HOST_NONE };

	return scan_with(sysfs, &how, ret_inventory);
}

int scan_names_and_luns(const char *sysfs, uint64_t wwpn, scan_choose_fn choose,
			void *context, struct inventory *ret_inventory)
{
	const struct scan how = {
		.reach = REACH_NAMES_AND_LUNS,
		.wwpn = wwpn,
		.host = HOST_NONE,
		.choose = choose,
		.context = context,
	};

	assert(choose);

	return scan_with(sysfs, &how, ret_inventory);
}
