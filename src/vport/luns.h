/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* LUNs that come, go and change under a vHBA that is up. */
#pragma once

#include "fc/inventory.h"
#include "vport/task.h"

/* Has the kernel look for LUNs, for a bounded time, at most until deadline. It does so by itself only
 * for a remote port that comes. A failure is logged; what is there is looked at anyway. */
void vport_scan(struct task *task, uint32_t host, uint64_t deadline);

/* Asks every LUN of a host anew: takes away those that are no longer mapped, makes those anew that are
 * another logical unit now, both unless somebody uses them, has the kernel learn new sizes, and then
 * looks for LUNs. Says each in the journal; names_follow: names are about to mean what is mapped now.
 * Returns 0 or -errno. */
int vport_refresh(struct task *task, uint32_t host, bool names_follow) _must_check_;

/* Sets dev_loss_tmo and fast_io_fail_tmo (seconds, TMO_UNSET or TMO_OFF) of a host's remote ports, where they are
 * others now. Values that the kernel does not take are logged, and *is_refused remembers that: a caller that looks
 * again and again has them logged once. What fails otherwise is left as it is. */
void vport_set_timeouts(const struct task *task, const struct inventory *inventory,
			uint32_t host, int dev_loss_tmo, int fast_io_fail_tmo,
			bool *is_refused);
