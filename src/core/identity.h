/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which logical unit a disk is, whatever path leads to it. */
#pragma once

#include "core/inventory.h"

#define IDENTITY_SIZE 384U

/* Writes the identity of a logical unit: its WWID ("naa.…", "eui.…", "t10.…"); without one its unit
 * serial number with vendor and model; without that either nothing is known but the place, which no
 * two ports have in common. Equal texts are the same logical unit. One line, no control characters.
 * Returns buf. */
char *identity_format(const struct fc_lun *lun, char buf[static IDENTITY_SIZE]);

/* Whether the WWID alone is the identity. */
bool identity_has_wwid(const struct fc_lun *lun);
