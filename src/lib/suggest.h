/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Suggests the intended word for a mistyped one. */
#pragma once

#include "lib/util.h"

struct suggestion {
	const char *word; /* as typed */
	const char *best; /* the most similar candidate; NULL if none is similar */
	unsigned distance;
};

/* Makes candidate the suggestion if it is more similar than all earlier candidates: by letters to add, drop, change
 * or swap. Short words allow fewer differences. candidate must outlive the suggestion. */
void suggest_from(struct suggestion *suggestion, const char *candidate);
