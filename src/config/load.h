/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads configuration files: which there are, which hide which, and in which order they count. */
#pragma once

#include <sys/types.h>

#include "config/config.h"

/* The folders, the one that wins first; NULL ends the list. */
extern const char *const config_folders[];

/* Loads every *.conf of the folders below root ("" or that of a test) with its drop-ins below NAME.conf.d, in lexical
 * order of names, and finishes the configuration. A file of an earlier folder hides those of its name in later ones,
 * whatever becomes of it; a link to /dev/null masks them. Messages name paths without root. What cannot be read is an
 * error in messages and costs itself alone; what somebody else than root and the owner of the root folder can write is
 * a warning. Returns -ENOMEM, else 0; the caller empties *ret_config with config_done() and looks at
 * messages->out_of_memory. */
int config_dir_load(const char *root, struct config *ret_config,
		    struct messages *messages) _must_check_;

/* The same as if there were one file more, which is read last: what it would be beside the others. */
int config_dir_load_with(const char *root, const struct config_source *extra,
			 struct config *ret_config,
			 struct messages *messages) _must_check_;

enum {
	CONFIG_FILE_REFUSED, /* messages has the reason */
	CONFIG_FILE_MASKED, /* it is a link to /dev/null: there shall be none of this name */
	CONFIG_FILE_LOADED,
};

/* Opens name below dirfd (AT_FDCWD: as it is) and adds its text to config; source names it in messages and says whether
 * it is a drop-in, its text and size are not looked at. Returns one of the above or -ENOMEM. Folders, FIFOs, sockets and
 * devices, dangling links, files above NPIV_CONFIG_FILE_MAX bytes and files that everybody may write to are refused; of a
 * file that somebody else than root and owner can write to there is a warning. */
int config_file_load(struct config *config, int dirfd, const char *name,
		     const struct config_source *source, uid_t owner,
		     struct messages *messages) _must_check_;
