// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds the users of a WWN. */
#include <inttypes.h>

#include "diagnose/wwn-use.h"
#include "fc/wwn.h"

static bool is_excepted(const char *name, const char *except)
{
	return except && streq(name, except);
}

static bool vhbas_have(const struct vhba_config *vhbas, size_t n, uint64_t wwn,
		       const char *except, char *user)
{
	for (size_t i = 0; i < n; i++) {
		const struct vhba_config *vhba = &vhbas[i];

		if ((vhba->wwpn != wwn && vhba->wwnn != wwn) ||
		    is_excepted(vhba->name, except))
			continue;
		(void)snprintf(user, WWN_USER_SIZE, "vHBA '%s' (%s:%u)", vhba->name,
			       vhba->file, vhba->line);
		return true;
	}
	return false;
}

static bool config_has(const struct config *config, uint64_t wwn, const char *except,
		       char *user)
{
	return config &&
	       (vhbas_have(config->vhbas, config->n_vhbas, wwn, except, user) ||
		vhbas_have(config->elsewhere, config->n_elsewhere, wwn, except, user));
}

static bool states_have(const struct wwn_world *world, uint64_t wwn, bool as_node,
			const char *except, char *user)
{
	for (size_t i = 0; i < world->n_states; i++) {
		const struct vhba_state *state = &world->states[i];

		if ((state->wwpn != wwn && (!as_node || state->wwnn != wwn)) ||
		    is_excepted(state->name, except))
			continue;
		(void)snprintf(user, WWN_USER_SIZE, "vHBA '%s', which is up",
			       state->name);
		return true;
	}
	return false;
}

static void describe_rport(const struct fc_rport *rport, char *user)
{
	(void)snprintf(user, WWN_USER_SIZE,
		       "remote port %s (%s), which host%" PRIu32 " sees in the fabric",
		       rport->sysname, port_state_to_string(rport->state), rport->host);
}

/* Whether the WWPN is that of the virtual port of this vHBA, which does not count. */
static bool is_port_of(const struct wwn_world *world, uint64_t wwpn, const char *name)
{
	for (size_t i = 0; name && i < world->n_states; i++)
		if (streq(world->states[i].name, name) && world->states[i].wwpn == wwpn)
			return true;
	return false;
}

static bool ports_have(const struct wwn_world *world, uint64_t wwn, const char *except,
		       char *user)
{
	const struct inventory *inventory = world->inventory;

	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		if ((port->wwpn != wwn && port->wwnn != wwn) ||
		    is_port_of(world, port->wwpn, except))
			continue;
		(void)snprintf(user, WWN_USER_SIZE, "the %s host%" PRIu32,
			       port->is_vport ? "virtual HBA" : "HBA", port->host);
		return true;
	}
	for (size_t i = 0; i < inventory->n_vports; i++) {
		const struct fc_vport *vport = &inventory->vports[i];

		if ((vport->wwpn != wwn && vport->wwnn != wwn) ||
		    is_port_of(world, vport->wwpn, except))
			continue;
		(void)snprintf(user, WWN_USER_SIZE, "virtual port %s", vport->sysname);
		return true;
	}
	return false;
}

static bool rports_have(const struct wwn_world *world, uint64_t wwn, const char *except,
			char *user)
{
	for (size_t i = 0; i < world->inventory->n_rports; i++) {
		const struct fc_rport *rport = &world->inventory->rports[i];

		if ((rport->wwpn != wwn && rport->wwnn != wwn) ||
		    is_port_of(world, rport->wwpn, except))
			continue;
		describe_rport(rport, user);
		return true;
	}
	return false;
}

bool wwn_is_used(const struct wwn_world *world, uint64_t wwn, const char *except,
		 char user[static WWN_USER_SIZE])
{
	assert(world);
	assert(user);

	if (config_has(world->config, wwn, except, user) ||
	    states_have(world, wwn, true, except, user))
		return true;
	if (!world->inventory)
		return false;
	return ports_have(world, wwn, except, user) ||
	       rports_have(world, wwn, except, user);
}

bool wwn_is_taken(const struct wwn_world *world, const struct vhba_config *vhba,
		  char user[static WWN_USER_SIZE])
{
	const struct fc_vport *vport;
	const struct fc_rport *rport;
	const struct fc_port *port;
	char wwnn[WWN_TEXT_SIZE];

	assert(world);
	assert(vhba);
	assert(user);

	if (vhba->type != VHBA_VPORT)
		return false;
	if (states_have(world, vhba->wwpn, false, vhba->name, user))
		return true;
	vport = inventory_vport_by_wwpn(world->inventory, vhba->wwpn);
	/* A restart deletes the vHBA's own port first, whatever its WWNs are. */
	if (is_port_of(world, vhba->wwpn, vhba->name))
		return false;
	if (vport && vport->wwnn != vhba->wwnn) {
		(void)snprintf(user, WWN_USER_SIZE,
			       "virtual port %s, whose WWNN is another (%s)",
			       vport->sysname, wwn_format(vport->wwnn, wwnn));
		return true;
	}
	port = inventory_port_by_wwpn(world->inventory, vhba->wwpn);
	if (port && !port->is_vport) {
		(void)snprintf(user, WWN_USER_SIZE, "the HBA host%" PRIu32, port->host);
		return true;
	}
	/* Other ports of this host see an initiator of this host as a remote port, too. */
	rport = vport || port ? NULL :
				inventory_rport_online(world->inventory, vhba->wwpn);
	if (!rport)
		return false;
	describe_rport(rport, user);
	return true;
}
