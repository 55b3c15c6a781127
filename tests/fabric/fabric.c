// SPDX-License-Identifier: LGPL-2.1-or-later
/* The switch itself: links, discovery, keep-alives, and the forwarding of frames. */
#include "fabric.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"

/* FC-BB-5 7.8.5: a login ends when 2.5 keep-alives are missing; virtual ports send every 90 s. */
#define KEEP_ALIVE_MSEC	   8000
#define VN_KEEP_ALIVE_MSEC 90000

static const uint8_t all_enodes[MAC_LEN] = { 0x01, 0x10, 0x18, 0x01, 0x00, 0x01 };
static const uint8_t all_fcfs[MAC_LEN] = { 0x01, 0x10, 0x18, 0x01, 0x00, 0x02 };

static uint8_t domain_of(const char *name)
{
	uint8_t sum = 0;

	for (const char *p = name; *p; p++)
		sum = (uint8_t)(sum * 31 + *p);
	return (uint8_t)(1 + sum % 239);
}

void fabric_init(struct fabric *fabric, const char *name)
{
	memset(fabric, 0, sizeof(*fabric));
	snprintf(fabric->name, sizeof(fabric->name), "%s", name);
	fabric->ports.domain = domain_of(name);
	fabric->fabric_name = 0x10000efc00000000u | (uint64_t)fabric->ports.domain << 16;
	fabric->switch_name = fabric->fabric_name | 1;
	fabric->enabled = true;
	fabric->npiv = true;
	fabric->npiv_limit = FABRIC_NPIV_LIMIT;
	fabric->keep_alive_msec = KEEP_ALIVE_MSEC;
	fabric->fault.random = 1;
}

void fabric_add_link(struct fabric *fabric, unsigned int link, enum fabric_role role,
		     const uint8_t mac[MAC_LEN])
{
	struct fabric_link *l = &fabric->links[link];

	assert(link < FABRIC_LINKS_MAX);
	*l = (struct fabric_link){ .used = true, .enabled = true, .role = role };
	memcpy(l->mac, mac, MAC_LEN);
	/* Advertise at once: an HBA that solicited before needs not wait for the next round. */
	fabric->advertise_msec = 0;
}

struct fip_switch fabric_self(const struct fabric *fabric, unsigned int link)
{
	struct fip_switch self = {
		.switch_name = fabric->switch_name,
		.fabric_name = fabric->fabric_name,
		.keep_alive_msec = fabric->keep_alive_msec,
	};

	memcpy(self.mac, fabric->links[link].mac, MAC_LEN);
	return self;
}

bool fabric_connects(const struct fabric *fabric, const struct port *a,
		     const struct port *b)
{
	return fabric->links[a->link].role != fabric->links[b->link].role &&
	       zone_allows(&fabric->zone, a->wwpn, b->wwpn);
}

bool fabric_shows(const struct fabric *fabric, const struct port *asker,
		  const struct port *other)
{
	return fabric->links[asker->link].role == FABRIC_INITIATOR &&
	       fabric_connects(fabric, asker, other);
}

void fabric_send_to_port(struct fabric *fabric, const struct port *port,
			 const struct fc_frame *frame)
{
	struct eth_frame eth;
	uint8_t dst[MAC_LEN];

	fc_id_to_mac(port->fc_id, dst);
	fcoe_build(&eth, dst, fabric->links[port->link].mac, frame);
	fabric->send(fabric->context, port->link, eth.data, eth.len, 0);
}

static void advertise(struct fabric *fabric, unsigned int link, const uint8_t *dst,
		      const struct fip_message *asked)
{
	struct fip_switch self = fabric_self(fabric, link);
	struct eth_frame eth;

	fip_build_advertisement(&eth, &self, dst, asked != NULL, asked ? asked->size : 0);
	fabric->send(fabric->context, link, eth.data, eth.len, 0);
}

static void receive_keep_alive(struct fabric *fabric, unsigned int link,
			       const struct fip_message *message, uint64_t now_msec)
{
	struct port *port = ports_by_id(&fabric->ports, message->vn_port_id);
	struct port *physical = ports_physical(&fabric->ports, link);

	if (port && port->link == link && port->wwpn == message->vn_port_wwpn)
		port->seen_msec = now_msec;
	if (physical)
		physical->seen_msec = now_msec;
}

static void receive_fip(struct fabric *fabric, unsigned int link, const uint8_t *data,
			size_t len, uint64_t now_msec)
{
	struct fip_message message;

	if (fip_parse(data, len, &message) < 0) {
		fabric->n_dropped++;
		return;
	}
	if (message.op == FIP_OP_DISCOVERY && message.subcode == FIP_SOLICITATION &&
	    message.has_mac)
		advertise(fabric, link, message.mac, &message);
	else if (message.op == FIP_OP_CONTROL && message.subcode == FIP_KEEP_ALIVE)
		receive_keep_alive(fabric, link, &message, now_msec);
	else if (message.op == FIP_OP_LINK_SERVICE && message.subcode == FIP_REQUEST)
		fabric_receive_login(fabric, link, &message, now_msec);
}

