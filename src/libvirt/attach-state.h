/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered of a guest that has LUNs of a pool. Text form: KEY=VALUE lines, in
 * /run/npiv/guest/POOL. */
#pragma once

#include "fc/identity.h"
#include "lib/limits.h"
#include "lib/util.h"

/* What a LUN was when it was attached: its name may lead to another device by now, and that device to
 * another logical unit. */
struct attached_lun {
	uint64_t number;
	uint64_t sequence; /* diskseq; 0: the kernel gave none */
	char identity[IDENTITY_SIZE]; /* of the logical unit; "": not known */
};

struct attach_state {
	char guest[NPIV_GUEST_MAX + 1];
	uint64_t id; /* the number that libvirt gave this run of it; 0: it did not run */
	struct attached_lun *luns;
	size_t n;
};

/* NULL if the LUN is not lun. */
const struct attached_lun *attach_state_find(const struct attach_state *state,
					     uint64_t number);

/* Enters a LUN, in the place of what was remembered of its number. -ENOMEM. */
int attach_state_set(struct attach_state *state,
		     const struct attached_lun *lun) _must_check_;

void attach_state_print(const struct attach_state *state, FILE *out);

/* Reads it back; text ends in NUL. Unknown keys are skipped. -EBADMSG if there is no guest, or a
 * value is malformed; -ENOMEM. Empty *ret_state with attach_state_done(). */
int attach_state_parse(const char *text, struct attach_state *ret_state) _must_check_;

void attach_state_done(struct attach_state *state);
