/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One block device as sysfs shows it: a disk behind a remote port, a multipath map, or a partition. */
#pragma once

#include "fc/devpath.h"
#include "fc/identity.h"
#include "fc/inventory.h"

enum device_kind {
	DEVICE_DISK,
	DEVICE_MAP, /* device-mapper, made by multipath */
};

struct device {
	enum device_kind kind;
	char name[DEVICE_NAME_SIZE]; /* kernel name of the whole disk or map */
	unsigned partition; /* which of it this is; 0: the whole */
	uint64_t sequence; /* diskseq of the whole; 0 if the kernel has none (< 5.15) */
	/* Of a disk alone: */
	char vport[VPORT_NAME_SIZE]; /* that it hangs below; "": below a physical port */
	uint64_t wwpn; /* of the local port, physical or virtual, that sees it */
	struct fc_lun
		lun; /* its address, size and access state, and what identity is made of */
	char identity[IDENTITY_SIZE], traits[TRAITS_SIZE];
};

/* Names of block devices. */
struct device_list {
	char (*names)[DEVICE_NAME_SIZE];
	size_t n;
};

/* Looks at a block device by its kernel name. sysfs is an open folder. Opens no device and waits for
 * nothing. Returns 1; 0 if it is of neither kind; or -errno: -ENOENT, -ENODEV where it is gone. */
int device_read(int sysfs, const char *name, struct device *ret_device) _must_check_;

/* The WWPN of a port by its place in sysfs: of a vport as its parent sees it, "" of the physical port of that
 * host. If the switch gives an HBA's port another name (FA-WWPN), drivers show the name of the physical port
 * as that of a vport's own host, too. Returns 0 or -errno. */
int device_port_wwpn(int sysfs, const char *vport, uint32_t host,
		     uint64_t *ret_wwpn) _must_check_;

/* Whether a disk does I/O: not while its remote port is away, or once it is being deleted. False if it
 * is gone. */
bool device_is_running(int sysfs, const char *disk);

/* Which sequence number a block device has now: 0 if the kernel gives none. -ENOENT: gone. */
int device_sequence(int sysfs, const char *name, uint64_t *ret_sequence) _must_check_;

/* The disks below a map, in order of names. Empty it with device_list_done(). */
int device_slaves(int sysfs, const char *name, struct device_list *ret_list) _must_check_;

/* Has the kernel send a change event for a disk or map, so that its names are looked at again, and
 * then for each of its partitions, kpartx's too. only_partitions leaves out the device itself. What
 * is gone is left out. Needs the right to write to sysfs. */
int device_trigger(int sysfs, const char *name, bool only_partitions) _must_check_;

void device_list_done(struct device_list *list);
