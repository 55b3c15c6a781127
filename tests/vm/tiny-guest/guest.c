// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A guest that boots in a moment even where an emulated machine emulates it. It tells on the serial port
 * which disks it has and what the host has written there, writes to each, and powers off:
 *
 *   booted from drive 80
 *   drive 80: 32768 sectors of 512 bytes, host says 'web01 0', wrote 'guest has read: web01 0'
 *   scsi lun 0: vendor LIO-ORG, product web0, serial 5d...
 *   power off
 *
 * Where the host's text on its first disk begins with "stay", it stays, counts seconds on that disk, and
 * ends by its power button, as an operating system does.
 */
#include "console.h"
#include "drive.h"
#include "machine.h"
#include "scsi.h"

#define ANSWER "guest has read: "
#define SECOND 18 /* ticks */

static char sector[CD_SECTOR_SIZE];

static void append(char **p, const char *text)
{
	while (*text && *p < sector + TEXT_SIZE - 1)
		*(*p)++ = *text++;
}

/* What is to be written: a text, and NULs up to the sector's end. */
static void compose(const char *first, const char *second)
{
	char *p = sector;

	append(&p, first);
	append(&p, second);
	while (p < sector + sizeof(sector))
		*p++ = '\0';
}

static void tell_drive(const struct drive *drive)
{
	console_text("drive ");
	console_hex(drive->number);
	console_text(": ");
	console_decimal(drive->sectors);
	console_text(" sectors of ");
	console_decimal(drive->sector_size);
	console_text(" bytes");
}

/* Reads the host's text, ret_text, and answers on the same drive. */
static void use_drive(const struct drive *drive, char ret_text[static TEXT_SIZE])
{
	tell_drive(drive);
	if (!drive_read(drive, HOST_TEXT, sector)) {
		console_text(", cannot be read\n");
		return;
	}
	for (unsigned i = 0; i < TEXT_SIZE - 1; i++)
		ret_text[i] = sector[i];
	console_text(", host says '");
	console_field(ret_text, TEXT_SIZE);
	compose(ANSWER, ret_text);
	if (drive_write(drive, GUEST_TEXT, sector)) {
		console_text("', wrote '");
		console_field(sector, TEXT_SIZE);
		console_text("'\n");
	} else {
		console_text("', cannot be written\n");
	}
}

static bool wants_to_stay(const char *text)
{
	static const char word[] = "stay";

	for (unsigned i = 0; word[i]; i++)
		if (text[i] != word[i])
			return false;
	return true;
}

static void tick(const struct drive *drive, const char *what, uint32_t n)
{
	char digits[] = "00000000";

	for (unsigned i = sizeof(digits) - 1; i > 0; n /= 10)
		digits[--i] = (char)('0' + n % 10);
	compose(what, digits);
	console_text(drive_write(drive, TICK_TEXT, sector) ? "" : "cannot write ");
	console_field(sector, TEXT_SIZE);
	console_text("\n");
}

/* Writes down each second until the power button is pressed, and that. */
static void stay(const struct drive *drive)
{
	uint32_t began = clock_ticks(), n = 0;

	power_listen();
	while (!power_is_pressed()) {
		clock_sleep();
		if (clock_ticks() - began >= SECOND * n)
			tick(drive, "second ", n++);
	}
	tick(drive, "power button after second ", n - 1);
}

/* boot.S passes it in a register. */
__attribute__((regparm(1))) void guest_main(uint8_t boot_drive);

__attribute__((regparm(1))) void guest_main(uint8_t boot_drive)
{
	static char texts[2][TEXT_SIZE]; /* of the first drive, and of another */
	bool is_cd = boot_drive >= DRIVE_CD;
	uint8_t first = is_cd ? boot_drive : DRIVE_DISK;
	uint8_t n = is_cd ? 1 : drive_count();
	struct drive drive;

	texts[0][0] = '\0';
	console_init();
	console_text("booted from drive ");
	console_hex(boot_drive);
	console_text("\n");
	for (uint8_t i = 0; i < n; i++)
		if (drive_open((uint8_t)(first + i), &drive))
			use_drive(&drive, texts[i > 0]);
	if (wants_to_stay(texts[0]) && drive_open(first, &drive))
		stay(&drive);
	scsi_tell();
	console_text("power off\n");
	power_off();
}
