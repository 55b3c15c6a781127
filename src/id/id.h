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

/* Writes what udev is to know of a disk or a map, or of a partition of it; nothing if it is no
 * vHBA's, and then it gives up what names it had. NPIV_KEEP=1 alone: what udev knows already still holds.
 * NPIV_KEEP_NAMES=no with it: but for the names, which are these. */
int id_disk(const struct lookup *lookup, struct device *disk, FILE *out) _must_check_;
int id_map(const struct lookup *lookup, const struct device *map, FILE *out) _must_check_;

/* Claims the names for a disk or map, which is this logical unit, and says which are granted. A partition only
 * looks: its disk or map claims them. If the claim fails, the verdict is what is saved of this device as this
 * logical unit. */
void id_settle_names(const struct lookup *lookup, const struct device *device,
		     const struct claim_unit *unit, struct name_list *names);

/* Logs, once for each, names that this claim has made nobody's. */
void id_log_disputes(const struct lookup *lookup, const struct name_list *names);

/* Nothing can be learned of the device now but, where identity is not NULL, which logical unit it is. Has the
 * rules take what udev knows of it, where everything that it has claimed is its own, as that unit. Returns 1, 0
 * where it does not, or -errno. */
int id_keep_names(const struct lookup *lookup, const struct device *device,
		  const char *identity, FILE *out) _must_check_;

/* The device is no vHBA's, or not any longer. */
int id_give_up_names(const struct lookup *lookup,
		     const struct device *device) _must_check_;
