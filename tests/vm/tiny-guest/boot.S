/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tiny guest's first sector: loads the rest and enters it. */
#include "layout.h"

	.code16
	.section .boot, "ax"
	.globl	_start
_start:	/* A BIOS enters at 0:7c00 from a disk, at 7c0:0 from a CD (El Torito 1.0, section 3.2). */
	ljmp	$0, $1f
1:	xorl	%eax, %eax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	$LOAD_ADDRESS, %esp
	movzbl	%dl, %ebx
	cld
	sti
	cmpb	$DRIVE_CD, %dl		/* of a CD all is loaded already */
	jae	2f
	movw	$rest, %si
	movb	$0x42, %ah
	int	$0x13
	jc	3f
2:	movl	%ebx, %eax
	calll	guest_main
3:	hlt				/* cannot read on: whoever waits for a word sees none */
	jmp	3b

	.balign	4
rest:	/* the disk address packet of INT 13h, function 42h */
	.byte	16, 0
	.word	IMAGE_SECTORS - 1
	.word	LOAD_ADDRESS + SECTOR_SIZE, 0
	.quad	1

	.org	SECTOR_SIZE - 2
	.byte	0x55, 0xaa
