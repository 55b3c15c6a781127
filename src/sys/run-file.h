/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small files below /run/npiv: read whole, and replaced whole. */
#pragma once

#include "core/util.h"

#define RUN_FILE_MAX (64U * 1024U) /* bytes of one such file */

/* Reads a regular file. *ret_text is the caller's to free; a NUL byte follows its *ret_size bytes.
 * -EFBIG where it is longer than RUN_FILE_MAX, -EINVAL where it is no regular file, -ENOMEM. */
int run_file_read(int at, const char *path, char **ret_text,
		  size_t *ret_size) _must_check_;

/* Puts text in the place of path, by way of the file temporary in the same file system, so that a
 * reader sees the old text or the new one. Mode 0644. */
int run_file_write(int at, const char *path, const char *temporary, const char *text,
		   size_t size) _must_check_;
