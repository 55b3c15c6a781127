/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The law of names once more, as short as it can be said: which names each device means, and which
 * logical unit each name means. Numbers only, everything computed anew from the whole each time; no
 * code of the programs. */
#pragma once

#include "world.h"

enum {
	NAMES_OF_POOL = N_LUNS + N_ALIAS_NAMES + N_PORTS * N_LUNS,
	N_NAMES = N_POOLS * NAMES_OF_POOL,
	NAME_SIZE = 64,
};

/* Sets of names, a bit each. */
typedef uint64_t name_set;
_Static_assert(N_NAMES <= 64, "a set of names has 64 bits");

struct model {
	/* Of each device, as it was when its last event was handled: */
	struct {
		uint64_t sequence; /* 0: it claims nothing */
		int unit;
		name_set claims, wants;
		name_set said; /* what it claimed, even where it was found to be gone since */
		name_set had; /* what of its wants was its own then */
	} devices[N_DEVICES];
	int meaning[N_NAMES]; /* the unit, or NOTHING */
	int sizes[N_NAMES]; /* that it had when it was last the only one or known better; 0: not known */
	int said[N_NAMES]
		[N_DEVICES]; /* sizes that claimants have said, or have grown to with others */
};

void model_init(struct model *model);

/* The text of a name: what follows /dev/npiv/. */
void model_name(int name, char buf[static NAME_SIZE]);

/* The name with this text, or NOTHING. */
int model_find_name(const char *text);

/* By target: the name of a place, which remembers no unit. */
bool model_name_is_place(int name);

/* An event of a device that is there is handled. */
void model_look(struct model *model, const struct world *world, int device);

/* An event of its removal is handled. */
void model_drop(struct model *model, const struct world *world, int device,
		uint64_t sequence);

/* The admin says that the names of a pool are to mean what is there. */
void model_forget(struct model *model, const struct world *world, int pool);

/* The first start of a vHBA of a pool comes to its end: what its names meant for a moment counts no longer. */
void model_settle(struct model *model, const struct world *world, int pool);

/* Whether a name of a pool is claimed, or means anything. */
bool model_knows(const struct model *model, int pool);

/* The same, of the names that all who claim them agree on. */
void model_accept(struct model *model, const struct world *world, int pool);

/* Whether a unit, as a device says it, is nothing but a place. */
bool model_is_place(int unit);

/* Whether it is the place of this disk. */
bool model_is_place_of(const struct device_slot *disk, int unit);

/* Whether what a device was known as may be the other unit, of which more is known. What only the place was known of
 * may have another path, if it is a map. */
bool model_can_be(int device, int was, int is);

/* Whether a name is claimed by somebody whose it is not. */
bool model_is_contested(const struct model *model, int name);

/* Whether a device claims a name that is nobody's. */
bool model_has_contested(const struct model *model, int device);

/* The names that this device, which is there, is to have now that all events are handled. */
name_set model_expects(const struct model *model, const struct world *world, int device);
