/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who may see whom in the fabric. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZONE_HIDES_MAX 128

/* A pair that is kept apart; 0 stands for every port. */
struct zone_pair {
	uint64_t a;
	uint64_t b;
};

struct zone {
	size_t n_hidden;
	struct zone_pair hidden[ZONE_HIDES_MAX];
};

/* Keeps two WWPNs apart, in both directions. -ENOSPC when the list is full. */
int zone_hide(struct zone *zone, uint64_t a, uint64_t b);

/* Undoes zone_hide() of that pair. -ENOENT when it was not hidden. */
int zone_show(struct zone *zone, uint64_t a, uint64_t b);

/* May these two WWPNs see each other? */
bool zone_allows(const struct zone *zone, uint64_t a, uint64_t b);
