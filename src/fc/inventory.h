/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host's Fibre Channel looks like at one moment: a model that fc/scan.c fills from sysfs and
 * that everything pure (choice of a parent, diagnosis, tables) reads. */
#pragma once

#include "lib/util.h"

/* FC_PORTSTATE_*, as sysfs prints them (scsi_transport_fc.c, fc_port_state_names). */
enum port_state {
	PORT_UNKNOWN,
	PORT_NOT_PRESENT,
	PORT_ONLINE,
	PORT_OFFLINE,
	PORT_BLOCKED,
	PORT_BYPASSED,
	PORT_DIAGNOSTICS,
	PORT_LINKDOWN,
	PORT_ERROR,
	PORT_LOOPBACK,
	PORT_DELETED,
	PORT_MARGINAL,
	_PORT_STATE_MAX,
};

/* FC_VPORT_*, as sysfs prints them (fc_vport_state_names). */
enum vport_state {
	VPORT_UNKNOWN,
	VPORT_ACTIVE,
	VPORT_DISABLED,
	VPORT_LINKDOWN,
	VPORT_INITIALIZING,
	VPORT_NO_FABRIC_SUPPORT,
	VPORT_NO_FABRIC_RESOURCES,
	VPORT_FABRIC_LOGOUT,
	VPORT_FABRIC_REJECTED_WWN,
	VPORT_FAILED,
	_VPORT_STATE_MAX,
};

/* sysfs text to state; what nobody knows is PORT_UNKNOWN and VPORT_UNKNOWN. The names are
 * sysfs's own. */
enum port_state port_state_from_string(const char *text);
const char *port_state_to_string(enum port_state state);
enum vport_state vport_state_from_string(const char *text);
const char *vport_state_to_string(enum vport_state state);

#define HOST_NONE UINT32_MAX

/* A port: one fc_host, physical or virtual. */
struct fc_port {
	uint32_t host; /* N of hostN */
	uint64_t wwpn, wwnn; /* WWN_UNSET while the driver has not set them */
	uint64_t fabric_wwn; /* 0 if it knows none: unset, or the port's own node name */
	enum port_state state;
	bool is_vport; /* lives below another fc_host */
	uint32_t parent_host; /* of a vport's; else HOST_NONE */
	bool is_capable; /* has vport_create */
	bool is_target; /* in target mode: never a parent by itself */
	uint32_t max_vports, vports_inuse;
	char pci_address[16]; /* "0000:04:00.1" of the nearest PCI device above; "" without */
	char driver[32]; /* scsi_host's proc_name or the PCI driver: "qla2xxx", "lpfc", "fcoe" */
	char port_type[64];
	char speed[32];
	char symbolic_name[256];
};

/* A vport as its parent sees it: one fc_vport. */
struct fc_vport {
	char sysname[32]; /* "vport-7:0-1" */
	uint32_t parent_host;
	uint32_t host; /* its own fc_host; HOST_NONE if there is none (yet) */
	uint64_t wwpn, wwnn;
	enum vport_state state, last_state;
	char symbolic_name[64];
};

/* A remote port: one fc_remote_port. */
struct fc_rport {
	char sysname[32]; /* "rport-8:0-1" */
	uint32_t host; /* of the local port that sees it */
	uint64_t wwpn, wwnn;
	enum port_state state;
	bool is_target; /* roles has FCP Target */
	bool is_nvme; /* roles has NVMe Target: a target of another protocol than SCSI */
	bool is_scanned; /* it has a SCSI target id: the kernel looks for LUNs behind it while it is a target */
};

/* A logical unit behind one remote port: one scsi_device. */
struct fc_lun {
	uint32_t host, channel, target;
	uint64_t kernel_lun; /* the L of H:C:T:L */
	uint64_t lun; /* the storage admin's: lun_number() */
	uint64_t target_wwpn; /* of the remote port; 0 if unknown */
	unsigned type; /* SCSI peripheral device type; 0 is a disk */
	char state[24]; /* "running", "blocked", "offline", … */
	char access[24]; /* ALUA: "active/optimized", …; "" if the array reports none */
	char vendor[9], model[17], revision[5];
	char wwid[256]; /* the kernel's: "naa.6001405…"; "" if it has none */
	char serial[256]; /* VPD page 0x80; "" if it has none */
	char disk[32]; /* "sdc"; "" if there is no block device */
	bool is_undriven; /* there is none, and will be none: the kernel gives it to no driver */
	uint64_t size; /* bytes; 0 without a disk */
};

struct inventory {
	struct fc_port *ports; /* each list in order of numbers */
	size_t n_ports;
	struct fc_vport *vports;
	size_t n_vports;
	struct fc_rport *rports;
	size_t n_rports;
	struct fc_lun *luns;
	size_t n_luns;
};

/* Whether a path does no I/O while others to the same logical unit do: by what the array says of it (ALUA,
 * sdev_show_access_state() in scsi_sysfs.c). One that changes from one state to the other counts as it was. */
bool lun_is_idle(const struct fc_lun *lun);

/* NULL if there is none. By WWPN a vport's own fc_host is found too. */
const struct fc_port *inventory_port_by_host(const struct inventory *inventory,
					     uint32_t host);
const struct fc_port *inventory_port_by_wwpn(const struct inventory *inventory,
					     uint64_t wwpn);
const struct fc_vport *inventory_vport_by_wwpn(const struct inventory *inventory,
					       uint64_t wwpn);

/* The vport of a WWPN below one parent. Several HBAs can have a vport of the same WWPN, one HBA cannot. */
const struct fc_vport *inventory_vport_below(const struct inventory *inventory,
					     uint64_t wwpn, uint32_t parent_host);

/* A remote port of this WWPN that is Online; NULL if no port of this host sees one. */
const struct fc_rport *inventory_rport_online(const struct inventory *inventory,
					      uint64_t wwpn);

/* What one host sees: the same ports and vports, but remote ports and LUNs of this host alone.
 * Borrowed from an inventory that is sorted, so never to be emptied. */
struct inventory inventory_of_host(const struct inventory *inventory, uint32_t host);

/* The device at the place of another one, of an earlier look; NULL if there is none now. */
const struct fc_lun *inventory_lun_at(const struct inventory *inventory,
				      const struct fc_lun *place);

/* Puts each list in the order of its numbers: ports and vports by host, remote ports by host and
 * WWPN, LUNs by host, LUN number and target. */
void inventory_sort(struct inventory *inventory);

/* The order that inventory_sort() makes, of two items of each list, for qsort(3) and for whoever walks
 * through two sorted lists side by side. */
int inventory_compare_ports(const void *a, const void *b);
int inventory_compare_vports(const void *a, const void *b);
int inventory_compare_rports(const void *a, const void *b);
int inventory_compare_luns(const void *a, const void *b);

void inventory_done(struct inventory *inventory);
