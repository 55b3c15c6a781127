/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The word that was most likely meant by a mistyped one. */
#pragma once

#include "lib/util.h"

struct suggestion {
	const char *word; /* as it was typed */
	const char *best; /* what was most likely meant; NULL: nothing comes near */
	unsigned distance;
};

/* Looks whether candidate, which outlives the suggestion, comes nearer than all before: by letters left out,
 * added, changed or swapped. Of a short word fewer may be wrong. */
void suggest_from(struct suggestion *suggestion, const char *candidate);
