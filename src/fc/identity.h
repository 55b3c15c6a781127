/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Identifies the logical unit of a disk, whatever path leads to it. */
#pragma once

#include "fc/inventory.h"

#define IDENTITY_SIZE 384U
#define TRAITS_SIZE   384U

/* Writes the identity of a logical unit: its WWID ("naa.…", "eui.…", "t10.…"); without one, its unit serial number
 * with vendor and model; without both, its place (target port and LUN number), which no two target ports share.
 * Equal texts mean the same logical unit. The text is one line without control characters. Returns buf. */
char *identity_format(const struct fc_lun *lun, char buf[static IDENTITY_SIZE]);

/* Whether the WWID alone is the identity. */
bool identity_has_wwid(const struct fc_lun *lun);

/* Writes the traits of a logical unit, which distinguish it from another that reports the same identity: vendor,
 * model and serial number, separated by tabs. "" if none is known. The text is one line. Returns buf. */
char *identity_traits(const struct fc_lun *lun, char buf[static TRAITS_SIZE]);

/* Whether two such texts can be traits of one logical unit; a part that one of them lacks is ignored. */
bool traits_fit(const char *a, const char *b);

/* Whether two paths with this identity can lead to the same logical unit, by their traits. If the identity is
 * unique worldwide (NAA, EUI-64), serial numbers are not compared: SPC allows the target's serial number in the
 * unit serial number page, and arrays with two controllers, or two arrays that mirror a LUN under one name, report
 * a different one for each. */
bool identity_paths_fit(const char *identity, const char *a, const char *b);

/* Whether an identity is only a place. */
bool identity_is_place(const char *identity);

/* Whether an identity is by serial number, exactly as these traits give it without a WWID, and other is an identity
 * by WWID. */
bool identity_is_of_serial(const char *identity, const char *other, const char *traits);

/* What is known of a disk. More can become known: its VPD pages may be unreadable when it is found, and readable
 * later. */
struct known_unit {
	const char *identity, *traits;
};

/* Whether *is, which knows no less than *was, can describe the disk that *was described: the identity is equal, or
 * was only the place and is more now, or was the serial number that the unit still has. Only for one disk that has
 * been present all the time. */
bool identity_became(const struct known_unit *was, const struct known_unit *is);
