/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills the inventory from sysfs. */
#pragma once

#include "core/inventory.h"

/* Looks at every Fibre Channel port, vport, remote port and LUN below sysfs ("/sys", or a captured
 * tree). What goes away during the look is left out; a host without Fibre Channel gives an empty
 * inventory. Returns -errno only where sysfs itself cannot be opened, or -ENOMEM. On success
 * *ret_inventory is the caller's, to be emptied with inventory_done(). */
int scan_inventory(const char *sysfs, struct inventory *ret_inventory) _must_check_;

/* The same, but remote ports and LUNs only of this one host: what a start looks at over and over
 * costs by its own LUNs, not by those of all. */
int scan_host(const char *sysfs, uint32_t host, struct inventory *ret_inventory) _must_check_;

/* The same with ports and vports alone. */
int scan_ports(const char *sysfs, struct inventory *ret_inventory) _must_check_;
