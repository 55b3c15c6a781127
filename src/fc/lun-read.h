/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one logical unit from its scsi_device. */
#pragma once

#include "fc/inventory.h"

/* Reads "H:C:T:L" into the address fields and the LUN number. Returns -EINVAL for any other text. */
int lun_address_parse(const char *text, struct fc_lun *lun) _must_check_;

/* Fills the rest of *lun, whose address is set, from the folder of its class entry (class/scsi_device/H:C:T:L);
 * path is the target of that entry's link. sysfs and dir are open folders. The array sends the texts: a text that
 * does not fit its field is left out, and every byte that is not printable ASCII becomes '?', or \xNN in the WWID
 * and the serial number. Returns 1, 0 if the unit is not below a remote port, or -errno if it is gone. */
int lun_read(int sysfs, int dir, const char *path, struct fc_lun *lun) _must_check_;

/* Reads only what distinguishes logical units and their paths (fc/identity.h, names/claim.h): the target's WWPN,
 * WWID, vendor, model and serial number, disk and size, and the access state. udev waits for this at each event. */
int lun_read_identity(int sysfs, int dir, const char *path,
		      struct fc_lun *lun) _must_check_;

/* Reads a wwid attribute as lun_read() does, escaped (fc/array-text.h). Returns -EMSGSIZE if it does not fit. After
 * an error buf is empty. */
int lun_read_wwid(int at, const char *path, char *buf, size_t size);
