/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates files in a configuration folder: they appear complete, and never replace another file. */
#pragma once

#include "lib/util.h"

/* Creates folder/name with this text, mode 0644; it is on disk when the function returns. Creates the folder (but
 * not its parents) if it is missing. Returns -EEXIST if there is a file, link or other object of that name, which
 * is not changed. */
int config_write_new(const char *folder, const char *name, const char *text,
		     size_t size) _must_check_;

/* Removes folder/name. Returns -ENOENT if there is none. */
int config_remove(const char *folder, const char *name) _must_check_;
