/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* New files in a configuration folder: whole from the first moment, and never over another. */
#pragma once

#include "lib/util.h"

/* Makes folder/name with this text, mode 0644, on disk when it returns. Makes the folder (not those
 * above it) where it is missing. -EEXIST: there is a file, a link or anything else of that name; it is
 * not touched. */
int config_write_new(const char *folder, const char *name, const char *text,
		     size_t size) _must_check_;

/* Removes folder/name. -ENOENT: there is none. */
int config_remove(const char *folder, const char *name) _must_check_;
