// SPDX-License-Identifier: LGPL-2.1-or-later
/* Keeps the list of port pairs that must not see each other. */
#include "zone.h"

#include <errno.h>

static bool side_matches(uint64_t rule, uint64_t wwpn)
{
	return rule == 0 || rule == wwpn;
}

int zone_hide(struct zone *zone, uint64_t a, uint64_t b)
{
	if (!zone_allows(zone, a, b))
		return 0;
	if (zone->n_hidden == ZONE_HIDES_MAX)
		return -ENOSPC;
	zone->hidden[zone->n_hidden++] = (struct zone_pair){ a, b };
	return 0;
}

int zone_show(struct zone *zone, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < zone->n_hidden; i++) {
		const struct zone_pair *pair = &zone->hidden[i];

		if ((pair->a != a || pair->b != b) && (pair->a != b || pair->b != a))
			continue;
		zone->hidden[i] = zone->hidden[--zone->n_hidden];
		return 0;
	}
	return -ENOENT;
}

bool zone_allows(const struct zone *zone, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < zone->n_hidden; i++) {
		const struct zone_pair *pair = &zone->hidden[i];

		if (side_matches(pair->a, a) && side_matches(pair->b, b))
			return false;
		if (side_matches(pair->a, b) && side_matches(pair->b, a))
			return false;
	}
	return true;
}
