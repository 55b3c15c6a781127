/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time that systemd gives the units, and that the programs give themselves. */
#pragma once

#include "config/config.h"

/* The time that systemd gives a start or reload of a vHBA, by the generator's TimeoutStartSec=, and any stop, by
 * TimeoutStopSec= of npiv-teardown@.service. */
uint64_t unit_start_timeout_usec(const struct vhba_config *vhba);
uint64_t unit_stop_timeout_usec(void);

/* The time that systemd gives npiv-rescan@.service. */
uint64_t unit_rescan_timeout_usec(void);

/* The time that the program gives itself if systemd gives it timeout_usec: less, so that it can still report what
 * it waited for. */
uint64_t unit_run_usec(uint64_t timeout_usec);
