/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of a guest that has LUNs of a pool. Text form: KEY=VALUE lines, in /run/npiv/guest/POOL. */
#pragma once

#include "fc/identity.h"
#include "lib/limits.h"
#include "lib/util.h"

/* A LUN as it was when it was attached. By now its name may lead to another device, or the device to another
 * logical unit. */
struct attached_lun {
	uint64_t number;
	uint64_t sequence; /* diskseq; 0 if the kernel has none */
	char identity[IDENTITY_SIZE]; /* of the logical unit; "" if not known */
};

struct attach_state {
	char guest[NPIV_GUEST_MAX + 1];
	uint64_t id; /* libvirt's number of this run of the guest; 0 if it did not run */
	struct attached_lun *luns;
	size_t n;
};

/* Finds a LUN by its number. Returns NULL if there is none. */
const struct attached_lun *attach_state_find(const struct attach_state *state,
					     uint64_t number);

/* Adds a LUN, or replaces the LUN with the same number. Returns 0 or -ENOMEM. */
int attach_state_set(struct attach_state *state,
		     const struct attached_lun *lun) _must_check_;

void attach_state_print(const struct attach_state *state, FILE *out);

/* Reads the text form, which ends in NUL. Skips unknown keys. Returns -EBADMSG if there is no guest or a value is
 * malformed, or -ENOMEM. Empty *ret_state with attach_state_done(). */
int attach_state_parse(const char *text, struct attach_state *ret_state) _must_check_;

void attach_state_done(struct attach_state *state);
