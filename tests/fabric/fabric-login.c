// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fabric logins: FLOGI of a physical port, FDISC of a virtual one, LOGO of either. */
#include <errno.h>
#include <string.h>

#include "els.h"
#include "fabric.h"

/* Answers the link service in `message`; `port` is whom it is for, NULL in a reject. */
static void reply(struct fabric *fabric, unsigned int link,
		  const struct fip_message *message, const struct port *port,
		  const uint8_t *payload, size_t len, uint32_t delay_msec)
{
	struct fip_switch self = fabric_self(fabric, link);
	struct fc_frame els =
		fc_reply(&message->els, R_CTL_ELS_REPLY, FC_ID_FABRIC, payload, len);
	uint8_t granted[MAC_LEN];
	struct eth_frame eth;

	if (port) {
		els.d_id = port->fc_id;
		fc_id_to_mac(port->fc_id, granted);
	}
	fip_build_els_reply(&eth, &self, message->source, message->els_desc, &els,
			    port ? granted : NULL);
	fabric->send(fabric->context, link, eth.data, eth.len, delay_msec);
}

static void reject(struct fabric *fabric, unsigned int link,
		   const struct fip_message *message, uint8_t reason, uint8_t explanation)
{
	uint8_t payload[ELS_RJT_LEN];

	els_build_reject(payload, reason, explanation);
	reply(fabric, link, message, NULL, payload, sizeof(payload), 0);
}

static void log_in(struct fabric *fabric, unsigned int link,
		   const struct fip_message *message, bool is_virtual,
		   const struct els_login *login, uint64_t now_msec)
{
	uint8_t payload[ELS_LOGIN_LEN];
	struct port *port;
	int r;

	r = ports_login(&fabric->ports, link, is_virtual, login->wwpn, login->wwnn,
			&port);
	if (r == -EADDRINUSE) {
		reject(fabric, link, message, ELS_REASON_UNABLE, ELS_EXPLAIN_PORT_NAME);
		return;
	}
	if (r < 0) {
		reject(fabric, link, message, ELS_REASON_UNABLE, ELS_EXPLAIN_RESOURCES);
		return;
	}
	port->seen_msec = now_msec;
	els_build_fabric_accept(payload, fabric->switch_name, fabric->fabric_name,
				fabric->npiv);
	reply(fabric, link, message, port, payload, sizeof(payload),
	      is_virtual ? fabric->fault.fdisc_delay_msec : 0);
}

static void receive_flogi(struct fabric *fabric, unsigned int link,
			  const struct fip_message *message,
			  const struct els_login *login, uint64_t now_msec)
{
	/* A new FLOGI is the end of all logins that this HBA had before (FC-LS, 6.3). */
	fabric_link_lost(fabric, link);
	memcpy(fabric->links[link].peer, message->source, MAC_LEN);
	log_in(fabric, link, message, false, login, now_msec);
}

static void receive_fdisc(struct fabric *fabric, unsigned int link,
			  const struct fip_message *message,
			  const struct els_login *login, uint64_t now_msec)
{
	struct fault_rule rule = fault_rule_for(&fabric->fault, login->wwpn);
	struct port *again = ports_by_wwpn(&fabric->ports, login->wwpn);

	if (rule.action == FAULT_IGNORE)
		return;
	if (again && again->link == link && again->is_virtual)
		fabric_logout(fabric, again);
	if (rule.action == FAULT_REJECT)
		reject(fabric, link, message, rule.reason, rule.explanation);
	else if (!fabric->npiv)
		reject(fabric, link, message, ELS_REASON_UNSUPPORTED,
		       ELS_EXPLAIN_UNSUPPORTED);
	else if (!ports_physical(&fabric->ports, link))
		reject(fabric, link, message, ELS_REASON_LOGICAL, ELS_EXPLAIN_NONE);
	else if (ports_count_virtual(&fabric->ports, link) >= fabric->npiv_limit)
		reject(fabric, link, message, ELS_REASON_UNABLE, ELS_EXPLAIN_RESOURCES);
	else
		log_in(fabric, link, message, true, login, now_msec);
}

static void receive_logo(struct fabric *fabric, unsigned int link,
			 const struct fip_message *message)
{
	struct port *port = ports_by_id(&fabric->ports, message->els.s_id);
	uint8_t payload[ELS_SHORT_LEN];

	if (!port || port->link != link) {
		reject(fabric, link, message, ELS_REASON_LOGICAL, ELS_EXPLAIN_NONE);
		return;
	}
	els_build_accept(payload);
	reply(fabric, link, message, port, payload, sizeof(payload), 0);
	if (port->is_virtual)
		fabric_logout(fabric, port);
	else
		fabric_link_lost(fabric, link);
}

void fabric_receive_login(struct fabric *fabric, unsigned int link,
			  const struct fip_message *message, uint64_t now_msec)
{
	uint8_t command = els_command(&message->els);
	struct els_login login;

	if (message->els_desc == FIP_DESC_LOGO && command == ELS_LOGO) {
		receive_logo(fabric, link, message);
		return;
	}
	if ((message->els_desc != FIP_DESC_FLOGI || command != ELS_FLOGI) &&
	    (message->els_desc != FIP_DESC_FDISC || command != ELS_FDISC)) {
		fabric->n_dropped++;
		return;
	}
	if (els_parse_login(&message->els, &login) < 0)
		reject(fabric, link, message, ELS_REASON_PROTOCOL, ELS_EXPLAIN_LENGTH);
	else if (login.wwpn == 0)
		reject(fabric, link, message, ELS_REASON_UNABLE, ELS_EXPLAIN_PORT_NAME);
	else if (command == ELS_FLOGI)
		receive_flogi(fabric, link, message, &login, now_msec);
	else
		receive_fdisc(fabric, link, message, &login, now_msec);
}
