/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of a start that waits. */
#pragma once

#include <limits.h>

#include "diagnose/diagnose.h"

/* The remaining time of a wait without an end. */
#define WAITING_NO_END UINT_MAX

/* Writes "waiting for LUNs: 3 of 5, missing 4,7; 23 s left"; with WAITING_NO_END, omits the time. */
void waiting_print(const struct diagnosis *diagnosis, unsigned left_sec, FILE *out);

/* What delays a start, for a caller that polls. */
#define WAITING_CAUSE_SIZE (NPIV_DETAIL_MAX + 128U)
#define WAITING_NEWS_USEC \
	(3 * USEC_PER_SEC) /* a cause that ends sooner is not reported */
struct waiting_cause {
	/* Both as waiting_print() writes them, without the remaining time: */
	char text[WAITING_CAUSE_SIZE]; /* what was seen last */
	char told[WAITING_CAUSE_SIZE]; /* what was reported last */
	uint64_t since; /* when text was seen first */
};

/* Notes a text of waiting_print() that was seen now; ignores any other text. Returns true if the text has been the
 * same for WAITING_NEWS_USEC and was not reported last; it is then in cause->told. */
bool waiting_cause_is_news(struct waiting_cause *cause, const char *text, uint64_t now);

/* Writes "8 LUNs on host8 (0x…), parent 0x…" for a vHBA that is ready. */
void waiting_print_ready(const struct diagnosis *diagnosis, FILE *out);
