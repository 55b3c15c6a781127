/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A configuration as the text of a file: what the reader of files makes the same configuration of. */
#pragma once

#include "config/config.h"

/* Writes "[vhba NAME]" and its keys. A key that is as it is by itself is left out, unless it is one
 * of also (NULL-terminated; NULL: none): [defaults] of another file may say otherwise. -ENOMEM. */
int config_print_vhba(const struct vhba_config *vhba, const char *const *also,
		      FILE *out) _must_check_;

/* Writes "[pool NAME]" and its keys, behind this text; nothing where it has no keys, for it needs no section
 * then. -ENOMEM. */
int config_print_pool(const struct pool_config *pool, const char *before,
		      FILE *out) _must_check_;

/* The keys of [vhba NAME] in the order in which they are written; NULL after the last. */
const char *render_config_key(size_t i);

/* The value of one of these keys as a file has it; "" where it is not given. The caller frees it; NULL
 * without memory. */
char *render_config_value(const struct vhba_config *vhba, const char *key);
