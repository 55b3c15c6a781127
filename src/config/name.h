/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of vHBAs, pools and aliases, and their links in /dev/npiv. */
#pragma once

#include "lib/limits.h"
#include "lib/util.h"

/* Directory of all links. */
#define NPIV_DEV_DIR "/dev/npiv"

/* Whether this is a name for a vHBA or a pool: [A-Za-z0-9][A-Za-z0-9_.-]*, at most NPIV_NAME_MAX bytes. It can be a
 * file name, an instance of a unit and a part of a link unchanged: no '/', no "..", no escapes. */
bool name_is_valid(const char *name);

/* Returns why name_is_valid() refuses this name; NULL if it does not. */
const char *name_fault(const char *name);

/* Returns why a text cannot be an alias, or NULL. An alias is in the same folder as LUN numbers, partitions and
 * by-target. So besides being a valid name, it must not be only digits (a LUN number), end in "-part" and digits (a
 * partition), or be "by-target". */
const char *alias_fault(const char *alias);

/* Returns why a text cannot be the name of a guest, or NULL. It is the name of a domain of libvirt: without '/' and
 * control characters, not beginning with '-', and of at most NPIV_GUEST_MAX bytes. It is only compared and printed,
 * and never a part of a path or a unit. */
const char *guest_name_fault(const char *name);

/* Whether two WWIDs are equal, each in the form of the kernel's wwid attribute (naa.600…, eui.…, t10.…) or of
 * scsi_id and multipath (3600…, 2…, 1…). Both forms of one logical unit are equal: white space of a t10 name equals
 * '_', and a run of it one; the case of hex digits is ignored. A WWID that is empty or only blanks equals none. */
bool wwid_equal(const char *a, const char *b);

/* Size of one link name, relative to NPIV_DEV_DIR, with its NUL. */
#define NPIV_LINK_MAX        \
	(2 * NPIV_NAME_MAX + \
	 sizeof("/by-target/0x0123456789abcdef-lun-18446744073709551615"))

/* Write "POOL/LUN", "POOL/ALIAS" and "POOL/by-target/0xWWPN-lun-LUN", the part after /dev/npiv/. lun is a number as
 * lun_number() returns it. Return buf. */
char *link_by_lun(const char *pool, uint64_t lun, char buf[static NPIV_LINK_MAX]);
char *link_by_alias(const char *pool, const char *alias, char buf[static NPIV_LINK_MAX]);
char *link_by_target(const char *pool, uint64_t target, uint64_t lun,
		     char buf[static NPIV_LINK_MAX]);
