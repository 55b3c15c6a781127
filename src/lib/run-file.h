/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small files below /run/npiv, which are read and replaced as a whole. */
#pragma once

#include "lib/limits.h"
#include "lib/util.h"

/* Reading is limited, so nothing longer is written. The longest file is the state of a vHBA: each of its aliases
 * was a line of a file. The claim of one name has room for 9,000 paths of the longest identity, and the state of a
 * guest for as many LUNs. */
_Static_assert(NPIV_ALIASES_MAX *(NPIV_CONFIG_LINE_MAX + 32U) < NPIV_RUN_FILE_MAX / 2,
	       "whatever a configuration may say can be remembered");

/* Reads a regular file. The caller frees *ret_text; a NUL byte follows its *ret_size bytes. Returns -EFBIG if it is
 * longer than NPIV_RUN_FILE_MAX, -EINVAL if it is not a regular file, or -ENOMEM. */
int run_file_read(int at, const char *path, char **ret_text,
		  size_t *ret_size) _must_check_;

/* Replaces the file path by text, with mode 0644, by means of the file temporary in the same file system: a reader
 * sees the old text or the new one. Returns -EFBIG, and changes nothing, if the text would be too long to read. */
int run_file_write(int at, const char *path, const char *temporary, const char *text,
		   size_t size) _must_check_;
