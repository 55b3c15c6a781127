/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which logical unit a disk is, whatever path leads to it. */
#pragma once

#include "fc/inventory.h"

#define IDENTITY_SIZE 384U
#define TRAITS_SIZE   384U

/* Writes the identity of a logical unit: its WWID ("naa.…", "eui.…", "t10.…"); without one its unit
 * serial number with vendor and model; without that either nothing is known but the place, which no
 * two ports have in common. Equal texts are the same logical unit. One line, no control characters.
 * Returns buf. */
char *identity_format(const struct fc_lun *lun, char buf[static IDENTITY_SIZE]);

/* Whether the WWID alone is the identity. */
bool identity_has_wwid(const struct fc_lun *lun);

/* Writes what else tells one logical unit from another that says it is the same: vendor, model and serial
 * number with tabs between them. "" if nothing of it is known. One line. Returns buf. */
char *identity_traits(const struct fc_lun *lun, char buf[static TRAITS_SIZE]);

/* Whether two such texts can be of one logical unit: what one of them does not know says nothing. */
bool traits_fit(const char *a, const char *b);

/* Whether two paths that both say they lead to this logical unit can do so. With a name that is unique worldwide
 * (NAA, EUI-64) the serial number does not count: SPC lets the unit serial number page have that of the target, and
 * arrays with two controllers, or two arrays that mirror a LUN under one name, give each its own. */
bool identity_paths_fit(const char *identity, const char *a, const char *b);

/* Whether an identity is nothing but a place. */
bool identity_is_place(const char *identity);

/* Whether an identity is no other than what these traits make if there is no WWID, and the other is one by
 * WWID. */
bool identity_is_of_serial(const char *identity, const char *other, const char *traits);

/* What is known of a disk of which more was not known at first: its VPD pages could not be read when it was
 * found, and could later. */
struct known_unit {
	const char *identity, *traits;
};

/* Whether a disk that was known as one is the other, of which no less is known: it says the same, or it had
 * nothing but its place to say and now says more, or its serial number, which still is the same. Only of one disk, which has been
 * there all the time. */
bool identity_became(const struct known_unit *was, const struct known_unit *is);
