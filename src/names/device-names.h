/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links that one device has claimed. Text form: one link a line, what follows /dev/npiv/. */
#pragma once

#include "config/name.h"

struct device_names {
	char (*links)[NPIV_LINK_MAX];
	size_t n_links;
};

/* -ENOMEM. */
int device_names_add(struct device_names *entry, const char *link) _must_check_;

void device_names_print(const struct device_names *entry, FILE *out);

/* Reads what device_names_print() wrote; text need not end in NUL. -EBADMSG for anything else, above
 * all for what would lead out of the folder of links; -ENOMEM. Empty *ret_entry with
 * device_names_done(). */
int device_names_parse(const char *text, size_t size,
		       struct device_names *ret_entry) _must_check_;

void device_names_done(struct device_names *entry);
