/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the position of a disk from its path in sysfs. */
#pragma once

#include "lib/util.h"

#define DEVICE_NAME_SIZE \
	32U /* of the kernel name of a block device, with its NUL: DISK_NAME_LEN */

#define VPORT_NAME_SIZE \
	32U /* of the name of a vport in sysfs, "vport-7:0-0", with its NUL */

struct devpath {
	char vport[VPORT_NAME_SIZE]; /* "vport-7:0-0"; "" below a physical port */
	char address[64]; /* "8:0:1:0", the SCSI device */
	char disk[DEVICE_NAME_SIZE]; /* "sdc" */
	char partition[DEVICE_NAME_SIZE]; /* "sdc1"; "" for the whole disk */
};

/* Reads "…/host7/vport-7:0-0/host8/rport-8:0-1/target8:0:1/8:0:1:0/block/sdc[/sdc1]", the path of a block device
 * behind a remote port of Fibre Channel (scsi_transport_fc.c makes the rport-, scsi_sysfs.c the rest). Returns
 * -ENOENT for any other path: the device is not behind a remote port. */
int devpath_parse(const char *path, struct devpath *ret_devpath) _must_check_;

/* Finds the vport above a device, by the path of the device in sysfs: the component before the last host
 * ("…/host7/vport-7:0-0/host8/…", scsi_transport_fc.c, fc_vport_setup()). Writes "" if the device is below a
 * physical port. */
void devpath_vport(const char *path, char ret_vport[static VPORT_NAME_SIZE]);
