/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one block device from sysfs: a disk behind a remote port, a multipath map, or a partition. */
#pragma once

#include "fc/devpath.h"
#include "fc/identity.h"
#include "fc/inventory.h"

enum device_kind {
	DEVICE_DISK,
	DEVICE_MAP, /* a multipath map */
};

struct device {
	enum device_kind kind;
	char name[DEVICE_NAME_SIZE]; /* kernel name of the whole disk or map */
	unsigned partition; /* number of the partition; 0 for the whole device */
	uint64_t sequence; /* diskseq of the whole device; 0 if the kernel has none (< 5.15) */
	/* For disks only: */
	char vport[VPORT_NAME_SIZE]; /* the vport above the disk; "" below a physical port */
	uint64_t wwpn; /* of the local port, physical or virtual, that sees it */
	struct fc_lun lun; /* address, size, access state, and the parts of the identity */
	char identity[IDENTITY_SIZE], traits[TRAITS_SIZE];
};

/* Names of block devices. */
struct device_list {
	char (*names)[DEVICE_NAME_SIZE];
	size_t n;
};

/* Reads a block device by its kernel name. Opens no device and waits for nothing. sysfs is an open folder. Returns
 * 1; 0 if the device is neither a disk behind a remote port nor a multipath map; or -errno: -ENOENT or -ENODEV if
 * it is gone. */
int device_read(int sysfs, const char *name, struct device *ret_device) _must_check_;

/* Reads the WWPN of a port: of a vport from its parent; with "" of the physical port of that host. If the switch
 * assigns an HBA's port another WWPN (FA-WWPN), drivers show the WWPN of the physical port on the vport's own host,
 * too. Returns 0 or -errno. */
int device_port_wwpn(int sysfs, const char *vport, uint32_t host,
		     uint64_t *ret_wwpn) _must_check_;

/* Whether a disk does I/O: false while its remote port is away, when the disk is being deleted, or if it is
 * gone. */
bool device_is_running(int sysfs, const char *disk);

/* Reads the present sequence number of a block device: 0 if the kernel has none. Returns 0 or -errno: -ENOENT if
 * the device is gone. */
int device_sequence(int sysfs, const char *name, uint64_t *ret_sequence) _must_check_;

/* Lists the disks below a map, in order of names. Empty the list with device_list_done(). */
int device_slaves(int sysfs, const char *name, struct device_list *ret_list) _must_check_;

/* Makes the kernel send a change event for a disk or map, so that its names are evaluated again, and then for each
 * of its partitions, including those made by kpartx. With only_partitions, not for the device itself. Skips devices
 * that are gone. Needs write access to sysfs. */
int device_trigger(int sysfs, const char *name, bool only_partitions) _must_check_;

void device_list_done(struct device_list *list);
