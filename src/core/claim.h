/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who claims one name: the guard of the one law, that a name never points at another logical unit
 * than the one it meant. Text form, one file a name: the first line is the logical unit that the
 * name is pinned to ("-" for none), each further one a live device, "DEVICE SEQUENCE IDENTITY". */
#pragma once

#include "core/devpath.h"

struct claimant {
	char device[DEVICE_NAME_SIZE]; /* kernel name: "sdc", "dm-0" */
	uint64_t sequence; /* diskseq: tells it from a later device of that name; 0: not known */
	char *identity; /* identity_format() */
};

struct claim {
	/* The logical unit that the name has meant since it was first granted. It outlives the
	 * device, so that a LUN that is mapped anew does not silently take the name over. */
	char *pin;
	struct claimant *claimants; /* in the order in which they came */
	size_t n_claimants;
};

/* Whether all who claim the name are one logical unit, whatever it is pinned to. Nobody: no. */
bool claim_is_agreed(const struct claim *claim);

/* Whether all who claim the name are one logical unit, the pinned one. Nobody: no. */
bool claim_is_granted(const struct claim *claim);

/* Whether this device has claimed it for longer than any other that still does. */
bool claim_is_first(const struct claim *claim, const char *device);

/* NULL where this device does not claim it. */
const struct claimant *claim_find(const struct claim *claim, const char *device);

/* Enters a device, or changes its entry. Returns 1 where something changed, 0, or -ENOMEM. */
int claim_set(struct claim *claim, const char *device, uint64_t sequence,
	      const char *identity) _must_check_;

/* Takes a device out; false where it was not in. */
bool claim_drop(struct claim *claim, const char *device);

/* Pins a name that is not pinned, where all who claim it are one logical unit. Returns 1 where
 * something changed, 0, or -ENOMEM. */
int claim_pin(struct claim *claim) _must_check_;

/* Forgets what the name meant. */
void claim_unpin(struct claim *claim);

/* Nothing to remember: no pin and no claimant. */
bool claim_is_empty(const struct claim *claim);

void claim_print(const struct claim *claim, FILE *out);

/* Writes in words who claims a name that nobody gets: "web01/0 is claimed by sdc (naa.2) and meant naa.1
 * before". */
void claim_print_dispute(const struct claim *claim, const char *link, FILE *out);

/* Reads what claim_print() wrote; text need not end in NUL. -EBADMSG for anything else, -ENOMEM.
 * Empty *ret_claim with claim_done(). */
int claim_parse(const char *text, size_t size, struct claim *ret_claim) _must_check_;

void claim_done(struct claim *claim);
