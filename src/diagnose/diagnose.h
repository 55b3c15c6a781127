/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The diagnosis of a vHBA: how far it has come, and at which stage of stage.h it is held. */
#pragma once

#include "fc/inventory.h"
#include "diagnose/readiness.h"
#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "state/state.h"

/* What is wanted of a vHBA. */
struct wanted {
	enum vhba_type type;
	uint64_t wwpn, wwnn; /* 0: not given (only with VHBA_HBA) */
	const struct parent_rule *parent;
	const struct lun_set *luns; /* empty: not given */
	unsigned min_luns; /* 0: not given */
	const struct vhba_state *state; /* what is remembered of it; NULL: nothing */
};

struct diagnosis {
	enum npiv_stage stage; /* the first at which something is wrong */
	bool is_final; /* waiting changes nothing: the fabric or the driver refused */
	bool may_create; /* there is no vport, and parent can take it now */
	bool wants_login; /* no target port is known, but a remote port may be one that denied it at the login: only a
			   * new login asks it again */
	const struct fc_port *parent; /* of a vport, in the inventory; NULL if unknown */
	const struct fc_vport *vport; /* NULL: there is none (or type is VHBA_HBA) */
	const struct fc_port *port; /* the port that sees the LUNs; NULL if there is none */
	unsigned n_usable; /* LUN numbers that are usable */
	unsigned n_usable_paths; /* to these; several can lead to one number */
	unsigned n_leading; /* LUN numbers that lead to their disks, usable or not */
	unsigned n_seen; /* LUN numbers of disks that are there at all */
	unsigned n_wanted; /* LUN numbers asked for; 0: any */
	char detail[NPIV_DETAIL_MAX]; /* one sentence part; "" if there is nothing to add */
};

/* Whether a vport leaves this state only through disable and enable, or link down and up, even after the cause is
 * gone (scsi_fc_transport.rst, "vport states"). */
bool vport_state_needs_reset(enum vport_state state);

/* What to look at; NULL if there is nothing. is_tried: a start is being retried with a vport that npiv created, and
 * logs it in again if needed. */
const char *diagnosis_hint(const struct diagnosis *diagnosis, bool is_tried);

/* Fills in what a configuration wants. *vhba must outlive *ret_wanted. */
void wanted_from_config(const struct vhba_config *vhba, struct wanted *ret_wanted);

/* The vport that is meant, if several HBAs have one of its WWPN: the one that is remembered, else one below a
 * parent that the rule allows, else any that is not in another fabric. NULL: there is
 * none. */
const struct fc_vport *wanted_vport(const struct wanted *wanted,
				    const struct inventory *inventory);

/* Another vport of the same WWPN; NULL: there is none. */
const struct fc_vport *wanted_twin(const struct wanted *wanted,
				   const struct inventory *inventory);

/* The port that sees its LUNs, and so which host they hang below; NULL: there is none. */
const struct fc_port *wanted_port(const struct wanted *wanted,
				  const struct inventory *inventory);

/* Goes through the stages in their order. readiness has one entry for each LUN of the inventory, which need not hold
 * remote ports and LUNs of other hosts, but those remote ports that have the WWPN which is wanted, where no
 * port of this host has it. Settling is not seen here: without luns and min_luns a
 * vHBA with one usable LUN, and none under way, is ready. -ENOMEM. */
int diagnose(const struct inventory *inventory, const enum lun_readiness *readiness,
	     const struct wanted *wanted, struct diagnosis *ret_diagnosis) _must_check_;
