/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The claims of one name. They guard the one rule that a name never leads to another logical unit than the one it
 * meant.
 *
 * Text form, one file per name: the first line is the logical unit that the name is pinned to ("-" for none), each
 * further line is a live device, "DEVICE SEQUENCE UNIT". A UNIT is an identity, followed by vendor, model, serial
 * number and size if they are known, separated by tabs. */
#pragma once

#include "fc/devpath.h"

/* The logical unit that a device reports to be. */
struct claim_unit {
	char *identity; /* identity_format() */
	char *traits; /* identity_traits(); "" if not known */
	uint64_t size; /* in bytes; 0 if not known */
};

struct claimant {
	char device[DEVICE_NAME_SIZE]; /* kernel name: "sdc", "dm-0" */
	uint64_t sequence; /* diskseq: distinguishes the device from a later one of the same name; 0 if not known */
	struct claim_unit unit;
	bool is_idle; /* this path does no I/O as long as other paths do */
	bool is_map; /* a multipath map, whose paths can change; not saved */
};

struct claim {
	/* The logical unit that the name has meant since it was first granted. The pin outlives the device, so that
	 * a LUN that is mapped later does not silently take over the name. */
	struct claim_unit pin; /* identity is NULL if the name is not pinned */
	struct claimant *claimants; /* in the order in which they first claimed the name */
	size_t n_claimants;
};

/* Whether two units can be the same logical unit, regardless of size. */
bool claim_is_one_unit(const struct claim_unit *a, const struct claim_unit *b);

/* Whether two sizes are equal; a size that is not known equals any. */
bool claim_is_one_size(const struct claim_unit *a, const struct claim_unit *b);

/* Whether two units are equal in identity, traits and size. */
bool claim_unit_equals(const struct claim_unit *a, const struct claim_unit *b);

/* Whether all claimants are the same logical unit, whatever the name is pinned to; false without claimants. Sizes
 * do not count: the kernel learns a new size path by path. */
bool claim_is_agreed(const struct claim *claim);

/* Whether all claimants are the same logical unit and, if the name is pinned, the pinned one. */
bool claim_is_of_pin(const struct claim *claim);

/* Whether this device may have the name: all claimants are the same logical unit, the pinned one, and this device
 * has the size of that unit. A path that appears with another size is not granted the name and takes it from no
 * other device: the device that has the name may not know its new size yet. */
bool claim_grants(const struct claim *claim, const char *device);

/* Whether any claimant may have the name. */
bool claim_grants_any(const struct claim *claim);

/* Whether all claimants may have the name; false without claimants. */
bool claim_is_granted(const struct claim *claim);

/* Whether this device is the one path of several that gets the name: of the paths that may have it and do I/O, the
 * path that claimed it first; if no path does I/O, the first of the paths that may have it. */
bool claim_is_first(const struct claim *claim, const char *device);

/* Returns the kernel name of that device; if no device may have the name, of the first claimant; "" without
 * claimants. */
const char *claim_first(const struct claim *claim);

/* Returns NULL if this device does not claim the name. */
const struct claimant *claim_find(const struct claim *claim, const char *device);

/* Adds a device, or changes its entry; the caller keeps its texts. If more is known of the same disk now, or if it
 * has grown, the pin and other paths that were equal to it are updated too. A map of which only the place was known
 * may have another path by now, so it updates no other entry; the disk at that place does. The first device that
 * claims a name without claimants sets the size of the pin. Returns 1 if something changed, 0, or -ENOMEM. */
int claim_set(struct claim *claim, const struct claimant *claimant) _must_check_;

/* Returns 0 or -ENOMEM. Empty *ret_claim with claim_done(). */
int claim_copy(const struct claim *claim, struct claim *ret_claim) _must_check_;

/* Removes a device. Returns false if it was not a claimant. */
bool claim_drop(struct claim *claim, const char *device);

/* Pins a name that is not pinned, if all claimants are the same logical unit of the same size, and adds traits or
 * size that the pin lacks. Returns 1 if something changed, 0, or -ENOMEM. */
int claim_pin(struct claim *claim) _must_check_;

/* Removes the pin. */
void claim_unpin(struct claim *claim);

/* Whether there is neither a pin nor a claimant. */
bool claim_is_empty(const struct claim *claim);

void claim_print(const struct claim *claim, FILE *out);

/* Whether the name is pinned and no claimant is the pinned unit with its size. */
bool claim_pin_is_gone(const struct claim *claim);

/* Reads the text that claim_print() wrote; text need not end in NUL. Returns -EBADMSG for any other text, or
 * -ENOMEM. Empty *ret_claim with claim_done(). */
int claim_parse(const char *text, size_t size, struct claim *ret_claim) _must_check_;

void claim_done(struct claim *claim);
