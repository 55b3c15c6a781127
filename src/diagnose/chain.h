/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The chain from the HBA to a named LUN link by link: what there is of each, and which one is broken. */
#pragma once

#include "diagnose/diagnose.h"

enum chain_part {
	CHAIN_PARENT,
	CHAIN_LINK,
	CHAIN_FABRIC,
	CHAIN_VPORT,
	CHAIN_LOGIN,
	CHAIN_REMOTE_PORTS,
	CHAIN_LUNS,
	CHAIN_DISKS,
	CHAIN_MULTIPATH,
	CHAIN_NAMES,
	_CHAIN_MAX,
};

enum chain_verdict {
	CHAIN_OK,
	CHAIN_BROKEN,
	CHAIN_OPEN, /* behind a broken one, or nothing is known of it */
	_CHAIN_VERDICT_MAX,
};

struct chain_link {
	enum chain_verdict verdict;
	char text[NPIV_DETAIL_MAX]; /* what is there; of a broken one what is wrong */
};

struct chain {
	struct diagnosis diagnosis; /* the first broken link as a stage */
	struct chain_link links[_CHAIN_MAX];
};

/* Follows the chain as diagnose() does, whose arguments these are, and says of every link what there
 * is. The inventory holds the remote ports and LUNs of the vHBA's host alone
 * (inventory_of_host()). -ENOMEM. */
int chain_follow(const struct inventory *inventory, const enum lun_readiness *readiness,
		 const struct wanted *wanted, struct chain *ret_chain) _must_check_;

/* Which link a stage is about; _CHAIN_MAX for those that are about none of them. */
enum chain_part chain_part_of_stage(enum npiv_stage stage);

/* Stable words for people and JSON: "remote-ports"; "ok", "broken", "open". */
const char *chain_part_to_string(enum chain_part part);
const char *chain_verdict_to_string(enum chain_verdict verdict);
