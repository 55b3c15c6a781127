/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of npiv-id. */
#pragma once

#include "names/claim.h"
#include "names/naming.h"
#include "fc/device.h"

struct lookup {
	const char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
};

/* Write the properties of a disk or a map, or of a partition of it, for udev. If the device belongs to no vHBA,
 * they write nothing and drop its names. NPIV_KEEP=1 alone means that the properties in udev's database are still
 * valid; with NPIV_KEEP_NAMES=no, the names are replaced by those that follow. */
int id_disk(const struct lookup *lookup, struct device *disk, FILE *out) _must_check_;
int id_map(const struct lookup *lookup, const struct device *map, FILE *out) _must_check_;

/* Claims the names for a disk or map, which is this logical unit, and sets which names are granted. For a partition
 * it only reads: the disk or map claims them. If the claim fails, the names are granted that the store has for this
 * device as this logical unit. */
void id_settle_names(const struct lookup *lookup, const struct device *device,
		     const struct claim_unit *unit, struct name_list *names);

/* Logs each name that the device has newly claimed and is not granted. */
void id_log_disputes(const struct lookup *lookup, const struct name_list *names);

/* Handles a device of which nothing can be read now, except its identity if that is not NULL. If the device has all
 * names that it has claimed (with this identity, if given), writes NPIV_KEEP=1, so that the rules keep the
 * properties in udev's database. Returns 1, 0 if it does not have them, or -errno. */
int id_keep_names(const struct lookup *lookup, const struct device *device,
		  const char *identity, FILE *out) _must_check_;

/* Drops the names of a device that does not belong to a vHBA, or no longer does. */
int id_give_up_names(const struct lookup *lookup,
		     const struct device *device) _must_check_;
