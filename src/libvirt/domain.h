/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Accesses the guest through libvirt's API, and asks systemd whether libvirt's daemon runs. */
#pragma once

#include "lib/util.h"

/* Whether systemd knows a daemon of libvirt, but none runs; false if systemd does not answer. A connection to
 * libvirt would start the daemon, which must be avoided: it exits by itself if no guest runs; and it is ordered
 * after vHBAs, so its start can wait for the stop of a vHBA that waits for npiv-guest. */
bool guest_daemon_rests(void);

struct guest_domain;

/* Whether a guest is accessible. */
enum guest_presence {
	GUEST_RUNS,
	GUEST_RESTS, /* it is defined, but does not run */
	GUEST_UNKNOWN, /* there is no guest of this name */
	GUEST_UNASKED, /* libvirt's daemon does not run, and is not started for this */
	GUEST_UNREACHABLE, /* libvirt does not answer: see guest_domain_error() */
};

/* Finds a guest of the system's libvirt. *ret_domain can be used only with GUEST_RUNS; free it in any case with
 * guest_domain_free(), after guest_domain_error(), because each call of libvirt clears its last error. *ret_id is
 * libvirt's number of this run of the guest. */
enum guest_presence guest_domain_find(const char *name, struct guest_domain **ret_domain,
				      uint64_t *ret_id);
void guest_domain_free(struct guest_domain *domain);
DEFINE_CLEANUP(struct guest_domain *, guest_domain_free);

/* Returns libvirt's message about the last failed call. */
const char *guest_domain_error(void);

/* Reads the XML of the running guest, for the caller to free. Returns 0, -ENOMEM, or -EIO: guest_domain_error() has
 * the reason. */
int guest_domain_read(struct guest_domain *domain, char **ret_xml) _must_check_;

/* Attach a device to the running guest, and detach one. The second waits until the guest has released the device;
 * libvirt limits the wait. Return 0 or -EIO: guest_domain_error() has the reason. */
int guest_domain_attach(struct guest_domain *domain, const char *xml) _must_check_;
int guest_domain_detach(struct guest_domain *domain, const char *xml) _must_check_;
