// SPDX-License-Identifier: LGPL-2.1-or-later
/* What kinds of logical unit there are. */
#include "fc/scsi-type.h"
#include "lib/util.h"

const char *scsi_type_to_string(unsigned type)
{
	static const char *const names[] = {
		[0x00] = "disk",       [0x01] = "tape",	 [0x03] = "processor",
		[0x04] = "worm",       [0x05] = "rom",	 [0x07] = "optical",
		[0x08] = "changer",    [0x0c] = "array", [0x0d] = "enclosure",
		[0x0e] = "disk",       [0x11] = "osd",	 [0x14] = "zoned",
		[0x1e] = "well-known",
	};

	return type < ARRAY_SIZE(names) && names[type] ? names[type] : "other";
}
