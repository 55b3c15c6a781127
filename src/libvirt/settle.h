/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One guest that is brought up to date: what was found out, and what is done by it. */
#pragma once

#include "libvirt/guest.h"

struct settle {
	struct guest_task *task;
	const char *name; /* of the guest */
	bool is_end; /* it is to have none any longer */
	struct guest_domain *domain;
	struct attach_note before, after;
	struct attach_guest guest;
	struct guest_host host;
	struct attach_plan plan;
	size_t n_failed;
	uint64_t passing_deadline; /* of guest_use_read() */
};

/* What a LUN of ours was attached as; NULL: that is not in the note, which is of another run of the guest. */
const struct attach_noted *settle_noted(const struct settle *settle, uint64_t number);

/* The device of this name; NULL where it is not in the list. */
const struct host_device *settle_device(const struct settle *settle, const char *name);

/* Notes that the guest has a device as this LUN. -ENOMEM. */
int settle_note(struct settle *settle, uint64_t number,
		const struct host_device *device) _must_check_;

/* Carries out the plan (guest-carry.c). What fails is said and counted, and keeps nothing else from being
 * done. -ENOMEM. */
int settle_carry_out(struct settle *settle) _must_check_;
