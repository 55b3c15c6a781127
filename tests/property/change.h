/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can happen to a SAN and its host, one change at a time. */
#pragma once

#include "world.h"

enum change_kind {
	CHANGE_ADD_DISK,
	CHANGE_REMOVE_DISK,
	CHANGE_TOUCH,
	CHANGE_GROW,
	CHANGE_RESCAN,
	CHANGE_REMAP,
	CHANGE_CLAIM,
	CHANGE_MAKE_MAP,
	CHANGE_TABLE,
	CHANGE_REMOVE_MAP,
	CONFIG_ACTION_RELOAD,
	CONFIG_ACTION_STOP,
	CONFIG_ACTION_START,
	_CHANGE_KIND_MAX,
};

/* Whatever the world is like, a change means something in it: its details are drawn from its own
 * seed, so that a sequence stays one when changes are taken out of it. */
struct change {
	enum change_kind kind;
	uint64_t seed;
};

/* A kind, the more likely ones more often. */
enum change_kind change_kind_draw(uint64_t *seed);

struct change_effect {
	int forgotten_pool; /* whose names the admin wants to mean what is there, or NOTHING */
	int accepted_pool; /* likewise, but only those that all who claim them agree on */
	int started_pool; /* that a vHBA comes up in, alone, or NOTHING */
	bool is_settled_first; /* all events are handled before that */
};

/* Does it, and says in words what it did (trace may be NULL). */
void change_apply(struct world *world, const struct change *change, FILE *trace,
		  struct change_effect *ret_effect);
