/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A configuration as the text of a file: what the reader of files makes the same configuration of. */
#pragma once

#include "config/config.h"

/* Writes "[vhba NAME]" and its keys. A key that is as it is by itself is left out, unless it is one
 * of also (NULL-terminated; NULL: none): [defaults] of another file may say otherwise. -ENOMEM. */
int config_print_vhba(const struct vhba_config *vhba, const char *const *also,
		      FILE *out) _must_check_;

/* Writes "[pool NAME]" and its keys, behind this text; nothing if it has no keys, for it needs no section
 * then. -ENOMEM. */
int config_print_pool(const struct pool_config *pool, const char *before,
		      FILE *out) _must_check_;
