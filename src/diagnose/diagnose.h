/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The diagnosis of a vHBA: the stage of stage.h at which it is held. */
#pragma once

#include "fc/inventory.h"
#include "diagnose/readiness.h"
#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "state/state.h"

/* What the configuration wants of a vHBA. */
struct wanted {
	enum vhba_type type;
	uint64_t wwpn, wwnn; /* 0: not given (only with VHBA_HBA) */
	const struct parent_rule *parent;
	const struct lun_set *luns; /* empty: not given */
	unsigned min_luns; /* 0: not given */
	const struct vhba_state *state; /* its stored state; NULL if there is none */
};

struct diagnosis {
	enum npiv_stage stage; /* the first stage at which something is wrong */
	bool is_final; /* waiting does not help: the fabric or the driver refused */
	bool may_create; /* there is no vport, and parent can carry it now */
	bool wants_login; /* no target port is known, but a remote port may be a target that denied it at the login:
			   * only a new login asks it again */
	const struct fc_port *parent; /* of a vport, in the inventory; NULL if not known */
	const struct fc_vport *vport; /* NULL if there is none (or type is VHBA_HBA) */
	const struct fc_port *port; /* the port that sees the LUNs; NULL if there is none */
	unsigned n_usable; /* usable LUN numbers */
	unsigned n_usable_paths; /* paths to these LUNs; a number can have several */
	unsigned n_leading; /* LUN numbers whose names lead to their disks, usable or not */
	unsigned n_seen; /* LUN numbers of all disks that exist */
	unsigned n_wanted; /* wanted LUN numbers; 0: any */
	char detail[NPIV_DETAIL_MAX]; /* part of a sentence; "" if there is nothing to add */
};

/* Whether a vport leaves this state only through disable and enable, or link down and up, even after the cause is
 * gone (scsi_fc_transport.rst, "vport states"). */
bool vport_state_needs_reset(enum vport_state state);

/* Returns a hint for the admin; NULL if there is none. is_tried: a start is being retried with a vport that npiv
 * created, and logs it in again if needed. */
const char *diagnosis_hint(const struct diagnosis *diagnosis, bool is_tried);

/* Fills *ret_wanted from a configuration; *vhba must outlive it. */
void wanted_from_config(const struct vhba_config *vhba, struct wanted *ret_wanted);

/* Finds the vport of the vHBA. If several HBAs have a vport of its WWPN, it is the one of the stored state, else
 * one below a parent that the rule allows, else any that is not in another fabric. Returns NULL if there is
 * none. */
const struct fc_vport *wanted_vport(const struct wanted *wanted,
				    const struct inventory *inventory);

/* Finds another vport of the same WWPN; NULL if there is none. */
const struct fc_vport *wanted_twin(const struct wanted *wanted,
				   const struct inventory *inventory);

/* Finds the port that sees the LUNs of the vHBA; NULL if there is none. The LUNs are on the host of this port. */
const struct fc_port *wanted_port(const struct wanted *wanted,
				  const struct inventory *inventory);

/* Checks the stages in their order. readiness has one entry for each LUN of the inventory. The inventory may lack
 * the remote ports and LUNs of other hosts; but if no port of this host has the wanted WWPN, it has the remote
 * ports with this WWPN. Does not wait for LUNs to settle: without luns and min_luns, a vHBA with one usable LUN,
 * and no unfinished one, is ready. Returns 0 or -ENOMEM. */
int diagnose(const struct inventory *inventory, const enum lun_readiness *readiness,
	     const struct wanted *wanted, struct diagnosis *ret_diagnosis) _must_check_;
