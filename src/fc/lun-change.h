/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds out how a LUN that the kernel knows has changed, and from the answer to an INQUIRY whether it is still
 * mapped. */
#pragma once

#include "fc/inventory.h"
#include "lib/util.h"

enum lun_presence {
	PRESENCE_UNKNOWN, /* the answer does not show it: the path is down, the array is busy */
	PRESENCE_MAPPED,
	PRESENCE_UNMAPPED,
};

/* Judges the answer to a standard INQUIRY: SCSI status, data and sense data as far as they were received (SPC-4
 * 6.6.2: the peripheral qualifier; 4.5: sense data). A LUN is unmapped only if the target reports so. */
enum lun_presence inquiry_presence(uint8_t status, const uint8_t *data, size_t n_data,
				   const uint8_t *sense, size_t n_sense);

enum lun_change {
	LUN_SAME, /* also if nothing is certain */
	LUN_UNMAPPED,
	LUN_REMAPPED, /* another logical unit answers at its number */
	LUN_RESIZED,
};

/* Compares a LUN as the kernel knew it with what the kernel knows after a rescan; after is NULL if the device is
 * gone. was is its earlier identity, identity_format(). */
enum lun_change lun_change_judge(const struct fc_lun *before, const char *was,
				 enum lun_presence presence, const struct fc_lun *after);

/* Writes "LUN 3 (naa.…) is no longer mapped" or a similar text; nothing for LUN_SAME. */
void lun_change_print(enum lun_change change, const struct fc_lun *before,
		      const char *was, const struct fc_lun *after, FILE *out);
