/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that npivctl's tables are made of, loaded at once. */
#pragma once

#include <libudev.h>

#include "ctl/vhba-table.h"
#include "state/state-dir.h"

struct host_model {
	const char *sysfs;
	char *run;
	int sysfs_fd;
	struct udev *udev; /* NULL below another root: udev knows the real one alone */
	struct config config;
	struct state_list states;
	struct inventory inventory;
	struct vhba_table vhbas; /* of these three */
	size_t n_errors; /* in the configuration, as reported last: npivctl status --wait loads again and again */
};

/* Loads the model, again after host_model_done(); the first time *model must be zero. Errors in the configuration are
 * only counted on stderr: npivctl check names them. Other failures are reported on stderr, too. Returns -errno;
 * empty it with host_model_done() in any case. */
int host_model_load(struct host_model *model) _must_check_;

void host_model_done(struct host_model *model);
