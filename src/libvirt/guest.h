/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of npiv-guest. */
#pragma once

#include "libvirt/attach-state.h"
#include "libvirt/attach-plan.h"
#include "event/log.h"

/* One run for one pool. */
struct guest_task {
	const char *pool;
	char *run; /* "/run/npiv" */
	int sysfs; /* an open folder */
	int lock; /* one run at a time: two pools may have one guest */
	struct log_subject subject;
};

/* Brings the guest of the pool to what it should have: nothing where no vHBA of the pool is up. Says itself
 * what went wrong, and returns the exit code of the program. */
int guest_reconcile(struct guest_task *task) _must_check_;

/* --- libvirt's daemon (domain.c) --- */

/* Whether systemd has it and it does not run; false where systemd does not know. Its sockets would start it,
 * which is not wanted: it ends by itself where no guest runs; and it is ordered after vHBAs, so that its start
 * may wait for the stop of one that waits for npiv-guest. */
bool guest_daemon_rests(void);

/* --- the guest (domain.c) --- */

struct guest_domain;

/* What can be had of a guest. */
enum guest_presence {
	GUEST_RUNS,
	GUEST_RESTS, /* it is defined, and does not run */
	GUEST_UNKNOWN, /* there is none of this name */
	GUEST_UNASKED, /* libvirt's daemon does not run, and is not started for this */
	GUEST_UNREACHABLE, /* libvirt does not answer: why is in guest_domain_error() */
};

/* Looks for a guest of the system's libvirt. *ret_domain is of use where it runs alone; free it in any case,
 * with guest_domain_free(), after guest_domain_error(): libvirt forgets an error with each call of it.
 * *ret_id: the number of this run of it. */
enum guest_presence guest_domain_find(const char *name, struct guest_domain **ret_domain,
				      uint64_t *ret_id);
void guest_domain_free(struct guest_domain *domain);
DEFINE_CLEANUP(struct guest_domain *, guest_domain_free);

/* What libvirt said of the last call that failed. */
const char *guest_domain_error(void);

/* Its XML as it runs, for the caller to free. -EIO: guest_domain_error() says why. -ENOMEM. */
int guest_domain_read(struct guest_domain *domain, char **ret_xml) _must_check_;

/* Adds a device to the guest that runs, and takes one from it; the second waits, bounded by libvirt, until
 * the guest has let go. -EIO likewise. */
int guest_domain_attach(struct guest_domain *domain, const char *xml) _must_check_;
int guest_domain_detach(struct guest_domain *domain, const char *xml) _must_check_;

/* --- XML (disk-xml.c) --- */

/* Reads what of a guest's XML counts for the plan. -EBADMSG, -ENOMEM. Empty *ret_guest with
 * attach_guest_done(). */
int guest_xml_read(const char *xml, struct attach_guest *ret_guest) _must_check_;

/* The disk of a step, for the caller to free; NULL without memory. */
char *guest_xml_disk(const char *pool, const struct attach_step *step);

/* --- the host (host.c) --- */

/* A disk or map of the host that has a name in the pool, or that the guest has. */
struct host_device {
	char name[DEVICE_NAME_SIZE];
	uint64_t sequence;
	char identity[IDENTITY_SIZE]; /* of a map that of any path; "" where it has none */
	bool is_map;
	bool is_foreign; /* a map with a path that is not of the pool */
	bool is_usable; /* by guest_host_ask() */
};

/* A disk that a device is, or stands on. */
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

/* Adds the device that has this sequence number, unless it is in the list. *ret_index is SIZE_MAX where no
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

/* The device of this name; SIZE_MAX where it is not in the list. */
size_t guest_host_find(const struct guest_host *host, const char *name);

void guest_host_done(struct guest_host *host);

/* --- disks of the guest's own (host.c) --- */

/* Fills device of a disk that is not ours: by whatever path, partition or address it has a logical unit of
 * the list, it is that device of the list; "" where its source leads to no block device. */
void guest_source_find(const struct guest_task *task, const struct guest_host *host,
		       struct attach_disk *disk);

/* --- users on the host (host.c) --- */

/* Writes what uses a device of the list on this host: "sdc is mounted at /mnt", "sdc is open as sg3 by
 * qemu-system-x86 (PID 812)"; NULL: nothing does. A program that has it open in passing is waited for, in all calls
 * together until *deadline (now_usec()), which the first of them sets where it is 0. The caller frees the text.
 * -ENOMEM, or why it could not be read. */
int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, uint64_t *deadline, char **ret_who) _must_check_;

/* --- what is remembered (attach-state-file.c) --- */

/* Reads /run/npiv/guest/POOL. Where there is none, or it makes no sense, the state is empty. -ENOMEM. */
int attach_state_read(const struct guest_task *task,
		      struct attach_state *ret_note) _must_check_;
int attach_state_write(const struct guest_task *task,
		       const struct attach_state *state) _must_check_;
int attach_state_remove(const struct guest_task *task) _must_check_;

/* The guest that the vHBAs of the pool which are up were started with: writes its name, "" for none. -errno. */
int guest_find_wanted(const struct guest_task *task,
		      char ret_guest[static NPIV_GUEST_MAX + 1]) _must_check_;
