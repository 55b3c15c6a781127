/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The readiness of LUNs according to udev's database, the links below /dev/npiv and sysfs. A start, and the
 * programs that show LUNs, judge by this alone. */
#pragma once

#include <libudev.h>

#include "diagnose/readiness.h"
#include "state/state.h"

/* Where readiness is read from. */
struct readiness_source {
	struct udev *udev; /* NULL below another root, which udev does not know */
	const char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
};

/* Reads the readiness of every LUN of the inventory. *ret_readiness has one entry for each LUN; the caller frees
 * it. Without a state no LUN has names, so a disk that does I/O is usable.
 *
 * udev has finished a disk when its database assigns the disk to this vHBA, and the links lead to it: the link by
 * target to the disk itself or to another path to the same logical unit; the link by number also to the multipath
 * map over it. If the path that the link by number leads to is in standby, no path does I/O. Without udev only the
 * links are judged, and names are ambiguous if the registry of names has a conflict. Returns 0, -ENOMEM, or the
 * error of reading the claims. */
int readiness_read(const struct readiness_source *source,
		   const struct inventory *inventory, const struct vhba_state *state,
		   enum lun_readiness **ret_readiness) _must_check_;
