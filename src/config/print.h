/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes a configuration as the text of a file, which config_add() reads as the same configuration. */
#pragma once

#include "config/config.h"

/* Writes "[vhba NAME]" and its keys. Keys with their default value are omitted, except those in also
 * (NULL-terminated; NULL: none), because [defaults] of another file may set them. Returns 0 or -ENOMEM. */
int config_print_vhba(const struct vhba_config *vhba, const char *const *also,
		      FILE *out) _must_check_;

/* Writes before, "[pool NAME]" and its keys; nothing if the pool has no keys, because it then needs no section.
 * Returns 0 or -ENOMEM. */
int config_print_pool(const struct pool_config *pool, const char *before,
		      FILE *out) _must_check_;
