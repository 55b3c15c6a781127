/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The output folder of a generator: files and links that are new, in folders below it. */
#pragma once

#include "lib/util.h"

/* Opens the folder. The caller closes it. -errno. */
int unit_dir_open(const char *path) _must_check_;

/* Writes FOLDER/NAME below the open folder; FOLDER is made where it is missing. What is there
 * already is -EEXIST and stays as it is; a file that could not be written whole is removed. -errno. */
int unit_dir_write(int dirfd, const char *folder, const char *name, const char *text,
		   size_t size) _must_check_;

/* Makes FOLDER/NAME a symbolic link to target. -errno, -EEXIST as above. */
int unit_dir_link(int dirfd, const char *folder, const char *name,
		  const char *target) _must_check_;
