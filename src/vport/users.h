/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the users of a vHBA's LUNs, and waits until they release them. */
#pragma once

#include "block/tree.h"
#include "vport/task.h"

/* The LUNs of a host, and all devices on their disks. */
struct vport_luns {
	struct inventory inventory;
	struct block_tree tree;
};

/* Reads the LUNs of a host; the caller empties *ret_luns with vport_luns_done(). Returns 0 or -errno. */
int vport_read_luns(struct task *task, uint32_t host,
		    struct vport_luns *ret_luns) _must_check_;

void vport_luns_done(struct vport_luns *luns);

/* How long users of LUNs may take to let go (usec): a moment, at shutdown the stop_usec of the state. */
uint64_t vport_users_patience(const struct vhba_state *state, bool is_shutdown);

struct users_query {
	uint32_t host;
	uint64_t deadline; /* now_usec() of lib/clock.h; 0: looks once */
	bool is_shutdown; /* waits for every user, at shutdown; otherwise waiting does not end mounts */
	/* The host loses no more than its names. Then users of a multipath map that does I/O by another host too
	 * count as well: such a map loses its names with the host. */
	bool port_stays;
};

/* Waits until a host's LUNs are no longer in use. Returns 0 if they are not, 1 if they are at the deadline or if
 * waiting does not help (*ret_who names the users; the caller frees it), or -errno. *ret_luns is the result of the
 * last look; it is set, and the caller empties it, unless an error is returned. */
int vport_await_users(struct task *task, const struct users_query *query, char **ret_who,
		      struct vport_luns *ret_luns) _must_check_;

/* Waits for the users of one LUN. The wait for transient users ends, for all calls together, at *deadline, which
 * the first call sets if it is 0: the vHBA is locked meanwhile. */
int vport_await_lun_users(struct task *task, const struct fc_lun *lun, uint64_t *deadline,
			  char **ret_who) _must_check_;
