/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logical units behind a virtio-scsi controller, asked by SCSI commands of the guest's own. */
#pragma once

/* Tells vendor, product and unit serial number of each. The BIOS loses its disks there: it is the last
 * thing to do. */
void scsi_tell(void);
