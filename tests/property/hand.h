/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One change while it is made. For change*.c only. */
#pragma once

#include "change.h"

struct hand {
	struct world *world;
	uint64_t seed;
	FILE *trace; /* or NULL */
	struct change_effect effect;
};

_printf_(2, 3) void hand_say(struct hand *hand, const char *format, ...);

/* A change event, where the device is there (NOTHING: none). */
void hand_touch(struct hand *hand, int device);

/* A disk goes. */
void hand_take_disk(struct hand *hand, int disk);

/* Starts, stops or reloads some vHBA. */
void hand_change_vhba(struct hand *hand, bool is_stop);
