// SPDX-License-Identifier: LGPL-2.1-or-later
/* INT 13h with its extensions (Phoenix, Enhanced Disk Drive Specification 3.0). */
#include "drive.h"

#define BIOS_DISKS     0x475
#define READ	       0x42
#define WRITE	       0x43
#define GET_PARAMETERS 0x48

struct packet {
	uint8_t size, reserved;
	uint16_t count;
	uint16_t offset, segment;
	uint64_t lba;
};

struct parameters {
	uint16_t size, flags;
	uint32_t cylinders, heads, track_sectors;
	uint64_t sectors;
	uint16_t sector_size;
} __attribute__((packed));

static bool call(uint8_t function, uint8_t drive, const void *argument)
{
	uint32_t ax = (uint32_t)function << 8;
	uint8_t failed;

	__asm__ volatile("int $0x13; setc %1"
			 : "+a"(ax), "=qm"(failed)
			 : "d"((uint32_t)drive), "S"(argument)
			 : "memory", "cc");
	return !failed;
}

uint8_t drive_count(void)
{
	volatile uint8_t *count;

	__asm__("movl %1, %0" : "=r"(count) : "i"(BIOS_DISKS));
	return *count;
}

bool drive_open(uint8_t number, struct drive *ret_drive)
{
	struct parameters parameters = { .size = 26 };

	if (!call(GET_PARAMETERS, number, &parameters) || parameters.sector_size == 0)
		return false;
	*ret_drive = (struct drive){
		.number = number,
		.sectors = (uint32_t)parameters.sectors,
		.sector_size = parameters.sector_size,
	};
	return true;
}

static bool transfer(const struct drive *drive, uint8_t function, uint32_t offset,
		     const void *sector)
{
	const struct packet packet = {
		.size = sizeof(packet),
		.count = 1,
		.offset = (uint16_t)(uintptr_t)sector,
		.lba = offset / drive->sector_size,
	};

	return call(function, drive->number, &packet);
}

bool drive_read(const struct drive *drive, uint32_t offset, void *sector)
{
	return transfer(drive, READ, offset, sector);
}

bool drive_write(const struct drive *drive, uint32_t offset, const void *sector)
{
	return transfer(drive, WRITE, offset, sector);
}
