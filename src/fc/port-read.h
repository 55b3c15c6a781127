/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one Fibre Channel port from its fc_host. */
#pragma once

#include "fc/inventory.h"
#include "lib/util.h"

/* Where an fc_host is read. */
struct port_source {
	int sysfs; /* an open folder */
	const struct target_list *targets;
	int dir; /* the open folder of the fc_host */
	const char *path; /* target of its link in class/fc_host */
};

/* Both fill in a port whose host is set. Values that a driver does not show, or shows wrongly, are unset as
 * described at struct fc_port. The first function reads what distinguishes the port: its names, the host above it,
 * and whether it is a target; the second reads all the rest. */
void port_read_names(const struct port_source *source, struct fc_port *port);
void port_read_rest(const struct port_source *source, struct fc_port *port);

/* The WWPNs of all ports that are targets of LIO (configfs, in kernel/config below sysfs): software targets such as
 * tcm_fc do not inform their driver. */
struct target_list {
	uint64_t *wwpns;
	size_t n;
};

/* Reads the list; sysfs is an open folder. A folder that cannot be read has no targets. Returns 0 or -ENOMEM. The
 * caller empties the list with target_list_done(). */
int target_list_read(int sysfs, struct target_list *ret_list) _must_check_;
void target_list_done(struct target_list *list);

/* Whether a port is in target mode: it is in the list, or its driver reports so (active_mode of the scsi_host). If
 * that cannot be read, the port is not in target mode. */
bool target_mode_has(int sysfs, const struct target_list *list, uint32_t host,
		     uint64_t wwpn);