/* The port that may send this frame on this link: logged in, under its own address. */
static struct port *find_sender(struct fabric *fabric, unsigned int link,
				const uint8_t *source, uint32_t s_id)
{
	struct port *port = ports_by_id(&fabric->ports, s_id);
	uint8_t mac[MAC_LEN];

	if (!port || port->link != link)
		return NULL;
	fc_id_to_mac(s_id, mac);
	return memcmp(mac, source, MAC_LEN) == 0 ? port : NULL;
}

/* Passes a frame on as it came, but for the Ethernet addresses: the CRC stays valid. */
static void forward(struct fabric *fabric, const struct port *from, uint32_t d_id,
		    uint8_t *data, size_t len)
{
	const struct port *to = ports_by_id(&fabric->ports, d_id);

	if (!to || !fabric_connects(fabric, from, to) ||
	    fault_drops_frame(&fabric->fault)) {
		fabric->n_dropped++;
		return;
	}
	fc_id_to_mac(d_id, data);
	memcpy(data + MAC_LEN, fabric->links[to->link].mac, MAC_LEN);
	fabric->n_forwarded++;
	fabric->send(fabric->context, to->link, data, len,
		     fabric->fault.frame_delay_msec);
}

static void receive_fcoe(struct fabric *fabric, unsigned int link, uint8_t *data,
			 size_t len, uint64_t now_msec)
{
	struct fc_frame frame;
	struct port *from;

	/* Only frames for the switch itself are worth a CRC: ends check their own. */
	if (len < ETH_HEADER_LEN + FCOE_HEADER_LEN + FC_HEADER_LEN + FCOE_TRAILER_LEN ||
	    fc_parse(data + ETH_HEADER_LEN + FCOE_HEADER_LEN,
		     len - ETH_HEADER_LEN - FCOE_HEADER_LEN - FCOE_TRAILER_LEN,
		     &frame) < 0) {
		fabric->n_dropped++;
		return;
	}
	from = find_sender(fabric, link, data + MAC_LEN, frame.s_id);
	if (!from) {
		fabric->n_dropped++;
		return;
	}
	from->seen_msec = now_msec;
	if (frame.d_id < FC_ID_WELL_KNOWN_BASE)
		forward(fabric, from, frame.d_id, data, len);
	else if (fcoe_parse(data, len, &frame) == 0)
		fabric_receive_service(fabric, from, &frame);
	else
		fabric->n_dropped++;
}

void fabric_receive(struct fabric *fabric, unsigned int link, uint8_t *data, size_t len,
		    uint64_t now_msec)
{
	const struct fabric_link *l = &fabric->links[link];

	assert(link < FABRIC_LINKS_MAX);
	if (!fabric->enabled || !l->used || !l->enabled || len < ETH_HEADER_LEN)
		return;
	if (memcmp(data, l->mac, MAC_LEN) != 0 && memcmp(data, all_fcfs, MAC_LEN) != 0)
		return;
	switch (get_be16(data + 2 * MAC_LEN)) {
	case ETHERTYPE_FIP:
		receive_fip(fabric, link, data, len, now_msec);
		break;
	case ETHERTYPE_FCOE:
		receive_fcoe(fabric, link, data, len, now_msec);
		break;
	}
}

static bool has_expired(const struct fabric *fabric, const struct port *port,
			uint64_t now_msec)
{
	uint64_t period = port->is_virtual ? VN_KEEP_ALIVE_MSEC : fabric->keep_alive_msec;

	return now_msec > port->seen_msec + period * 5 / 2;
}

void fabric_tick(struct fabric *fabric, uint64_t now_msec)
{
	ports_foreach(port, &fabric->ports)
	{
		if (!has_expired(fabric, port, now_msec))
			continue;
		if (port->is_virtual)
			fabric_logout(fabric, port);
		else
			fabric_link_lost(fabric, port->link);
	}
	if (now_msec < fabric->advertise_msec)
		return;
	fabric->advertise_msec = now_msec + fabric->keep_alive_msec;
	if (!fabric->enabled)
		return;
	for (unsigned int link = 0; link < FABRIC_LINKS_MAX; link++)
		if (fabric->links[link].used && fabric->links[link].enabled)
			advertise(fabric, link, all_enodes, NULL);
}

void fabric_link_lost(struct fabric *fabric, unsigned int link)
{
	ports_foreach(port, &fabric->ports) if (port->link == link)
		fabric_logout(fabric, port);
}

void fabric_throw_out(struct fabric *fabric, struct port *port)
{
	fabric_clear_links(fabric, port);
	if (port->is_virtual)
		fabric_logout(fabric, port);
	else
		fabric_link_lost(fabric, port->link);
}

void fabric_enable_link(struct fabric *fabric, unsigned int link, bool on)
{
	struct port *physical = ports_physical(&fabric->ports, link);

	if (physical && !on)
		fabric_throw_out(fabric, physical);
	fabric->links[link].enabled = on;
	fabric->advertise_msec = 0;
}

void fabric_enable(struct fabric *fabric, bool on)
{
	ports_foreach(port, &fabric->ports) if (!on && !port->is_virtual)
		fabric_throw_out(fabric, port);
	fabric->enabled = on;
	fabric->advertise_msec = 0;
}
