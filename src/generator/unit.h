/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of the drop-in for a vHBA. */
#pragma once

#include "config/config.h"

/* Writes npiv-vport@NAME.service.d/50-npiv.conf. The paths and names in vhba have no control characters, which
 * would begin new directives. Returns 0 or -ENOMEM. */
int unit_print_dropin(const struct vhba_config *vhba, FILE *out) _must_check_;
