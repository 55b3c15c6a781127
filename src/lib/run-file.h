/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small files below /run/npiv: read whole, and replaced whole. */
#pragma once

#include "lib/limits.h"
#include "lib/util.h"

/* What is read is bounded, so nothing longer is written. The state of a vHBA is the longest: each of its
 * aliases was a line of a file. The claim of one name has room for 9,000 paths of the longest identity, and
 * so has what is remembered of a guest for LUNs. */
_Static_assert(NPIV_ALIASES_MAX *(NPIV_CONFIG_LINE_MAX + 32U) < NPIV_RUN_FILE_MAX / 2,
	       "whatever a configuration may say can be remembered");

/* Reads a regular file. *ret_text is the caller's to free; a NUL byte follows its *ret_size bytes.
 * -EFBIG where it is longer than NPIV_RUN_FILE_MAX, -EINVAL if it is no regular file, -ENOMEM. */
int run_file_read(int at, const char *path, char **ret_text,
		  size_t *ret_size) _must_check_;

/* Puts text in the place of path, by way of the file temporary in the same file system, so that a
 * reader sees the old text or the new one. Mode 0644. -EFBIG, and nothing is changed, where it could not
 * be read again. */
int run_file_write(int at, const char *path, const char *temporary, const char *text,
		   size_t size) _must_check_;
