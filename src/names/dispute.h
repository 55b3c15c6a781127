/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who claims a name that not every claimant gets, in words. */
#pragma once

#include "names/claim.h"
#include "names/naming.h"

struct name_conflict {
	char link[NPIV_LINK_MAX]; /* what follows /dev/npiv/ */
	struct claim claim; /* who claims it, and what it is pinned to */
};

struct conflict_list {
	struct name_conflict *conflicts; /* in order of links */
	size_t n;
};

/* Writes who claims a name, by logical unit: "naa.1 (sda, sdb), naa.2 (sdc)"; and the one that it is
 * pinned to, where that is none of them: "naa.3 (gone, but the name still means it)". Of two logical units of
 * one identity it writes what tells them apart, too: "naa.1, ACME Disk, serial number 7, 10G (sda)". */
void dispute_print_claimants(const struct claim *claim, FILE *out);

/* The same with the name: "web01/0 is claimed by naa.1 (sda), naa.2 (sdb)". */
void dispute_print(const struct name_conflict *conflict, FILE *out);

void conflict_list_done(struct conflict_list *list);
