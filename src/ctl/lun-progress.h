/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the LUNs of a vHBA have come, for those who only look. */
#pragma once

#include "diagnose/readiness.h"
#include "ctl/sources.h"

/* Looks at every LUN of a view (inventory_of_host()). state NULL: nobody names them, so a disk that
 * does I/O is all there can be. Below another root links are judged by where they point to, since udev
 * knows nothing of it. *ret_progress is the caller's to free. -ENOMEM, or why the claims of the names
 * could not be read. */
int ctl_lun_readiness_read(const struct ctl_sources *sources,
			   const struct inventory *view, const struct vhba_state *state,
			   enum lun_readiness **ret_progress) _must_check_;
