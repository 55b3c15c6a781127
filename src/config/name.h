/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of vHBAs, pools and aliases, and the /dev/npiv links made of them. */
#pragma once

#include "lib/limits.h"
#include "lib/util.h"

/* Directory of all links. */
#define NPIV_DEV_DIR "/dev/npiv"

/* A name of a vHBA or a pool: [A-Za-z0-9][A-Za-z0-9_.-]*, at most NPIV_NAME_MAX bytes. It can be a
 * file name, an instance of a unit and a part of a link as it is: no '/', no "..", no escapes. */
bool name_is_valid(const char *name);

/* The reason why name_is_valid() refuses this name; NULL if it does not. */
const char *name_fault(const char *name);

/* An alias is in one folder with LUN numbers, partitions and by-target. So besides what a
 * name must be, it is not all digits (it would be a LUN number), does not end in "-part" and
 * digits (a partition) and is not "by-target". NULL if it is fine, else the reason in words. */
const char *alias_fault(const char *alias);

/* A guest's name is another's: that of a domain of libvirt. It has no '/' and no control characters, does
 * not begin with '-', and has at most NPIV_GUEST_MAX bytes. It is only compared and printed, and never a
 * part of a path or a unit. NULL if it is fine, else the reason in words. */
const char *guest_name_fault(const char *name);

/* A WWID as an alias key may name it and as the kernel's wwid attribute prints it (naa.600…,
 * eui.…, t10.…), or as scsi_id and multipath print it (3600…, 2…, 1…). Both forms of one logical
 * unit compare equal: white space of a t10 name counts as '_', runs of it as one, hex digits in
 * either case. An empty one, or one of blanks alone, identifies nothing. */
bool wwid_equal(const char *a, const char *b);

/* Room for one link name, relative to NPIV_DEV_DIR, with its NUL. */
#define NPIV_LINK_MAX        \
	(2 * NPIV_NAME_MAX + \
	 sizeof("/by-target/0x0123456789abcdef-lun-18446744073709551615"))

/* "POOL/LUN", "POOL/ALIAS" and "POOL/by-target/0xWWPN-lun-LUN": what follows /dev/npiv/. lun is a
 * number as lun_number() gives it. They return buf. */
char *link_by_lun(const char *pool, uint64_t lun, char buf[static NPIV_LINK_MAX]);
char *link_by_alias(const char *pool, const char *alias, char buf[static NPIV_LINK_MAX]);
char *link_by_target(const char *pool, uint64_t target, uint64_t lun,
		     char buf[static NPIV_LINK_MAX]);
