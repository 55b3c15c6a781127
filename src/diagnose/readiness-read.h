/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The readiness of LUNs as udev's database, the links below /dev/npiv and sysfs show it. A start and
 * the programs that show LUNs judge by this alone. */
#pragma once

#include <libudev.h>

#include "diagnose/readiness.h"
#include "state/state.h"

/* Where to look. */
struct readiness_source {
	struct udev *udev; /* NULL below another root, of which udev knows nothing */
	const char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
};

/* Looks at every LUN of the inventory. state NULL: nothing names them, so a disk that does I/O is all there can be.
 * *ret_readiness has one entry for each LUN and is the caller's to free. udev is done with a disk when its database
 * has it as this vHBA's, and the links that it is to have lead to it: by target to itself, by number to itself, to
 * the multipath map over it, or to another path to the same logical unit; where that path is in standby, none does
 * I/O. Without udev the links alone are judged, and names are in dispute by their claims. -ENOMEM, or why the claims
 * could not be read. */
int readiness_read(const struct readiness_source *source,
		   const struct inventory *inventory, const struct vhba_state *state,
		   enum lun_readiness **ret_readiness) _must_check_;
