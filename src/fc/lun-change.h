/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became of a LUN that the kernel knew already, and whether it is mapped, by what comes back for an INQUIRY. */
#pragma once

#include "fc/inventory.h"
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

enum lun_change {
	LUN_SAME, /* also if nothing is known for certain */
	LUN_UNMAPPED,
	LUN_REMAPPED, /* another logical unit answers under its number */
	LUN_RESIZED,
};

/* Compares a LUN as the kernel knew it with what it knows since it has asked again; after is NULL
 * where the device went away meanwhile. was: the logical unit that it was taken for, identity_format(). */
enum lun_change lun_change_judge(const struct fc_lun *before, const char *was,
				 enum lun_presence presence, const struct fc_lun *after);

/* Writes "LUN 3 (naa.…) is no longer mapped", and the like; nothing for LUN_SAME. */
void lun_change_print(enum lun_change change, const struct fc_lun *before,
		      const char *was, const struct fc_lun *after, FILE *out);
