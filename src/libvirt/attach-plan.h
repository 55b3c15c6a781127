/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans which LUNs of a pool are attached to its guest, and which are detached. */
#pragma once

#include "fc/devpath.h"
#include "libvirt/guest-disk.h"
#include "lib/limits.h"

/* A LUN that the guest is to have: its name by number leads to a disk or map that can be used. */
struct attach_lun {
	uint64_t number;
	char device[DEVICE_NAME_SIZE]; /* the device that the name leads to */
	bool is_map;
};

/* A device of the guest that has a name or an address on a bus in its XML. */
struct attach_disk {
	char *alias, *target; /* NULL if it has none */
	char *source; /* a path, or "8:0:1:3" for a SCSI host device; NULL for neither */
	bool has_place; /* it has an address on a SCSI controller: */
	unsigned controller, bus, target_id, unit;
	/* Set by the caller: */
	char device[DEVICE_NAME_SIZE]; /* its device on this host; "" for none */
	bool is_lost; /* with is_ours: its LUN is gone, or is to be detached */
	/* Set by attach_recognize(): */
	bool is_ours;
	uint64_t number;
};

struct attach_guest {
	struct attach_disk *disks;
	size_t n;
	int controller; /* the first virtio-scsi controller; -1 if there is none */
};

/* "ua-npiv-POOL-LUN", by which npiv recognizes the disks that it has attached. libvirt keeps aliases of users if
 * they begin with "ua-" and have only letters, digits, '-' and '_' (USER_ALIAS_CHARS). */
#define ATTACH_ALIAS_SIZE (sizeof("ua-npiv--18446744073709551615") + 2 * NPIV_NAME_MAX)
char *attach_alias_format(const char *pool, uint64_t number,
			  char buf[static ATTACH_ALIAS_SIZE]);

/* Reads the alias of a LUN of this pool. Returns -EINVAL for any other alias. */
int attach_alias_parse(const char *alias, const char *pool,
		       uint64_t *ret_number) _must_check_;

/* Sets is_ours and number of all disks. */
void attach_recognize(struct attach_guest *guest, const char *pool);

/* One step of a plan. */
struct attach_step {
	const struct attach_disk *detach; /* the disk to detach; NULL: attach lun: */
	const struct attach_lun *lun;
	char alias[ATTACH_ALIAS_SIZE];
	char target[GUEST_TARGET_SIZE];
	enum guest_device device;
	bool has_place; /* an address on bus 0 of the guest's virtio-scsi controller; false: libvirt chooses */
	unsigned controller, target_id, unit;
};

struct attach_plan {
	struct attach_step *steps; /* first those that detach */
	size_t n;
	size_t n_kept; /* LUNs that stay attached */
};

/* Compares the disks of the guest with the LUNs that it is to have. A disk that npiv has not attached, but that is
 * the same device as the target of a LUN's name, counts as that LUN and stays. The unit of an address is the LUN
 * number, at the first target where it is free. Returns 0, -ENOMEM, or -E2BIG if the guest has no name left for
 * another disk. The plan points into guest and luns; empty it with attach_plan_done(). */
int attach_plan_build(const char *pool, const struct attach_guest *guest,
		      const struct attach_lun *luns, size_t n_luns,
		      struct attach_plan *ret_plan) _must_check_;

void attach_plan_done(struct attach_plan *plan);
void attach_guest_done(struct attach_guest *guest);
