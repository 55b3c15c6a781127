/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One logical unit as its scsi_device shows it. */
#pragma once

#include "fc/inventory.h"

/* Reads "H:C:T:L" into the address fields and the LUN number. -EINVAL for anything else. */
int lun_address_parse(const char *text, struct fc_lun *lun) _must_check_;

/* Fills the rest of *lun, whose address is set, from the folder of its class entry
 * (class/scsi_device/H:C:T:L); path is where that entry's link points to. sysfs and dir are open
 * folders. Texts come from the array: what does not fit its field is left out, and every byte that is not
 * printable ASCII becomes '?', or \xNN in the WWID and the serial number. Returns 1, 0 if it hangs
 * below no remote port, or -errno where it is gone. */
int lun_read(int sysfs, int dir, const char *path, struct fc_lun *lun) _must_check_;

/* The same, of what tells logical units and their paths apart alone (fc/identity.h, names/claim.h): the target's
 * WWPN, WWID, vendor, model and serial number, disk and size, and the access state. udev waits for this with each
 * event. */
int lun_read_identity(int sysfs, int dir, const char *path,
		      struct fc_lun *lun) _must_check_;

/* Reads a wwid attribute as lun_read() does, escaped (fc/array-text.h). -EMSGSIZE where it does not
 * fit. After an error buf is empty. */
int lun_read_wwid(int at, const char *path, char *buf, size_t size);
