// SPDX-License-Identifier: LGPL-2.1-or-later
/* The well-known addresses: fabric controller, name server and F_Port controller. */
#include "bytes.h"
#include "els.h"
#include "fabric.h"
#include "name-server.h"

static bool shows(const void *context, const struct port *asker, const struct port *other)
{
	return fabric_shows(context, asker, other);
}

static void answer(struct fabric *fabric, const struct port *to,
		   const struct fc_frame *request, uint8_t r_ctl, const uint8_t *payload,
		   size_t len)
{
	struct fc_frame frame = fc_reply(request, r_ctl, request->d_id, payload, len);

	fabric_send_to_port(fabric, to, &frame);
}

static void reject(struct fabric *fabric, const struct port *from,
		   const struct fc_frame *frame)
{
	uint8_t payload[ELS_RJT_LEN];

	els_build_reject(payload, ELS_REASON_UNSUPPORTED, ELS_EXPLAIN_UNSUPPORTED);
	answer(fabric, from, frame, R_CTL_ELS_REPLY, payload, sizeof(payload));
}

static void accept_short(struct fabric *fabric, const struct port *from,
			 const struct fc_frame *frame)
{
	uint8_t payload[ELS_SHORT_LEN];

	els_build_accept(payload);
	answer(fabric, from, frame, R_CTL_ELS_REPLY, payload, sizeof(payload));
}

static void receive_plogi(struct fabric *fabric, const struct port *from,
			  const struct fc_frame *frame)
{
	/* A name of its own for each well-known port, below the switch's. */
	uint64_t port_name = fabric->switch_name + (frame->d_id & 0xff);
	uint8_t payload[ELS_LOGIN_LEN];

	els_build_port_accept(payload, port_name, fabric->switch_name);
	answer(fabric, from, frame, R_CTL_ELS_REPLY, payload, sizeof(payload));
}

/*
 * Registering for notifications is the last step of libfc's login (fc_lport.c), so only now
 * are others told of the newcomer: whoever calls earlier finds a port that is not ready.
 */
static void receive_scr(struct fabric *fabric, struct port *from,
			const struct fc_frame *frame)
{
	if (frame->d_id != FC_ID_CONTROLLER || frame->payload_len < 8) {
		reject(fabric, from, frame);
		return;
	}
	from->wants_rscn = frame->payload[7] != 0 && frame->payload[7] != SCR_CLEAR;
	accept_short(fabric, from, frame);
	fabric_notify_arrival(fabric, from);
}

static void receive_els(struct fabric *fabric, struct port *from,
			const struct fc_frame *frame)
{
	switch (els_command(frame)) {
	case ELS_PLOGI:
		receive_plogi(fabric, from, frame);
		break;
	case ELS_SCR:
		receive_scr(fabric, from, frame);
		break;
	case ELS_LOGO:
		accept_short(fabric, from, frame);
		if (frame->d_id == FC_ID_FABRIC)
			fabric_logout(fabric, from);
		break;
	default:
		reject(fabric, from, frame);
		break;
	}
}

static void receive_ct(struct fabric *fabric, struct port *from,
		       const struct fc_frame *frame)
{
	struct name_server server = { &fabric->ports, shows, fabric };
	uint8_t reply[FC_PAYLOAD_MAX];
	size_t len;

	len = name_server_answer(&server, from, frame->payload, frame->payload_len,
				 reply);
	answer(fabric, from, frame, R_CTL_CT_REPLY, reply, len);
}

/* Everything that could be aborted has been answered already: agree. */
static void receive_abort(struct fabric *fabric, const struct port *from,
			  const struct fc_frame *frame)
{
	uint8_t payload[12] = { 0 };

	put_be16(payload + 4, frame->ox_id);
	put_be16(payload + 6, frame->rx_id);
	put_be16(payload + 10, 0xffff);
	answer(fabric, from, frame, R_CTL_BA_ACC, payload, sizeof(payload));
}

void fabric_receive_service(struct fabric *fabric, struct port *from,
			    const struct fc_frame *frame)
{
	if (frame->r_ctl == R_CTL_ELS_REQUEST && frame->type == FC_TYPE_ELS)
		receive_els(fabric, from, frame);
	else if (frame->r_ctl == R_CTL_CT_REQUEST && frame->type == FC_TYPE_CT)
		receive_ct(fabric, from, frame);
	else if (frame->r_ctl == R_CTL_ABTS)
		receive_abort(fabric, from, frame);
	/* Replies to notifications end here: a lost one is repaired by the next change. */
}
