/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks a disk itself whether it is still mapped. */
#pragma once

#include "fc/inquiry.h"

/* Sends a standard INQUIRY to a block device by its kernel name. Needs no right but to read it. Returns 0
 * (*ret_presence may be PRESENCE_UNKNOWN), or -errno where it cannot be opened or is no SCSI disk. Waits
 * as long as the path is blocked: call it in a worker (lib/worker.h). */
int scsi_inquiry(const char *disk, enum lun_presence *ret_presence) _must_check_;
