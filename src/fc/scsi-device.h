/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Flushes, removes, rescans and finds SCSI devices. Removal loses no data: caches are written to the array first.
 * Every function here can block as long as the array does: call them in a worker (lib/worker.h). */
#pragma once

#include "fc/inventory.h"
#include "fc/lun-change.h"

/* Writes back the kernel's cache of a block device and of a file system that is mounted on it, and makes the disk
 * write back its own cache. A device that is gone is success. */
int block_flush(const char *name) _must_check_;

/* Whether a flush with this result, or whose worker had it (lib/worker.h), ended without an answer of the device.
 * Another flush can then still save the cached data. After an error of the device itself nothing is left to save: the
 * kernel drops what it could not write. */
bool block_flush_has_no_answer(int result);

/* Removes a SCSI device below this vport ("": below a physical port): sd sends SYNCHRONIZE CACHE while the path
 * still exists. A device that is gone is success, and so is one with the same address below another vport: the
 * kernel reuses the numbers of removed hosts. sysfs is an open folder. */
int scsi_device_delete(int sysfs, const struct fc_lun *lun,
		       const char *vport) _must_check_;

/* Makes the kernel read identity (VPD pages) and size of a SCSI device again. A new size causes an event of udev; a
 * new identity only changes the attributes. sysfs is an open folder. */
int scsi_device_rescan(int sysfs, const struct fc_lun *lun) _must_check_;

/* Makes the host scan all its remote ports for LUNs, and returns when the scan is done. */
int scsi_host_scan(int sysfs, uint32_t host) _must_check_;

/* Sends a standard INQUIRY to a block device, by its kernel name. Needs only read access. Returns 0 (*ret_presence
 * may be PRESENCE_UNKNOWN), or -errno if the device cannot be opened or is no SCSI disk. Waits as long as the path
 * is blocked: call it in a worker (lib/worker.h). */
int scsi_inquiry(const char *disk, enum lun_presence *ret_presence) _must_check_;
