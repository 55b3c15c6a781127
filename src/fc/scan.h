/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills the inventory from sysfs. */
#pragma once

#include "fc/inventory.h"

/* Looks at every Fibre Channel port, vport, remote port and LUN below sysfs ("/sys", or a captured
 * tree). What goes away during the look is left out; a host without Fibre Channel gives an empty
 * inventory. Returns -errno only where sysfs itself cannot be opened, or -ENOMEM. On success
 * *ret_inventory is the caller's, to be emptied with inventory_done(). */
int scan_inventory(const char *sysfs, struct inventory *ret_inventory) _must_check_;

/* One host alone: the port, the parent and the vport that it hangs below, its remote ports and LUNs. What a
 * start looks at over and over costs by its own LUNs, not by the ports and LUNs of all. A host that is gone
 * gives an empty inventory. */
int scan_host(const char *sysfs, uint32_t host,
	      struct inventory *ret_inventory) _must_check_;

/* Ports and vports alone. */
int scan_ports(const char *sysfs, struct inventory *ret_inventory) _must_check_;

/* What one vHBA has to know of the others: every HBA, but of a virtual port the names alone (struct
 * fc_vport: the WWPN) unless it has this WWPN; 0: none has. With hundreds of them that start at once the rest
 * would be most of what each reads. */
int scan_names(const char *sysfs, uint64_t wwpn,
	       struct inventory *ret_inventory) _must_check_;

/* Chooses a host once ports and vports are known; HOST_NONE: none. */
typedef uint32_t (*scan_choose_fn)(const struct inventory *inventory, void *context);

/* The same, and remote ports and LUNs of the host that choose() says; where that is none, remote ports of this
 * WWPN, whichever port sees them. */
int scan_names_and_luns(const char *sysfs, uint64_t wwpn, scan_choose_fn choose,
			void *context, struct inventory *ret_inventory) _must_check_;
