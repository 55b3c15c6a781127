/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The LUNs of a pool on this host: the targets of their names, whether they can be used, other disks of the guest
 * that are the same units, and users on this host. */
#pragma once

#include "fc/identity.h"
#include "libvirt/attach-plan.h"
#include "libvirt/guest.h"

/* A disk or map of the host that has a name in the pool, or that the guest has. */
struct host_device {
	char name[DEVICE_NAME_SIZE];
	uint64_t sequence;
	char identity[IDENTITY_SIZE]; /* for a map that of any path; "" if it has none */
	bool is_map;
	bool is_foreign; /* a map with a path that is not of the pool */
	bool is_usable; /* set by guest_host_ask() */
};

/* A path: the disk that a device is, or a disk below a map. */
struct host_path {
	struct fc_lun lun; /* only its address, identity and disk are set */
	size_t device;
	bool is_ours; /* its vHBA is up, in this pool, and not being stopped */
	bool is_running; /* it can answer commands now */
};

struct guest_host {
	struct host_device *devices;
	size_t n_devices;
	struct host_path *paths;
	size_t n_paths;
	struct attach_lun *luns; /* every name by number that leads to one of the devices */
	size_t n_luns;
};

/* Lists the names by number of the pool, and their devices. Returns 0, -ENOMEM, or the error of reading the
 * folder. */
int guest_host_read(const struct guest_task *task,
		    struct guest_host *ret_host) _must_check_;

/* Adds the device with this sequence number, unless it is in the list. *ret_index is SIZE_MAX if no device has it
 * any longer. Returns 0 or -ENOMEM. */
int guest_host_add(const struct guest_task *task, struct guest_host *host,
		   uint64_t sequence, size_t *ret_index) _must_check_;

/* Asks all paths at once, with a time limit, whether they are still mapped. A device is usable unless all its paths
 * are unmapped or behind a vHBA that is being stopped, or one path is not of the pool. A map without paths waits
 * for them, and is usable. Returns 0 or -errno. */
int guest_host_ask(struct guest_host *host) _must_check_;

/* Whether the name by number of a LUN still leads to this device, and not to a later device with the same kernel
 * name. */
bool guest_host_leads(const struct guest_task *task, const struct attach_lun *lun,
		      const struct host_device *device);

/* Returns the index of the device of this name; SIZE_MAX if it is not in the list. */
size_t guest_host_find(const struct guest_host *host, const char *name);

void guest_host_done(struct guest_host *host);

/* --- other disks of the guest --- */

/* Sets device of a disk that npiv has not attached. If the disk leads, by any path, partition or address, to a
 * logical unit of the list, device is the device of the list; "" if its source leads to no block device. */
void guest_source_find(const struct guest_task *task, const struct guest_host *host,
		       struct attach_disk *disk);

/* --- users on the host --- */

/* Writes the users of a device of the list on this host: "sdc is mounted at /mnt", "sdc is open as sg3 by
 * qemu-system-x86 (PID 812)"; NULL if there is none. Waits for programs that have the device open for a moment, in
 * all calls together until *deadline (now_usec()), which the first call sets if it is 0. The caller frees the text.
 * Returns 0, -ENOMEM, or the error of reading the users. */
int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, uint64_t *deadline, char **ret_who) _must_check_;
