/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One Fibre Channel port as its fc_host shows it. */
#pragma once

#include "fc/inventory.h"
#include "fc/target-mode.h"

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
