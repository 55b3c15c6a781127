/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills the inventory from sysfs. */
#pragma once

#include "fc/inventory.h"

/* Reads every Fibre Channel port, vport, remote port and LUN below sysfs ("/sys", or a captured tree). Objects that
 * disappear meanwhile are left out; a host without Fibre Channel gives an empty inventory. Returns -errno only if
 * sysfs itself cannot be opened, or -ENOMEM. The caller empties *ret_inventory with inventory_done(). */
int scan_inventory(const char *sysfs, struct inventory *ret_inventory) _must_check_;

/* Reads one host: its port, the parent and the vport above it, its remote ports and LUNs. A start scans repeatedly,
 * so the cost must depend on its own LUNs, not on all ports and LUNs. A host that is gone gives an empty
 * inventory. */
int scan_host(const char *sysfs, uint32_t host,
	      struct inventory *ret_inventory) _must_check_;

/* Reads only ports and vports. */
int scan_ports(const char *sysfs, struct inventory *ret_inventory) _must_check_;

/* Reads what one vHBA needs to know of the others: every HBA, but only the names of virtual ports (struct fc_vport:
 * the WWPN), except for those with this WWPN (0: none). If hundreds of vHBAs start at once, the rest would be most
 * of what each reads. */
int scan_names(const char *sysfs, uint64_t wwpn,
	       struct inventory *ret_inventory) _must_check_;

/* Chooses a host when ports and vports are known; HOST_NONE for none. */
typedef uint32_t (*scan_choose_fn)(const struct inventory *inventory, void *context);

/* Like scan_names(), but also reads the remote ports and LUNs of the host that choose() returns; if it returns
 * none, the remote ports with this WWPN of all ports. */
int scan_names_and_luns(const char *sysfs, uint64_t wwpn, scan_choose_fn choose,
			void *context, struct inventory *ret_inventory) _must_check_;
