/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which LUNs of a pool its guest has still to get, and which it has to give back. */
#pragma once

#include "fc/devpath.h"
#include "libvirt/guest-disk.h"
#include "lib/limits.h"

/* A LUN that its guest is to have: the name by number leads to a disk or map that can be used. */
struct attach_lun {
	uint64_t number;
	char device[DEVICE_NAME_SIZE]; /* what the name leads to */
	bool is_map;
};

/* A device of the guest that has a name or a place on a bus in its XML. */
struct attach_disk {
	char *alias, *target; /* NULL: it has none */
	char *source; /* a path, or of a SCSI host device "8:0:1:3"; NULL: neither */
	bool has_place; /* on a SCSI controller: */
	unsigned controller, bus, target_id, unit;
	/* Set by the caller: */
	char device[DEVICE_NAME_SIZE]; /* what it is on this host; "": nothing */
	bool is_lost; /* one of ours whose LUN is gone, or is to go */
	/* By attach_recognize(): */
	bool is_ours;
	uint64_t number;
};

struct attach_guest {
	struct attach_disk *disks;
	size_t n;
	int controller; /* the first of virtio-scsi; -1: there is none */
};

/* "ua-npiv-POOL-LUN", by which a disk that was attached is known again. libvirt keeps aliases of a user
 * that begin with "ua-" and have letters, digits, '-' and '_' alone (USER_ALIAS_CHARS). */
#define ATTACH_ALIAS_SIZE (sizeof("ua-npiv--18446744073709551615") + 2 * NPIV_NAME_MAX)
char *attach_alias_format(const char *pool, uint64_t number,
			  char buf[static ATTACH_ALIAS_SIZE]);

/* Reads the alias of a LUN of this pool. -EINVAL for any other. */
int attach_alias_parse(const char *alias, const char *pool,
		       uint64_t *ret_number) _must_check_;

/* Fills is_ours and number of all disks. */
void attach_recognize(struct attach_guest *guest, const char *pool);

/* One thing to be done. */
struct attach_step {
	const struct attach_disk *detach; /* NULL: the LUN is to be attached: */
	const struct attach_lun *lun;
	char alias[ATTACH_ALIAS_SIZE];
	char target[GUEST_TARGET_SIZE];
	enum guest_device device;
	bool has_place; /* bus 0 of the guest's virtio-scsi controller; false: libvirt chooses */
	unsigned controller, target_id, unit;
};

struct attach_plan {
	struct attach_step *steps; /* what is detached comes first */
	size_t n;
	size_t n_kept; /* LUNs that the guest has and keeps */
};

/* Compares what is with what should be. A disk that is not ours, but leads to the same device as a LUN's
 * name, stands for that LUN and stays. The unit of an address is the LUN number, behind the first target
 * that has it free. -ENOMEM; -E2BIG where the guest has no name left for another disk. Empty the plan
 * with attach_plan_done(); it points into guest and luns. */
int attach_plan_build(const char *pool, const struct attach_guest *guest,
		      const struct attach_lun *luns, size_t n_luns,
		      struct attach_plan *ret_plan) _must_check_;

void attach_plan_done(struct attach_plan *plan);
void attach_guest_done(struct attach_guest *guest);
