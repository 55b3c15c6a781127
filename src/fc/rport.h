/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Timeouts of remote ports. */
#pragma once

#include "fc/inventory.h"

#define TMO_UNSET (-1)
#define TMO_OFF	  (-2) /* fast_io_fail_tmo = off */
#define TMO_INFINITY \
	INT32_MAX /* dev_loss_tmo = infinity: 68 years, the value that multipath writes too */

/* Sets dev_loss_tmo and fast_io_fail_tmo of a remote port (seconds, TMO_UNSET, or TMO_OFF), if they differ. Returns
 * -EBUSY if the port is blocked: try again later; -EINVAL if the kernel does not accept these values. sysfs is an
 * open folder. */
int rport_set_timeouts(int sysfs, const struct fc_rport *rport, int dev_loss_tmo,
		       int fast_io_fail_tmo) _must_check_;
