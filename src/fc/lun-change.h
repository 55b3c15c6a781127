/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became of a LUN that the kernel knew already. */
#pragma once

#include "fc/inquiry.h"
#include "fc/inventory.h"

enum lun_change {
	LUN_SAME, /* also where nothing is known for certain */
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
