/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who still uses the LUNs of a vHBA, and the wait until they let go. */
#pragma once

#include "block/tree.h"
#include "vport/task.h"

/* The LUNs of a host, and all that stands on their disks. */
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
	bool is_shutdown; /* waits for every user: mounts go with the machine, and otherwise do not go because we wait */
	/* The host loses no more than its names. Then users of a multipath map that does I/O by another host too
	 * count as well: such a map loses its names with the host. */
	bool port_stays;
};

/* Waits for the users of a host's LUNs to let go. Returns 0 where nobody uses them, 1 where somebody does at the
 * deadline, or will not let go by waiting (*ret_who names them; the caller frees it), or -errno. *ret_luns is what the
 * last look saw; it is set, and the caller's to empty, unless an error is returned. */
int vport_await_users(struct task *task, const struct users_query *query, char **ret_who,
		      struct vport_luns *ret_luns) _must_check_;

/* The same for one LUN. A transient user is waited for, in all calls together until *deadline, which the first of them
 * sets where it is 0: the vHBA is locked all the while. */
int vport_await_lun_users(struct task *task, const struct fc_lun *lun, uint64_t *deadline,
			  char **ret_who) _must_check_;
