/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The LUNs of a pool as this host has them: which names lead where, what of it can be used, what else the guest has of
 * it, and what on this host uses it. */
#pragma once

#include "fc/identity.h"
#include "libvirt/attach-plan.h"
#include "libvirt/guest.h"

/* A disk or map of the host that has a name in the pool, or that the guest has. */
struct host_device {
	char name[DEVICE_NAME_SIZE];
	uint64_t sequence;
	char identity[IDENTITY_SIZE]; /* of a map that of any path; "" if it has none */
	bool is_map;
	bool is_foreign; /* a map with a path that is not of the pool */
	bool is_usable; /* by guest_host_ask() */
};

/* The disk that a device is, or that is below it. */
struct host_path {
	struct fc_lun lun; /* its address, identity and disk alone */
	size_t device;
	bool is_ours; /* its vHBA is up, in this pool, and not about to go */
	bool is_running; /* it can be asked now */
};

struct guest_host {
	struct host_device *devices;
	size_t n_devices;
	struct host_path *paths;
	size_t n_paths;
	struct attach_lun *luns; /* every name by number that leads to one of the devices */
	size_t n_luns;
};

/* Lists the names by number of the pool, with what they lead to. -ENOMEM, or why it could not be read. */
int guest_host_read(const struct guest_task *task,
		    struct guest_host *ret_host) _must_check_;

/* Adds the device that has this sequence number, unless it is in the list. *ret_index is SIZE_MAX if no
 * device has it any longer. -ENOMEM. */
int guest_host_add(const struct guest_task *task, struct guest_host *host,
		   uint64_t sequence, size_t *ret_index) _must_check_;

/* Asks all paths, at once and for a bounded time, whether they are still mapped. A device is usable unless
 * each path of it is unmapped, or behind a vHBA that goes, or one is not of the pool. One that has lost all its
 * paths waits for them. */
int guest_host_ask(struct guest_host *host) _must_check_;

/* Whether the name by number of a LUN leads to this very device now, and no other one took its kernel name. */
bool guest_host_leads(const struct guest_task *task, const struct attach_lun *lun,
		      const struct host_device *device);

/* The device of this name; SIZE_MAX if it is not in the list. */
size_t guest_host_find(const struct guest_host *host, const char *name);

void guest_host_done(struct guest_host *host);

/* --- disks that the guest has beside these --- */

/* Fills device of a disk that is not ours: by whatever path, partition or address it has a logical unit of
 * the list, it is that device of the list; "" if its source leads to no block device. */
void guest_source_find(const struct guest_task *task, const struct guest_host *host,
		       struct attach_disk *disk);

/* --- users on the host --- */

/* Writes what uses a device of the list on this host: "sdc is mounted at /mnt", "sdc is open as sg3 by
 * qemu-system-x86 (PID 812)"; NULL: nothing does. A program that has it open in passing is waited for, in all calls
 * together until *deadline (now_usec()), which the first of them sets where it is 0. The caller frees the text.
 * -ENOMEM, or why it could not be read. */
int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, uint64_t *deadline, char **ret_who) _must_check_;
