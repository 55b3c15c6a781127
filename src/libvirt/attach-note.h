/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered of a guest that has LUNs of a pool. Text form: KEY=VALUE lines, in
 * /run/npiv/guest/POOL. */
#pragma once

#include "fc/identity.h"
#include "lib/limits.h"
#include "lib/util.h"

/* What a LUN was when it was attached: its name may lead to another device by now, and that device to
 * another logical unit. */
struct attach_noted {
	uint64_t number;
	uint64_t sequence; /* diskseq; 0: the kernel gave none */
	char identity[IDENTITY_SIZE]; /* of the logical unit; "": not known */
};

struct attach_note {
	char guest[NPIV_GUEST_MAX + 1];
	uint64_t id; /* the number that libvirt gave this run of it; 0: it did not run */
	struct attach_noted *luns;
	size_t n;
};

/* NULL where the LUN is not noted. */
const struct attach_noted *attach_note_find(const struct attach_note *note,
					    uint64_t number);

/* Notes a LUN, in the place of what was noted of its number. -ENOMEM. */
int attach_note_set(struct attach_note *note,
		    const struct attach_noted *noted) _must_check_;

void attach_note_print(const struct attach_note *note, FILE *out);

/* Reads it back; text ends in NUL. Unknown keys are skipped. -EBADMSG where there is no guest, or a
 * value is malformed; -ENOMEM. Empty *ret_note with attach_note_done(). */
int attach_note_parse(const char *text, struct attach_note *ret_note) _must_check_;

void attach_note_done(struct attach_note *note);
