/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long systemd gives the units, and the programs themselves. */
#pragma once

#include "config/config.h"

/* How long systemd gives a start or reload of a vHBA, by the generator's TimeoutStartSec=, and any stop, by
 * TimeoutStopSec= of npiv-teardown@.service. */
uint64_t unit_start_timeout_usec(const struct vhba_config *vhba);
uint64_t unit_stop_timeout_usec(void);

/* The same of npiv-rescan@.service. */
uint64_t unit_rescan_timeout_usec(void);

/* How long the program gives itself if systemd gives it that long: less by a margin in which it can say what
 * it waited for. */
uint64_t unit_run_usec(uint64_t timeout_usec);
