/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a LUN is mapped, by what comes back for an INQUIRY. */
#pragma once

#include "lib/util.h"

enum lun_presence {
	PRESENCE_UNKNOWN, /* no answer that says either: the path is down, the array is busy */
	PRESENCE_MAPPED,
	PRESENCE_UNMAPPED,
};

/* Judges the answer to a standard INQUIRY: SCSI status, data and sense data as far as they came
 * (SPC-4 6.6.2: the peripheral qualifier; 4.5: sense data). A LUN counts as unmapped only where the
 * target says so. */
enum lun_presence inquiry_presence(uint8_t status, const uint8_t *data, size_t n_data,
				   const uint8_t *sense, size_t n_sense);
