// SPDX-License-Identifier: LGPL-2.1-or-later
/* Keeps the table of N_Ports and hands out FC_IDs. */
#include "port.h"

#include <errno.h>
#include <string.h>

#define INDEX_MAX 255

static struct port *find_known(struct port_table *table, unsigned int link, uint64_t wwpn)
{
	for (size_t i = 0; i < table->n_ports; i++) {
		struct port *port = &table->ports[i];

		if (port->link == link && port->wwpn == wwpn)
			return port;
	}
	return NULL;
}

static struct port *find_id(struct port_table *table, uint32_t fc_id)
{
	for (size_t i = 0; i < table->n_ports; i++)
		if (table->ports[i].fc_id == fc_id)
			return &table->ports[i];
	return NULL;
}

static uint32_t make_id(const struct port_table *table, unsigned int link,
			unsigned int index)
{
	return (uint32_t)table->domain << 16 | (link & 0xff) << 8 | index;
}

/*
 * A free entry with an FC_ID for a newcomer. One that was never used is preferred: a target
 * may still hold sessions of the port that had the other one before.
 */
static struct port *claim_entry(struct port_table *table, unsigned int link,
				bool is_virtual)
{
	unsigned int last = is_virtual ? INDEX_MAX : 0;
	struct port *used = NULL;

	for (unsigned int index = is_virtual ? 1 : 0; index <= last; index++) {
		struct port *port = find_id(table, make_id(table, link, index));

		if (!port && table->n_ports < PORTS_MAX) {
			port = &table->ports[table->n_ports++];
			*port = (struct port){ .fc_id = make_id(table, link, index) };
			return port;
		}
		if (port && !port->online && !used)
			used = port;
	}
	return used;
}

int ports_login(struct port_table *table, unsigned int link, bool is_virtual,
		uint64_t wwpn, uint64_t wwnn, struct port **ret_port)
{
	struct port *port = ports_by_wwpn(table, wwpn);
	uint32_t fc_id;

	if (port && (port->link != link || port->is_virtual != is_virtual))
		return -EADDRINUSE;
	port = find_known(table, link, wwpn);
	if (port && port->is_virtual != is_virtual)
		port = NULL;
	if (!port && !is_virtual && ports_physical(table, link))
		return -EADDRINUSE;
	if (!port)
		port = claim_entry(table, link, is_virtual);
	if (!port)
		return -ENOSPC;

	fc_id = port->fc_id;
	*port = (struct port){
		.wwpn = wwpn,
		.wwnn = wwnn,
		.fc_id = fc_id,
		.link = link,
		.online = true,
		.is_virtual = is_virtual,
	};
	*ret_port = port;
	return 0;
}

void port_logout(struct port *port)
{
	port->online = false;
	port->wants_rscn = false;
	port->fcp_features = 0;
	port->symbolic_name[0] = '\0';
	memset(port->fc4_types, 0, sizeof(port->fc4_types));
}

struct port *ports_by_id(struct port_table *table, uint32_t fc_id)
{
	ports_foreach(port, table) if (port->fc_id == fc_id) return port;
	return NULL;
}

struct port *ports_by_wwpn(struct port_table *table, uint64_t wwpn)
{
	ports_foreach(port, table) if (port->wwpn == wwpn) return port;
	return NULL;
}

struct port *ports_physical(struct port_table *table, unsigned int link)
{
	ports_foreach(port,
		      table) if (port->link == link && !port->is_virtual) return port;
	return NULL;
}

size_t ports_count_virtual(struct port_table *table, unsigned int link)
{
	size_t n = 0;

	ports_foreach(port, table) n += port->link == link && port->is_virtual;
	return n;
}
