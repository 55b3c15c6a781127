// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tells ports of changes: state change notifications, and virtual links that are cleared. */
#include "els.h"
#include "fabric.h"

void fabric_notify_one(struct fabric *fabric, const struct port *listener,
		       uint32_t about_id)
{
	uint8_t payload[ELS_RSCN_LEN];
	struct fc_frame frame = {
		.r_ctl = R_CTL_ELS_REQUEST,
		.type = FC_TYPE_ELS,
		.d_id = listener->fc_id,
		.s_id = FC_ID_CONTROLLER,
		.f_ctl = F_CTL_FIRST_SEQUENCE | F_CTL_END_SEQUENCE | F_CTL_INITIATIVE,
		.rx_id = FC_XID_UNKNOWN,
		.payload = payload,
		.payload_len = sizeof(payload),
	};

	if (!listener->online || !listener->wants_rscn)
		return;
	frame.ox_id = fabric->next_ox_id;
	fabric->next_ox_id = (uint16_t)((fabric->next_ox_id + 1) % FC_XID_UNKNOWN);
	els_build_rscn(payload, about_id);
	fabric_send_to_port(fabric, listener, &frame);
}

void fabric_notify_arrival(struct fabric *fabric, const struct port *about)
{
	ports_foreach(port, &fabric->ports) if (fabric_shows(fabric, port, about))
		fabric_notify_one(fabric, port, about->fc_id);
}

void fabric_notify_departure(struct fabric *fabric, const struct port *about)
{
	ports_foreach(port, &fabric->ports) if (fabric_connects(fabric, port, about))
		fabric_notify_one(fabric, port, about->fc_id);
}

void fabric_logout(struct fabric *fabric, struct port *port)
{
	port_logout(port);
	fabric_notify_departure(fabric, port);
}

void fabric_clear_links(struct fabric *fabric, const struct port *port)
{
	struct fip_virtual_link links[FIP_CLEAR_MAX];
	struct fip_switch self = fabric_self(fabric, port->link);
	struct eth_frame eth;
	size_t n = 0;

	ports_foreach(other, &fabric->ports)
	{
		if (other->link != port->link || (port->is_virtual && other != port))
			continue;
		if (n < FIP_CLEAR_MAX)
			links[n++] =
				(struct fip_virtual_link){ other->fc_id, other->wwpn };
	}
	fip_build_clear(&eth, &self, fabric->links[port->link].peer, links, n);
	fabric->send(fabric->context, port->link, eth.data, eth.len, 0);
}

static bool is_pair(const struct port *first, const struct port *second, uint64_t a,
		    uint64_t b)
{
	return (a == 0 || first->wwpn == a) && (b == 0 || second->wwpn == b);
}

/* Tells each of the two sides of a zoning rule about the other; targets hear of losses only. */
static void notify_pairs(struct fabric *fabric, uint64_t a, uint64_t b, bool arrival)
{
	ports_foreach(listener, &fabric->ports)
	{
		if (arrival && fabric->links[listener->link].role == FABRIC_TARGET)
			continue;
		ports_foreach(about, &fabric->ports)
		{
			if (fabric->links[listener->link].role ==
			    fabric->links[about->link].role)
				continue;
			if (is_pair(listener, about, a, b) ||
			    is_pair(listener, about, b, a))
				fabric_notify_one(fabric, listener, about->fc_id);
		}
	}
}

int fabric_hide(struct fabric *fabric, uint64_t a, uint64_t b)
{
	int r = zone_hide(&fabric->zone, a, b);

	if (r == 0)
		notify_pairs(fabric, a, b, false);
	return r;
}

int fabric_show(struct fabric *fabric, uint64_t a, uint64_t b)
{
	int r = zone_show(&fabric->zone, a, b);

	if (r == 0)
		notify_pairs(fabric, a, b, true);
	return r;
}
