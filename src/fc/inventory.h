/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Fibre Channel objects of a host at one moment. fc/scan.c fills the inventory from sysfs; the choice of a
 * parent, the diagnosis and the tables read it. */
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

/* Convert between states and the text in sysfs. An unknown text is PORT_UNKNOWN or VPORT_UNKNOWN. */
enum port_state port_state_from_string(const char *text);
const char *port_state_to_string(enum port_state state);
enum vport_state vport_state_from_string(const char *text);
const char *vport_state_to_string(enum vport_state state);

#define HOST_NONE UINT32_MAX

/* A port: one fc_host, physical or virtual. */
struct fc_port {
	uint32_t host; /* N of hostN */
	uint64_t wwpn, wwnn; /* WWN_UNSET while the driver has not set them */
	uint64_t fabric_wwn; /* 0 if not known: unset, or equal to the port's own node name */
	enum port_state state;
	bool is_vport; /* is below another fc_host */
	uint32_t parent_host; /* with is_vport; else HOST_NONE */
	bool is_capable; /* has vport_create */
	bool is_target; /* in target mode: a parent only if a key names it */
	uint32_t max_vports, vports_inuse;
	char pci_address[16]; /* "0000:04:00.1", the nearest PCI device above; "" if none */
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
	bool is_target; /* its roles include FCP Target */
	bool is_nvme; /* its roles include NVMe Target: a target of another protocol than SCSI */
	bool is_scanned; /* it has a SCSI target id: the kernel looks for LUNs behind it while it is a target */
};

/* A logical unit behind one remote port: one scsi_device. */
struct fc_lun {
	uint32_t host, channel, target;
	uint64_t kernel_lun; /* the L of H:C:T:L */
	uint64_t lun; /* the storage admin's number: lun_number() */
	uint64_t target_wwpn; /* of the remote port; 0 if not known */
	unsigned type; /* SCSI peripheral device type; 0 is a disk */
	char state[24]; /* "running", "blocked", "offline", … */
	char access[24]; /* ALUA: "active/optimized", …; "" if the array reports none */
	char vendor[9], model[17], revision[5];
	char wwid[256]; /* as the kernel shows it: "naa.6001405…"; "" if it has none */
	char serial[256]; /* VPD page 0x80; "" if it has none */
	char disk[32]; /* "sdc"; "" if there is no block device */
	bool is_undriven; /* there is no disk and will be none: the kernel gives the LUN to no driver */
	uint64_t size; /* in bytes; 0 without a disk */
};

struct inventory {
	struct fc_port *ports; /* all lists are sorted: inventory_sort() */
	size_t n_ports;
	struct fc_vport *vports;
	size_t n_vports;
	struct fc_rport *rports;
	size_t n_rports;
	struct fc_lun *luns;
	size_t n_luns;
};

/* Whether a path does no I/O while others to the same logical unit do, by the state that the array reports (ALUA,
 * sdev_show_access_state() in scsi_sysfs.c). A path in transition between states is not idle. */
bool lun_is_idle(const struct fc_lun *lun);

/* Return NULL if there is none. A search by WWPN also finds a vport's own fc_host. */
const struct fc_port *inventory_port_by_host(const struct inventory *inventory,
					     uint32_t host);
const struct fc_port *inventory_port_by_wwpn(const struct inventory *inventory,
					     uint64_t wwpn);
const struct fc_vport *inventory_vport_by_wwpn(const struct inventory *inventory,
					       uint64_t wwpn);

/* Finds the vport of a WWPN below one parent. Several HBAs can have a vport of the same WWPN, one HBA cannot. */
const struct fc_vport *inventory_vport_below(const struct inventory *inventory,
					     uint64_t wwpn, uint32_t parent_host);

/* Finds a remote port of this WWPN that is Online; NULL if no port of this host sees one. */
const struct fc_rport *inventory_rport_online(const struct inventory *inventory,
					      uint64_t wwpn);

/* Returns a view of a sorted inventory with all ports and vports, but only the remote ports and LUNs of this host.
 * The view borrows its items: never call inventory_done() for it. */
struct inventory inventory_of_host(const struct inventory *inventory, uint32_t host);

/* Finds the device with the same address as place, which is from an earlier scan; NULL if there is none now. */
const struct fc_lun *inventory_lun_at(const struct inventory *inventory,
				      const struct fc_lun *place);

/* Sorts each list: ports and vports by host, remote ports by host and WWPN, LUNs by host, LUN number and target. */
void inventory_sort(struct inventory *inventory);

/* Compare two items of a list in the order of inventory_sort(), for qsort(3) and for walking two sorted lists in
 * parallel. */
int inventory_compare_ports(const void *a, const void *b);
int inventory_compare_vports(const void *a, const void *b);
int inventory_compare_rports(const void *a, const void *b);
int inventory_compare_luns(const void *a, const void *b);

void inventory_done(struct inventory *inventory);
