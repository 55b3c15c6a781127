/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The registry of names, as files: /run/npiv/claim/POOL/NAME lists the claimants of /dev/npiv/POOL/NAME, and
 * /run/npiv/device/KERNELNAME the names that a device has claimed. Every function that changes a file takes one
 * lock, lock/claims, which only root can open. It waits at most 10 s for the lock (-ETIMEDOUT), and sends the
 * resulting change events after it has released the lock. Functions that only read take no lock: a file that
 * disappears meanwhile is read as empty. run is "/run/npiv", sysfs an open folder. */
#pragma once

#include "names/dispute.h"
#include "names/registry.h"
#include "fc/device.h"

/* registry_claim(), for an event of a whole disk or map that is this logical unit. */
int names_claim(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names) _must_check_;

/* registry_drop(), for a device that is gone or no longer belongs to a vHBA. Takes no lock if the device has
 * claimed no name. */
int names_drop(const char *run, int sysfs, const char *device,
	       uint64_t sequence) _must_check_;

/* Forgets the names of a device that is about to be deleted, so that the udev rules start no program when it
 * disappears. The caller calls names_forget() or names_accept() afterwards, which drop the claims of the device. */
int names_release(const char *run, int sysfs, const char *device) _must_check_;

/* registry_look(), for a partition, whose disk or map holds the names, and for a device whose claim cannot be
 * saved. If the files cannot be read, no name is granted. */
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

/* Whether any name of a pool is recorded. Takes no lock. */
bool names_has_names(const char *run, const char *pool);

/* registry_settle() for all names of a pool, at the end of the pool's first start. Must not be called while another
 * vHBA of the pool is up. */
int names_settle(const char *run, int sysfs, const char *pool) _must_check_;

/* registry_forget() for all names of a pool: the last step of stop, and for reload, by which the admin confirms
 * that a LUN was mapped anew. Must not be called while another vHBA of the pool is up. */
int names_forget(const char *run, int sysfs, const char *pool) _must_check_;

/* registry_accept() for all names of a pool, for reload while another vHBA of the pool is up. */
int names_accept(const char *run, int sysfs, const char *pool) _must_check_;

/* By a reload the admin confirms that names shall mean what is mapped now. If another vHBA of the pool is up, which
 * is_shared says, this holds only for names on which all their claimants agree: the other vHBA's mapping may be
 * outdated. */
int names_confirm(const char *run, int sysfs, const char *pool,
		  bool is_shared) _must_check_;

/* Lists every name of a pool (NULL: of all pools) that has claimants and is not granted to all of them. Empty the
 * list with conflict_list_done(). */
int names_conflicts(const char *run, int sysfs, const char *pool,
		    struct conflict_list *ret_list) _must_check_;

/* Writes the claimants of these names as dispute_print() does, but names with the same claimants together: "web01/0
 * and web01/db are claimed by naa.1 (sda), naa.2 (sdb)". Separates such groups by the separator, and truncates the
 * text if buf is full. Returns false, with buf unchanged, if there are no conflicts or they cannot be read. */
bool names_describe_conflicts(const char *run, int sysfs, const char *pool,
			      const char *separator, char *buf, size_t size);
