/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each event of a device does to the claims of names: all claims of all devices are one registry.
 * Where it is kept is the store's business, so that the rules can be tried without files. */
#pragma once

#include "names/claim.h"
#include "names/naming.h"
#include "config/name.h"

/* The links that one device has claimed. Text form: one link a line, what follows /dev/npiv/. */
struct device_names {
	char (*links)[NPIV_LINK_MAX];
	size_t n_links;
};

/* -ENOMEM. */
int device_names_add(struct device_names *entry, const char *link) _must_check_;

void device_names_print(const struct device_names *entry, FILE *out);

/* Reads what device_names_print() wrote; text need not end in NUL. -EBADMSG for anything else, above
 * all for what would lead out of the folder of links; -ENOMEM. Empty *ret_entry with
 * device_names_done(). */
int device_names_parse(const char *text, size_t size,
		       struct device_names *ret_entry) _must_check_;

void device_names_done(struct device_names *entry);

/* Every function gives 0 or -errno. What is not kept loads as empty; what is saved empty is not kept
 * any longer. Nobody else may touch the store between two calls of one operation. */
struct registry_store {
	void *context;
	int (*load_claim)(void *context, const char *link, struct claim *ret_claim);
	int (*save_claim)(void *context, const char *link, const struct claim *claim);
	int (*load_device)(void *context, const char *device,
			   struct device_names *ret_entry);
	int (*save_device)(void *context, const char *device,
			   const struct device_names *entry);
	/* Whether this very device is still there: its event may be late or lost. */
	bool (*is_alive)(void *context, const struct claimant *claimant);
};

struct registry_device {
	const char *name; /* kernel name */
	uint64_t sequence;
	struct claim_unit unit;
	bool is_idle; /* a path that does no I/O, as long as others do */
	/* A map of multipath. Its partitions, made by kpartx, are devices of their own, whose events come in any
	 * order with those of the map; udev handles a disk before the partitions of it. */
	bool is_map;
};

/* Devices for whom a name changed hands through someone else's event: each is to get a change event,
 * which makes it look again. */
struct retrigger_list {
	struct {
		char device[DEVICE_NAME_SIZE];
		bool is_self; /* the device of the event itself: only its partitions need to look */
	} * items;
	size_t n;
};

/* A device comes, or looks again: it claims these names, and gives up those that it does not mean any
 * longer. Says in names which are granted, which are disputed, and which it is the first to claim. Ends: a
 * device is re-triggered only where the verdict on a name turned, or where it is the first now, and looking again
 * changes neither; loose partitions also where a claim is new or given up, and they claim nothing. */
int registry_claim(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names,
		   struct retrigger_list *retrigger) _must_check_;

/* A device goes, or is no vHBA's any longer. One that never claimed anything is fine. sequence: only
 * this very device, not a later one of its name (0: whichever has claimed). */
int registry_drop(const struct registry_store *store, const char *device,
		  uint64_t sequence, struct retrigger_list *retrigger) _must_check_;

/* Says in names which this very device, as this very logical unit, holds by what is saved, and which of its own
 * are disputed; changes nothing. What it has not claimed (yet), or whose claim cannot be read, is neither. */
void registry_look(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names);

/* Whether everything that a device has claimed is granted; false if it has claimed nothing. */
int registry_device_is_granted(const struct registry_store *store, const char *device,
			       bool *ret_granted) _must_check_;

/* Lists what a device has claimed: each name is wanted, and either granted or disputed. Nothing where it has claimed
 * nothing, or where the device that did is gone. */
int registry_record(const struct registry_store *store, const char *device,
		    struct name_list *ret_names) _must_check_;

/* The logical unit as which this very device has claimed its names, for the caller to free; NULL if
 * it has claimed none. What it is by now may be another: ask it. */
int registry_identity(const struct registry_store *store, const char *device,
		      char **ret_identity) _must_check_;

/* Forgets what one name meant for a moment while its devices were being found: only what all of them agree on,
 * sizes too, is what it means. */
int registry_settle(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

/* Forgets what one name meant before, unless all who claim it agree that they are that. What is there now
 * decides anew. */
int registry_forget(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

/* Has one name mean what all who claim it now agree on; if they do not, or nobody does, it stays as it
 * is. */
int registry_accept(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger) _must_check_;

void retrigger_list_done(struct retrigger_list *retrigger);
