/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where things are on the tiny guest's disk, and where in its memory. */
#ifndef LAYOUT_H
#define LAYOUT_H

#define SECTOR_SIZE    512
#define CD_SECTOR_SIZE 2048
#define DRIVE_DISK     0x80 /* the BIOS's number of the first disk */
#define DRIVE_CD       0xe0 /* and of the first CD (SeaBIOS) */

#define LOAD_ADDRESS  0x7c00
#define IMAGE_SECTORS 16 /* what is loaded of the image */
#define CD_DESCRIPTOR 17 /* in sectors of a CD, by the standard */

/* On each disk, in bytes from its begin: what the host has to say; what the guest answers; and what it
 * writes while it stays. */
#define HOST_TEXT  16384
#define GUEST_TEXT 20480
#define TICK_TEXT  24576
#define TEXT_SIZE  64

#endif
