/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sequence of changes, run through the code that names devices, with the law of names asserted
 * after each of them. */
#pragma once

#include "change.h"

#define SEQUENCE_MAX 40

struct sequence {
	struct change changes[SEQUENCE_MAX];
	int n;
	bool is_troubled; /* some events are handled while something is wrong with the machine */
};

struct sequence_verdict {
	bool is_kept; /* the law was */
	long n_changes; /* that were made: to the one that broke it */
	long n_events;
	long n_contested, n_regained; /* names that were nobody's, and somebody's again */
	char fault[256];
};

/* Draws a sequence; the same one for the same seed. */
void sequence_draw(struct sequence *sequence, uint64_t seed);

/* Runs it. Where trace is not NULL, says there what happens and who has which name. */
void sequence_run(const struct sequence *sequence, FILE *trace,
		  struct sequence_verdict *ret_verdict);

/* Takes out of a sequence that breaks the law whatever it breaks it without. */
void sequence_shrink(struct sequence *sequence);
