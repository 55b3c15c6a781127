/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How events of devices change the claims of names: all claims of all devices are one registry. A store keeps the
 * registry, so that the rules can be tested without files. */
#pragma once

#include "names/claim.h"
#include "names/naming.h"
#include "config/name.h"

/* The links that one device has claimed. Text form: one link per line, the part after /dev/npiv/. */
struct device_names {
	char (*links)[NPIV_LINK_MAX];
	size_t n_links;
};

/* Returns 0 or -ENOMEM. */
int device_names_add(struct device_names *entry, const char *link) _must_check_;

void device_names_print(const struct device_names *entry, FILE *out);

/* Reads the text that device_names_print() wrote; text need not end in NUL. Returns -EBADMSG for any other text,
 * above all for a link that would lead out of the folder of links, or -ENOMEM. Empty *ret_entry with
 * device_names_done(). */
int device_names_parse(const char *text, size_t size,
		       struct device_names *ret_entry) _must_check_;

void device_names_done(struct device_names *entry);

/* Every function returns 0 or -errno. An entry that is not stored loads as empty; an entry that is saved empty is
 * removed. No other process may change the store between two calls of one operation. */
struct registry_store {
	void *context;
	int (*load_claim)(void *context, const char *link, struct claim *ret_claim);
	int (*save_claim)(void *context, const char *link, const struct claim *claim);
	int (*load_device)(void *context, const char *device,
			   struct device_names *ret_entry);
	int (*save_device)(void *context, const char *device,
			   const struct device_names *entry);
	/* Whether this device, not a later one of the same name, still exists: its event may be late or lost. */
	bool (*is_alive)(void *context, const struct claimant *claimant);
};

struct registry_device {
	const char *name; /* kernel name */
	uint64_t sequence;
	struct claim_unit unit;
	bool is_idle; /* this path does no I/O as long as other paths do */
	/* A multipath map. Its partitions, made by kpartx, are separate devices whose events arrive in any order
	 * with those of the map; udev handles a disk before its partitions. */
	bool is_map;
};

/* Devices that gained or lost a name through an event of another device. Each gets a change event, so that it
 * evaluates its names again. */
struct retrigger_list {
	struct {
		char device[DEVICE_NAME_SIZE];
		bool is_self; /* the device of the event itself: only its partitions need an event */
	} * items;
	size_t n;
};

/* A device appears, or evaluates its names again: it claims these names, and drops its claims of all others. Sets
 * in names which are granted, which are disputed, and of which it is the first claimant.
 *
 * Retriggering ends: a device is retriggered only if the verdict on a name changed or if another path is the first
 * now, and an evaluation without news changes neither; the partitions of a map also if a claim is new or dropped,
 * and partitions claim nothing. */
int registry_claim(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names,
		   struct retrigger_list *retrigger) _must_check_;

/* A device disappears, or no longer belongs to a vHBA. It need not have claimed a name. With a sequence, drops the
 * claims of that device only, not those of a later one of the same name (0: of any). */
int registry_drop(const struct registry_store *store, const char *device,
		  uint64_t sequence, struct retrigger_list *retrigger) _must_check_;

/* Sets in names which names this device, as this logical unit, has according to the store, and which of its names
 * are disputed; changes nothing. A name that the device has not claimed (yet), or whose claim cannot be read, is
 * neither granted nor disputed. */
void registry_look(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names);

/* Whether all names that a device has claimed are granted; false if it has claimed none. */
int registry_device_is_granted(const struct registry_store *store, const char *device,
			       bool *ret_granted) _must_check_;

/* Lists the names that a device has claimed: each is wanted, and either granted or disputed. The list is empty if
 * the device has claimed none, or no longer exists. */
int registry_record(const struct registry_store *store, const char *device,
		    struct name_list *ret_names) _must_check_;

/* Returns the identity as which this device has claimed its names, for the caller to free; NULL if it has claimed
 * none. The device may be another logical unit by now: read it from the device. */
int registry_identity(const struct registry_store *store, const char *device,
		      char **ret_identity) _must_check_;

/* Forgets what one name meant while its devices were being found: the name means only what all its devices agree
 * on, sizes included. */
int registry_settle(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

/* Forgets what one name meant before, unless all claimants are that logical unit. The present claimants decide
 * anew. */
int registry_forget(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

/* Pins one name to the logical unit that all claimants now agree on; without claimants, or if they disagree, the
 * pin is unchanged. */
int registry_accept(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

void retrigger_list_done(struct retrigger_list *retrigger);
