/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One Fibre Channel switch that is a whole fabric: frames in, frames out, and the time. It
 * knows no sockets and no clock, so that tests can play both ends.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "fip.h"
#include "frame.h"
#include "port.h"
#include "zone.h"

#define FABRIC_LINKS_MAX  32
#define FABRIC_NAME_MAX	  15
#define FABRIC_NPIV_LIMIT 255

/* Frames pass between ports behind an initiator link and ports behind a target link only. */
enum fabric_role {
	FABRIC_INITIATOR,
	FABRIC_TARGET,
};

/* One interface of the switch with one ENode (an HBA) at its other end. */
struct fabric_link {
	bool used;
	bool enabled;
	enum fabric_role role;
	uint8_t mac[MAC_LEN];
	uint8_t peer[MAC_LEN];
};

struct fabric {
	char name[FABRIC_NAME_MAX + 1];
	uint64_t fabric_name;
	uint64_t switch_name;
	bool enabled;
	bool npiv;
	unsigned int npiv_limit;
	uint32_t keep_alive_msec;
	uint64_t advertise_msec;
	uint16_t next_ox_id;
	uint64_t n_forwarded;
	uint64_t n_dropped;
	struct fabric_link links[FABRIC_LINKS_MAX];
	struct port_table ports;
	struct zone zone;
	struct fault fault;
	/* Sends a frame out of a link, `delay_msec` from now. Must not fail: frames get lost. */
	void (*send)(void *context, unsigned int link, const uint8_t *frame, size_t len,
		     uint32_t delay_msec);
	void *context;
};

/* Prepares a fabric, enabled, with its names and FC_ID domain derived from `name`. */
void fabric_init(struct fabric *fabric, const char *name);

/* Takes a link into use. `link` < FABRIC_LINKS_MAX. */
void fabric_add_link(struct fabric *fabric, unsigned int link, enum fabric_role role,
		     const uint8_t mac[MAC_LEN]);

/* Handles one Ethernet frame that came in on a link; it may be changed in place. */
void fabric_receive(struct fabric *fabric, unsigned int link, uint8_t *data, size_t len,
		    uint64_t now_msec);

/* Does what is due: advertisements, and the end of logins that are not kept alive. */
void fabric_tick(struct fabric *fabric, uint64_t now_msec);

/* Switches the whole fabric on, or off: links are cleared, and nothing is answered. */
void fabric_enable(struct fabric *fabric, bool on);

/* The same for one link. */
void fabric_enable_link(struct fabric *fabric, unsigned int link, bool on);

/* The other end of the link is gone: its ports are logged out. */
void fabric_link_lost(struct fabric *fabric, unsigned int link);

/* Throws a port out of the fabric; its HBA is told. */
void fabric_throw_out(struct fabric *fabric, struct port *port);

/* Keeps ports apart or together (zone_hide, zone_show) and tells those concerned. */
int fabric_hide(struct fabric *fabric, uint64_t a, uint64_t b);
int fabric_show(struct fabric *fabric, uint64_t a, uint64_t b);

/* May the two ports exchange frames? */
bool fabric_connects(const struct fabric *fabric, const struct port *a,
		     const struct port *b);

/*
 * Does the name server show `other` to `asker`? Initiators find targets. Targets find nobody:
 * they wait for logins, and a login from both ends at once costs libfc a retry of 2 s.
 */
bool fabric_shows(const struct fabric *fabric, const struct port *asker,
		  const struct port *other);

/* Notifies those who registered for it and may find the port that it has come. */
void fabric_notify_arrival(struct fabric *fabric, const struct port *about);

/* Notifies those who registered for it and may have talked to the port that it has gone. */
void fabric_notify_departure(struct fabric *fabric, const struct port *about);

/* Notifies one port of a change of another. */
void fabric_notify_one(struct fabric *fabric, const struct port *listener,
		       uint32_t about_id);

/* The rest is shared between the files of the switch. */

/* Logs a port out and notifies the others. */
void fabric_logout(struct fabric *fabric, struct port *port);

/* Clears the virtual links of the port, or of all ports of its HBA when it is physical. */
void fabric_clear_links(struct fabric *fabric, const struct port *port);

/* Handles a link service in FIP: FLOGI, FDISC, LOGO. */
void fabric_receive_login(struct fabric *fabric, unsigned int link,
			  const struct fip_message *message, uint64_t now_msec);

/* Handles a frame to one of the well-known addresses. */
void fabric_receive_service(struct fabric *fabric, struct port *from,
			    const struct fc_frame *frame);

/* Sends an FC frame that the switch made to a port. */
void fabric_send_to_port(struct fabric *fabric, const struct port *port,
			 const struct fc_frame *frame);

/* How the switch names itself on a link. */
struct fip_switch fabric_self(const struct fabric *fabric, unsigned int link);
