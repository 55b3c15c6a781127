/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far udev has come with the disks of a vHBA: what diagnose/diagnose.h wants to know of each LUN. */
#pragma once

#include <libudev.h>

#include "diagnose/readiness.h"
#include "state/state.h"

/* Looks at every LUN of the inventory. *ret_readiness has one entry for each and is the caller's to
 * free. udev is done with a disk when its database has it as this vHBA's, and the links that it is
 * to have lead to it: by target to itself, by number to itself, to the multipath map over it, or to
 * another path to the same logical unit; where that path is in standby, none does I/O. -ENOMEM. sysfs is an open folder. */
int readiness_read(struct udev *udev, int sysfs, const struct inventory *inventory,
		   const struct vhba_state *state,
		   enum lun_readiness **ret_readiness) _must_check_;
