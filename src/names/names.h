/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The registry of names as files: /run/npiv/claim/POOL/NAME says who claims /dev/npiv/POOL/NAME, and
 * /run/npiv/device/KERNELNAME what a device has claimed. Every function that changes something
 * takes one lock, lock/claims, which only root can open; it waits 10 s for the lock at most (-ETIMEDOUT),
 * and after it has released the lock it sends the change events that are due. Functions that only read
 * take no lock: a file that disappears meanwhile reads as an empty one. run is "/run/npiv", sysfs an open
 * folder. */
#pragma once

#include "names/dispute.h"
#include "names/registry.h"
#include "fc/device.h"

/* registry_claim(): an event of a whole disk or map, which is this logical unit. */
int names_claim(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names) _must_check_;

/* registry_drop(): a device is gone, or no longer a vHBA's. Costs one look where it never was one. */
int names_drop(const char *run, int sysfs, const char *device,
	       uint64_t sequence) _must_check_;

/* A device is about to be deleted: the rules of udev start nobody for its end then. Whoever deletes it sees
 * to its claims, by names_forget() or names_accept() when it is gone. */
int names_release(const char *run, int sysfs, const char *device) _must_check_;

/* registry_look(): for a partition, whose disk or map holds the names, and for a device whose claim cannot be
 * saved. Nothing is granted if nothing can be read. */
void names_look(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names);

/* registry_device_is_granted(). */
int names_is_granted(const char *run, int sysfs, const char *device,
		     bool *ret_granted) _must_check_;

/* registry_record(). */
int names_record(const char *run, int sysfs, const char *device,
		 struct name_list *ret_names) _must_check_;

/* registry_identity(). */
int names_identity(const char *run, int sysfs, const char *device,
		   char **ret_identity) _must_check_;

/* Whether anything is known of what the names of a pool mean, or of who claims them. Takes no lock. */
bool names_has_names(const char *run, const char *pool);

/* registry_settle() for all names of a pool: for the end of its first start. Not while another vHBA of the pool
 * is up. */
int names_settle(const char *run, int sysfs, const char *pool) _must_check_;

/* registry_forget() for all names of a pool: for stop as its last step, and for reload, which is the
 * word of the admin that a LUN mapped anew is meant. Not while another vHBA of the pool is up. */
int names_forget(const char *run, int sysfs, const char *pool) _must_check_;

/* registry_accept() for all names of a pool: for reload while another vHBA of the pool is up. */
int names_accept(const char *run, int sysfs, const char *pool) _must_check_;

/* Every name of a pool (NULL: of all) that is claimed and not granted. Empty the list with
 * conflict_list_done(). */
int names_conflicts(const char *run, int sysfs, const char *pool,
		    struct conflict_list *ret_list) _must_check_;

/* Writes who claims them, as dispute_print() does, but names with the same claimants together: "web01/0 and web01/db are
 * claimed by naa.1 (sda), naa.2 (sdb)". Puts the separator between two of these, and cuts the text off if buf is full.
 * Returns false, and leaves buf as it is, if there are none or they cannot be read. */
bool names_describe_conflicts(const char *run, int sysfs, const char *pool,
			      const char *separator, char *buf, size_t size);
