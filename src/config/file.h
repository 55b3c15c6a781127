/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one configuration file, if it is one: nothing that blocks, nothing that anybody may write. */
#pragma once

#include <sys/stat.h>

#include "config/config.h"

enum {
	CONFIG_FILE_REFUSED, /* messages says why */
	CONFIG_FILE_MASKED, /* it is a link to /dev/null: there shall be none of this name */
	CONFIG_FILE_LOADED,
};

/* Opens name below dirfd (AT_FDCWD: as it is) and adds its text to config; source names it in
 * messages and says whether it is a drop-in, its text and size are not looked at. Returns one of the
 * above or -ENOMEM. Folders, FIFOs, sockets and devices, dangling links, files above
 * NPIV_CONFIG_FILE_MAX bytes and files that everybody may write to are refused; owner is for
 * config_file_warn(). */
int config_file_load(struct config *config, int dirfd, const char *name,
		     const struct config_source *source, uid_t owner,
		     struct messages *messages) _must_check_;

/* Adds a warning to messages if somebody else than root and owner can write to a file or folder: the user
 * that it belongs to, or its group. path names it in messages. */
void config_file_warn(const struct stat *st, uid_t owner, const char *path,
		      struct messages *messages);
