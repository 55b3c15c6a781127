/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What kinds of logical unit there are. */
#pragma once

/* The word for a SCSI peripheral device type (SPC-6, table of PERIPHERAL DEVICE TYPE): "disk", "tape",
 * "enclosure", …; "other" for what has none here. Never NULL. */
const char *scsi_type_to_string(unsigned type);
