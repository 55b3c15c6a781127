/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* LUNs that come, go and change under a vHBA that is up. */
#pragma once

#include "fc/inventory.h"
#include "vport/task.h"

/* Makes the kernel scan for LUNs until deadline at most. By itself it does so only for a new remote port. A
 * failure is logged; existing LUNs are looked at anyway. */
void vport_scan(struct task *task, uint32_t host, uint64_t deadline);

/* Checks every LUN of a host: removes LUNs that are no longer mapped, replaces LUNs that are now another logical
 * unit (neither while the LUN is in use), makes the kernel read new sizes, and then scans for LUNs. Logs each
 * change. names_follow: names are about to mean what is mapped now. Returns 0 or -errno. */
int vport_refresh(struct task *task, uint32_t host, bool names_follow) _must_check_;

/* Sets dev_loss_tmo and fast_io_fail_tmo (seconds, TMO_UNSET or TMO_OFF) of a host's remote ports, if they differ.
 * Values that the kernel refuses are logged once: *is_refused remembers that between calls. Other failures are
 * ignored. */
void vport_set_timeouts(const struct task *task, const struct inventory *inventory,
			uint32_t host, int dev_loss_tmo, int fast_io_fail_tmo,
			bool *is_refused);
