/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks and CDs, as the BIOS has them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

struct drive {
	uint8_t number;
	uint32_t sectors;
	uint16_t sector_size;
};

/* How many disks the BIOS has found. */
uint8_t drive_count(void);
bool drive_open(uint8_t number, struct drive *ret_drive);

/* One sector at this many bytes from the begin. */
bool drive_read(const struct drive *drive, uint32_t offset, void *sector);
bool drive_write(const struct drive *drive, uint32_t offset, const void *sector);
