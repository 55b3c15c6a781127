/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every vHBA there is: what is configured, what is up, and vports that nobody of us knows. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "state/state.h"

struct vhba_row {
	const char *name, *pool; /* NULL: a vport that is none of ours */
	uint64_t wwpn; /* 0: not known (yet) */
	uint64_t parent_wwpn; /* 0: not known, or it has none */
	const struct vhba_config *config; /* NULL: not configured (any longer), or badly */
	const char *fault; /* the first error of its section; NULL: there is none */
	const struct vhba_state *state; /* NULL: not up */
	const struct fc_vport *vport; /* NULL: there is none */
	const struct fc_port *port; /* the port that sees its LUNs; NULL: there is none */
	unsigned luns_found; /* LUN numbers of disks; several paths count once */
	unsigned luns_expected; /* 0: nothing is */
};

struct vhba_table {
	struct vhba_row
		*rows; /* ours in order of names, then the others in order of WWPNs */
	size_t n;
};

/* Puts together what is configured, what is up (states, in order of names) and what is there. Points
 * into all three. -ENOMEM. Empty it with vhba_table_done(). */
int vhba_table_build(const struct config *config, const struct vhba_state *states,
		     size_t n_states, const struct inventory *inventory,
		     struct vhba_table *ret_table) _must_check_;

/* In a word: the state of its vport or port as the kernel has it, "Missing" for one that should be up
 * and is not there, "Absent" for one that is not up. */
const char *vhba_row_state(const struct vhba_row *row);

/* Whether it is called so, or is in the pool of that name. */
bool vhba_row_matches(const struct vhba_row *row, const char *name_or_pool);

void vhba_table_done(struct vhba_table *vhbas);
