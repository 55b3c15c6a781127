/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads configuration files: finds them, and decides which file hides another and in which order they apply. */
#pragma once

#include <sys/types.h>

#include "config/config.h"

/* The folders, in descending priority; NULL ends the list. */
extern const char *const config_folders[];

/* Loads every *.conf of the folders below root ("" or a folder of a test), each with its drop-ins in NAME.conf.d,
 * in lexical order of names, and finishes the configuration. A file of an earlier folder hides files of the same
 * name in later folders, even if it is refused; a link to /dev/null masks them. Messages name paths without root. A
 * file or folder that cannot be read is an error in messages and does not affect the others; one that users other
 * than root and the owner of the root folder can write to is a warning. Returns 0 or -ENOMEM. The caller empties
 * *ret_config with config_done() and checks messages->out_of_memory. */
int config_dir_load(const char *root, struct config *ret_config,
		    struct messages *messages) _must_check_;

/* Loads as config_dir_load() does, as if there were one more file, which is read last: checks it against the
 * others. */
int config_dir_load_with(const char *root, const struct config_source *extra,
			 struct config *ret_config,
			 struct messages *messages) _must_check_;

enum {
	CONFIG_FILE_REFUSED, /* the reason is in messages */
	CONFIG_FILE_MASKED, /* it is a link to /dev/null: files of this name are disabled */
	CONFIG_FILE_LOADED,
};

/* Opens name below dirfd (or AT_FDCWD) and adds its text to config. source has its name for messages and whether it
 * is a drop-in; its text and size are ignored. Returns one of the above or -ENOMEM. Refuses folders, FIFOs, sockets
 * and devices, dangling links, files above NPIV_CONFIG_FILE_MAX bytes and files that everybody may write to; warns
 * of a file that users other than root and owner can write to. */
int config_file_load(struct config *config, int dirfd, const char *name,
		     const struct config_source *source, uid_t owner,
		     struct messages *messages) _must_check_;
