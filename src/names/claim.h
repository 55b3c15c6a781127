/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who claims one name: the guard of the one law, that a name never points at another logical unit
 * than the one it meant. Text form, one file per name: the first line is the logical unit that the
 * name is pinned to ("-" for none), each further one a live device, "DEVICE SEQUENCE UNIT". A UNIT is
 * an identity, and where they are known, with tabs between them, vendor, model, serial number and size. */
#pragma once

#include "fc/devpath.h"

/* What a device says that it is. */
struct claim_unit {
	char *identity; /* identity_format() */
	char *traits; /* identity_traits(); "": not known */
	uint64_t size; /* bytes; 0: not known */
};

struct claimant {
	char device[DEVICE_NAME_SIZE]; /* kernel name: "sdc", "dm-0" */
	uint64_t sequence; /* diskseq: tells it from a later device of that name; 0: not known */
	struct claim_unit unit;
	bool is_idle; /* a path that does no I/O, as long as others do */
	bool is_map; /* of multipath: its paths change under it; not saved */
};

struct claim {
	/* The logical unit that the name has meant since it was first granted. It outlives the
	 * device, so that a LUN that is mapped anew does not silently take the name over. */
	struct claim_unit pin; /* without an identity: not pinned */
	struct claimant *claimants; /* in the order in which they came */
	size_t n_claimants;
};

/* Whether two that say so are one logical unit, whatever its size. */
bool claim_is_one_unit(const struct claim_unit *a, const struct claim_unit *b);

/* Whether two are of one size, as far as both sizes are known. */
bool claim_is_one_size(const struct claim_unit *a, const struct claim_unit *b);

/* Whether two say the same of themselves. */
bool claim_unit_equals(const struct claim_unit *a, const struct claim_unit *b);

/* Whether all who claim the name are one logical unit, whatever it is pinned to. Nobody: no. Sizes do not
 * count: the kernel learns of a new one path by path. */
bool claim_is_agreed(const struct claim *claim);

/* The same, and it is the one that the name is pinned to, where it is. */
bool claim_is_of_pin(const struct claim *claim);

/* Whether this device may have the name: all who claim it are one logical unit, the pinned one, and it has the
 * size of that one. A path that came with another size gets nothing and takes nothing away: the one that has the
 * name may not have heard of its new size yet. */
bool claim_grants(const struct claim *claim, const char *device);

/* Whether somebody may. */
bool claim_grants_any(const struct claim *claim);

/* Whether it grants the name to all who claim it. Nobody: no. */
bool claim_is_granted(const struct claim *claim);

/* Whether this device is the one of several paths that has the name: of those that may have it and do I/O
 * the one that has claimed it for longest; if none does I/O, of those that may have it. */
bool claim_is_first(const struct claim *claim, const char *device);

/* The kernel name of that one; "" if nobody claims the name. */
const char *claim_first(const struct claim *claim);

/* NULL if this device does not claim it. */
const struct claimant *claim_find(const struct claim *claim, const char *device);

/* Enters a device, or changes its entry; the texts stay the caller's. If more is known of this very disk now,
 * or it has grown, that is known of the unit that it was, too: of the pin, and of other paths that said the same.
 * A map of which only the place was known may have another path by now, so it leaves that to the disk of the place.
 * The first that comes to a name without claimants says what size it has. Returns 1 if something changed, 0,
 * or -ENOMEM. */
int claim_set(struct claim *claim, const struct claimant *claimant) _must_check_;

/* -ENOMEM. Empty *ret_claim with claim_done(). */
int claim_copy(const struct claim *claim, struct claim *ret_claim) _must_check_;

/* Takes a device out; false if it was not in. */
bool claim_drop(struct claim *claim, const char *device);

/* Pins a name that is not pinned, if all who claim it are one logical unit of one size, and adds what
 * was not known of a pin. Returns 1 if something changed, 0, or -ENOMEM. */
int claim_pin(struct claim *claim) _must_check_;

/* Forgets what the name meant. */
void claim_unpin(struct claim *claim);

/* Nothing to remember: no pin and no claimant. */
bool claim_is_empty(const struct claim *claim);

void claim_print(const struct claim *claim, FILE *out);

/* Whether the name is pinned, and nobody who claims it is the unit that it is pinned to. */
bool claim_pin_is_gone(const struct claim *claim);

/* Reads what claim_print() wrote; text need not end in NUL. -EBADMSG for anything else, -ENOMEM.
 * Empty *ret_claim with claim_done(). */
int claim_parse(const char *text, size_t size, struct claim *ret_claim) _must_check_;

void claim_done(struct claim *claim);
