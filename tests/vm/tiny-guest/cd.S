/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What makes the same image a CD that boots: El Torito's volume descriptor and catalog. */
#include "layout.h"

	.section .cd, "a"
	/* The boot record volume descriptor, in sector 17 (El Torito 1.0, figure 7). */
descriptor:
	.byte	0
	.ascii	"CD001\1EL TORITO SPECIFICATION"
	.org	0x47
	.long	CD_DESCRIPTOR + 1
	.org	CD_SECTOR_SIZE

	/* The validation entry; its 16-bit words add up to 0. */
catalog:
	.byte	1, 0, 0, 0
	.org	catalog - descriptor + 0x1c
	.word	0x55aa, 0xaa55
	/* The initial entry: bootable, no emulation, from the image's begin. */
	.byte	0x88, 0
	.word	0
	.byte	0, 0
	.word	IMAGE_SECTORS
	.long	0
	.org	2 * CD_SECTOR_SIZE
