/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A new configuration file: makes it, checks it beside all others, prints or writes it. */
#pragma once

#include "config/config.h"
#include "ctl/model.h"

struct new_config {
	const char *name; /* of its vHBA; the file is /etc/npiv.d/NAME.conf */
	char *text; /* as it is to be written */
	size_t size;
	struct config config; /* of this file alone */
};

/* Makes it of lines of INI, which are checked and brought into the usual form; comment is put before
 * them ("# …\n"), and keys of also (NULL-terminated) are written even if they have their defaults.
 * Returns 0, or an exit code after it has reported on stderr what is wrong: EXIT_USAGE if that is in the lines.
 * Empty it with new_config_done() anyway. */
int new_config_make(struct new_config *new_config, const char *name, const char *comment,
		    const char *lines, size_t size, const char *const *also) _must_check_;

/* Whether it can be: there is no file of its name, no other file and nothing that runs has its NAME or
 * WWPN. Returns 0, or EXIT_FAILURE after it has reported why not. */
int new_config_check(const struct new_config *new_config,
		     const struct host_model *model) _must_check_;

/* Writes the file, or with is_dry_run prints it. Returns 0, or EXIT_FAILURE after it has reported why not. */
int new_config_put(const struct new_config *new_config, bool is_dry_run) _must_check_;

/* Starts the vHBA of a file that was written. Returns an exit code. */
int new_config_start(const struct new_config *new_config) _must_check_;

/* Its vHBA. */
const struct vhba_config *new_config_vhba(const struct new_config *new_config);

void new_config_done(struct new_config *new_config);
