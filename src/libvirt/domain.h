/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest, through libvirt's API, and libvirt's daemon. */
#pragma once

#include "lib/util.h"

/* Whether systemd has the daemon of libvirt and it does not run; false if systemd does not know. Its sockets would start it,
 * which is not wanted: it ends by itself if no guest runs; and it is ordered after vHBAs, so that its start
 * may wait for the stop of one that waits for npiv-guest. */
bool guest_daemon_rests(void);

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

/* libvirt's message about the last call that failed. */
const char *guest_domain_error(void);

/* Its XML as it runs, for the caller to free. -EIO: guest_domain_error() has the reason. -ENOMEM. */
int guest_domain_read(struct guest_domain *domain, char **ret_xml) _must_check_;

/* Adds a device to the guest that runs, and takes one from it; the second waits, bounded by libvirt, until
 * the guest has let go. -EIO likewise. */
int guest_domain_attach(struct guest_domain *domain, const char *xml) _must_check_;
int guest_domain_detach(struct guest_domain *domain, const char *xml) _must_check_;
