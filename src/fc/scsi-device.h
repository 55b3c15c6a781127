/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking disks away with nothing lost: what is cached goes to the array first. Every function here
 * can block as long as the array does: call them in a worker (lib/worker.h). */
#pragma once

#include "fc/inventory.h"
#include "fc/lun-change.h"

/* Writes back what the kernel caches of a block device and of a file system that is mounted on it, and has
 * the disk write back its own cache.
 * A device that is gone is fine. */
int block_flush(const char *name) _must_check_;

/* Whether a flush that returned this, or whose worker did (lib/worker.h), never got as far as an answer of the device.
 * Another flush can still save what is cached then. After an error of the device itself there is nothing left to save:
 * the kernel drops what it could not write. */
bool block_flush_has_no_answer(int result);

/* Removes a SCSI device that hangs below this vport ("": below a physical port): sd sends SYNCHRONIZE CACHE while
 * the path is still there. Already gone is success, and so is one of the same numbers below another vport: the
 * kernel gives the number of a host that went to the next one that comes. sysfs is an open folder. */
int scsi_device_delete(int sysfs, const struct fc_lun *lun,
		       const char *vport) _must_check_;

/* Has the kernel ask a SCSI device again what it is: identity (VPD pages) and size. A new size has udev
 * told; a new identity only changes the attributes. sysfs is an open folder. */
int scsi_device_rescan(int sysfs, const struct fc_lun *lun) _must_check_;

/* Has the host look for LUNs on all its remote ports, and returns when it is done. */
int scsi_host_scan(int sysfs, uint32_t host) _must_check_;

/* Sends a standard INQUIRY to a block device by its kernel name. Needs no right but to read it. Returns 0
 * (*ret_presence may be PRESENCE_UNKNOWN), or -errno if it cannot be opened or is no SCSI disk. Waits
 * as long as the path is blocked: call it in a worker (lib/worker.h). */
int scsi_inquiry(const char *disk, enum lun_presence *ret_presence) _must_check_;
