/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The readiness of LUNs: how far each LUN number of a port has come, and whether the wanted ones are usable. */
#pragma once

#include "fc/inventory.h"
#include "fc/lun.h"
#include "diagnose/stage.h"

/* How far the kernel and udev have processed a LUN's disk. */
enum lun_readiness {
	LUN_NO_DISK, /* the kernel has made no block device for it (yet) */
	LUN_STALLED, /* its disk does no I/O now: blocked, offline */
	LUN_NO_MULTIPATHD, /* it needs a multipath map, but multipathd does not run */
	LUN_UNCLAIMED, /* it needs a multipath map, but multipath has not claimed its disk */
	LUN_NO_MAP, /* multipath has claimed its disk, but there is no map */
	LUN_AMBIGUOUS, /* another logical unit claims its name */
	LUN_IN_UDEV, /* udev has not finished the disk, or has not made the links */
	LUN_HALF_LINKED, /* its name by number leads to it, its name by target does not (yet) */
	LUN_WITHHELD, /* another unit has the same number; its alias by WWID leads to it */
	LUN_USABLE, /* its links lead to it */
};

/* One LUN number; several paths can lead to it. */
struct lun_number {
	uint64_t lun;
	enum lun_readiness best, worst; /* of its paths */
	unsigned n_usable_paths;
	bool is_ambiguous; /* several units claim the number, and not each of them has an alias by WWID */
	const struct fc_lun *a,
		*b; /* two paths; b, another logical unit, is NULL if there is none */
};

struct lun_numbers {
	struct lun_number *entries; /* in order of numbers */
	size_t n_entries;
};

struct lun_summary {
	enum npiv_stage stage;
	unsigned n_usable; /* LUN numbers with at least one usable path */
	unsigned n_usable_paths; /* paths to these LUNs */
	unsigned n_leading; /* LUN numbers whose name by number, or alias in its place, leads to the disk */
	unsigned n_seen; /* LUN numbers of all disks that exist */
	unsigned n_wanted; /* wanted LUN numbers; 0: any */
	char detail[NPIV_DETAIL_MAX];
};

/* Whether the LUN lacks its multipath map. */
bool lun_waits_for_map(enum lun_readiness readiness);

/* Whether this LUN becomes a disk: it has one of the SCSI peripheral device types 0x00, 0x07, 0x0e and 0x14, which
 * the kernel's sd driver takes (sd_probe()), and is not withheld from all drivers. */
bool lun_is_disk(const struct fc_lun *lun);

/* Writes the LUNs of a host (of the numbers in luns, if not NULL) that the kernel gives to no driver: "LUN 31 (IBM
 * Universal Xport)". Returns their number. */
unsigned lun_print_undriven(const struct inventory *inventory, uint32_t host,
			    const struct lun_set *luns, FILE *out);

/* Counts the disks of one host. readiness has one entry for each LUN of the inventory. The numbers point into the
 * inventory; empty them with lun_numbers_done(). Returns 0 or -ENOMEM. */
int lun_numbers_count(const struct inventory *inventory,
		      const enum lun_readiness *readiness, uint32_t host,
		      struct lun_numbers *ret_numbers) _must_check_;

/* Judges the numbers: all of luns (empty: not given) must be usable, and at least min_luns (0: not given); with
 * neither, one LUN, and no LUN may be unfinished. A number with several paths is usable with its first usable path.
 * Several units with one number are an error, unless the number is not in luns, or each unit is usable by its own
 * alias. */
void lun_numbers_summarize(const struct lun_numbers *numbers, const struct lun_set *luns,
			   unsigned min_luns, struct lun_summary *ret_summary);

void lun_numbers_done(struct lun_numbers *numbers);
