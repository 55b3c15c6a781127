/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of N_Ports: who is logged in to the fabric, where, and what it registered. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PORTS_MAX     512
#define PORT_FC4_LEN  32
#define PORT_NAME_MAX 255

struct port {
	uint64_t wwpn;
	uint64_t wwnn;
	uint32_t fc_id;
	unsigned int link;
	bool online;
	bool is_virtual;
	bool wants_rscn;
	uint64_t seen_msec;
	uint8_t fc4_types[PORT_FC4_LEN];
	uint8_t fcp_features;
	char symbolic_name[PORT_NAME_MAX + 1];
};

/* Entries of ports that have left stay, so that the same WWPN gets the same FC_ID again. */
struct port_table {
	uint8_t domain;
	size_t n_ports;
	struct port ports[PORTS_MAX];
};

/* Walks the ports that are logged in. */
#define ports_foreach(p, table)                              \
	for (struct port * (p) = (table)->ports;             \
	     (p) < (table)->ports + (table)->n_ports; (p)++) \
		if ((p)->online)

/*
 * Logs a port in on a link and gives its entry, owned by the table. The physical port of a
 * link has index 0 in the FC_ID, virtual ones the rest. A port that is already logged in with
 * this WWPN on this link gets its entry back, freshly initialised.
 * -EADDRINUSE: the WWPN is logged in elsewhere, or the link has another physical port.
 * -ENOSPC: no FC_ID or no entry left.
 */
int ports_login(struct port_table *table, unsigned int link, bool is_virtual,
		uint64_t wwpn, uint64_t wwnn, struct port **ret_port);

/* Marks the port as gone and forgets what it registered. */
void port_logout(struct port *port);

/* The port that is logged in with this FC_ID, or NULL. */
struct port *ports_by_id(struct port_table *table, uint32_t fc_id);

/* The port that is logged in with this WWPN, or NULL. */
struct port *ports_by_wwpn(struct port_table *table, uint64_t wwpn);

/* The physical port of the link when it is logged in, else NULL. */
struct port *ports_physical(struct port_table *table, unsigned int link);

/* How many virtual ports are logged in on the link. */
size_t ports_count_virtual(struct port_table *table, unsigned int link);
