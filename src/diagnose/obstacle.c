// SPDX-License-Identifier: LGPL-2.1-or-later
/* Judges an HBA as a parent: driver, mode, limits, link, topology, in this order. */
#include <inttypes.h>

#include "diagnose/obstacle.h"
#include "fc/wwn.h"

/* Reasons that lie in the port itself; NULL where there is none. */
static const char *lasting_obstacle(const struct fc_port *port)
{
	if (port->is_vport)
		return "is itself a virtual port";
	/* On IBM Z the channel does NPIV: the hypervisor's tools hand out ports, Linux cannot. */
	if (streq(port->port_type, "NPIV VPORT"))
		return "is itself an NPIV port, made by its channel";
	if (streq(port->driver, "zfcp"))
		return "zfcp makes no virtual ports: NPIV is set up in the channel";
	if (!port->is_capable)
		return "its driver offers no vport_create";
	if (port->max_vports == 0)
		return "its limit of virtual ports is 0";
	if (port->is_target)
		return "is in target mode: only where a parent key names it";
	return NULL;
}

static bool is_without_switch(const struct fc_port *port)
{
	return startswith(port->port_type, "LPort") ||
	       startswith(port->port_type, "Point-To-Point");
}

char *port_obstacle(const struct fc_port *port, char buf[static OBSTACLE_SIZE])
{
	const char *lasting;

	assert(port);

	lasting = lasting_obstacle(port);
	*buf = '\0';
	if (lasting)
		(void)snprintf(buf, OBSTACLE_SIZE, "%s", lasting);
	else if (!wwn_is_usable(port->wwpn))
		(void)snprintf(buf, OBSTACLE_SIZE, "its driver has not set its WWPN");
	else if (port->state != PORT_ONLINE)
		(void)snprintf(buf, OBSTACLE_SIZE, "has no link: %s",
			       port_state_to_string(port->state));
	else if (is_without_switch(port))
		(void)snprintf(buf, OBSTACLE_SIZE,
			       "is connected without a switch, and NPIV takes one");
	else if (port->vports_inuse >= port->max_vports)
		(void)snprintf(buf, OBSTACLE_SIZE,
			       "all of its %" PRIu32 " virtual ports are in use",
			       port->max_vports);
	return buf;
}

uint32_t port_free_vports(const struct fc_port *port)
{
	assert(port);

	if (!port->is_capable || port->is_vport || port->vports_inuse >= port->max_vports)
		return 0;
	return port->max_vports - port->vports_inuse;
}
