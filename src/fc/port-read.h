/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One Fibre Channel port as its fc_host shows it. */
#pragma once

#include "fc/inventory.h"
#include "lib/util.h"

/* What an fc_host is read from. */
struct port_source {
	int sysfs; /* an open folder */
	const struct target_list *targets;
	int dir; /* the fc_host's own, open too */
	const char *path; /* where the link to it in class/fc_host leads */
};

/* Both fill in a port whose host is set. What a driver does not show, or shows wrongly, is as struct fc_port
 * says of what is unset. The first reads what tells it from others: names, what it hangs below, whether it is
 * a target; the second all the rest. */
void port_read_names(const struct port_source *source, struct fc_port *port);
void port_read_rest(const struct port_source *source, struct fc_port *port);

/* The names of all ports that LIO has as targets (configfs, below sysfs's kernel/config): software targets
 * such as tcm_fc are some without telling their driver. */
struct target_list {
	uint64_t *wwpns;
	size_t n;
};

/* sysfs is an open folder. What cannot be read has no targets. -ENOMEM. The caller empties the list with
 * target_list_done(). */
int target_list_read(int sysfs, struct target_list *ret_list) _must_check_;
void target_list_done(struct target_list *list);

/* Whether a port is in target mode: it is in the list, or its driver says so (scsi_host's active_mode).
 * If it cannot be read, the port counts as not in target mode. */
bool target_mode_has(int sysfs, const struct target_list *list, uint32_t host,
		     uint64_t wwpn);
