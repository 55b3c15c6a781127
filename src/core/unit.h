/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of the drop-in that a vHBA's configuration becomes. */
#pragma once

#include "core/config.h"

/* How long systemd gives start and stop: as long as the programs give themselves, and a margin in
 * which they can say what they waited for. */
uint64_t unit_start_timeout_usec(const struct vhba_config *vhba);
uint64_t unit_stop_timeout_usec(const struct vhba_config *vhba);

/* Writes npiv-vport@NAME.service.d/50-npiv.conf. The paths and names in vhba have no control
 * characters: those would begin new directives. -ENOMEM. */
int unit_print_dropin(const struct vhba_config *vhba, FILE *out) _must_check_;
