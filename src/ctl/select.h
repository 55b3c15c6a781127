/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which virtual HBAs a command line means. */
#pragma once

#include "ctl/model.h"

struct selection {
	char **names; /* of vHBAs, each once */
	size_t n;
};

/* Whether a name that is neither configured nor up is somebody's all the same. */
typedef bool (*selection_knows)(const char *name, void *context);

/* Finds what arguments mean: a vHBA of that name, configured or up; else all of a pool of that name; else
 * what knows (NULL: nobody) knows. Reports on stderr an argument that means nothing, and goes on:
 * returns 0, or the exit code of a vHBA that has no usable configuration. */
int selection_make(const struct host_model *model, char *const arguments[], size_t n,
		   selection_knows knows, void *context,
		   struct selection *ret_selection) _must_check_;

/* Finds every vHBA that is configured or up. Returns 0, or EXIT_FAILURE after it has reported why. */
int selection_all(const struct host_model *model,
		  struct selection *ret_selection) _must_check_;

void selection_done(struct selection *selection);

/* Reports on stderr that there is no vHBA and no pool of this name, and which one may be meant. Returns the exit code
 * of a vHBA that has no usable configuration. */
int ctl_fail_unknown(const struct host_model *model, const char *name);
