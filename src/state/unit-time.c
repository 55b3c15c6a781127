// SPDX-License-Identifier: LGPL-2.1-or-later
/* The time that systemd gives the units, and that the programs give themselves. */
#include "state/state.h"
#include "state/unit-time.h"

/* Time that a run needs after its last wait: to report missing LUNs, and to notify systemd. */
#define MARGIN_USEC (15 * USEC_PER_SEC)

/* Time for what follows the wait for users: flushing disks, and a vport_delete, in which drivers wait for 30 s and
 * more and cannot be interrupted (lpfc waits three times R_A_TOV). */
#define DELETE_USEC (90 * USEC_PER_SEC)

/* An array that does not answer delays each of a dozen commands. */
#define RESCAN_USEC (75 * USEC_PER_SEC)

uint64_t unit_start_timeout_usec(const struct vhba_config *vhba)
{
	return vhba->timeout_usec + MARGIN_USEC;
}

uint64_t unit_stop_timeout_usec(void)
{
	return VHBA_STOP_WAIT_USEC + DELETE_USEC;
}

uint64_t unit_rescan_timeout_usec(void)
{
	return RESCAN_USEC;
}

uint64_t unit_run_usec(uint64_t timeout_usec)
{
	return timeout_usec > MARGIN_USEC ? timeout_usec - MARGIN_USEC : 0;
}
