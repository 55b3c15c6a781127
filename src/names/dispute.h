/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints the claimants of a name that not every claimant gets. */
#pragma once

#include "names/claim.h"
#include "names/naming.h"

struct name_conflict {
	char link[NPIV_LINK_MAX]; /* the part after /dev/npiv/ */
	struct claim claim; /* its claimants and its pin */
};

struct conflict_list {
	struct name_conflict *conflicts; /* in order of links */
	size_t n;
};

/* Writes the claimants of a name by logical unit: "naa.1 (sda, sdb), naa.2 (sdc)"; and the pinned unit, if no
 * claimant is it: "naa.3 (gone, but the name still means it)". If two logical units have the same identity, also
 * writes how they differ: "naa.1, ACME Disk, serial number 7, 10G (sda)". */
void dispute_print_claimants(const struct claim *claim, FILE *out);

/* Writes the name and its claimants: "web01/0 is claimed by naa.1 (sda), naa.2 (sdb)". */
void dispute_print(const struct name_conflict *conflict, FILE *out);

void conflict_list_done(struct conflict_list *list);
