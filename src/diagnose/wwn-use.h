/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The users of a WWN: the configuration, the vHBAs that are up, the ports of this host, and the remote ports that they
 * see. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "state/state.h"

/* Where to search; NULL parts are skipped. The configuration includes the names of other hosts. */
struct wwn_world {
	const struct config *config;
	const struct vhba_state *states;
	size_t n_states;
	const struct inventory *inventory;
};

#define WWN_USER_SIZE 384U

/* Whether a port or a node has this WWN. Writes the user to user: "vHBA 'web01' (/etc/npiv.d/web01.conf:1)", "the
 * HBA host7", "virtual port vport-7:0-1", "remote port rport-8:0-1". except is a vHBA to ignore, or NULL. */
bool wwn_is_used(const struct wwn_world *world, uint64_t wwn, const char *except,
		 char user[static WWN_USER_SIZE]);

/* Whether a vHBA cannot have its WWPN: another vHBA that is up has it, a physical port of this host, a virtual port
 * with another WWNN, or a port of another machine that is logged in. The vHBA's own virtual port does not count,
 * even if another tool created it. */
bool wwn_is_taken(const struct wwn_world *world, const struct vhba_config *vhba,
		  char user[static WWN_USER_SIZE]);
