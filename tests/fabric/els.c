// SPDX-License-Identifier: LGPL-2.1-or-later
/* Parses and builds the payloads of extended link services. */
#include "els.h"

#include <errno.h>
#include <string.h>

#include "bytes.h"

/* Offsets in FLOGI, FDISC, PLOGI and their accepts (FC-LS, 4.2.7) */
#define LOGIN_CREDIT	 6
#define LOGIN_FEATURES	 8
#define LOGIN_FRAME_SIZE 10
#define LOGIN_R_A_TOV	 12
#define LOGIN_SEQUENCES	 12
#define LOGIN_E_D_TOV	 16
#define LOGIN_PORT_NAME	 20
#define LOGIN_NODE_NAME	 28
#define LOGIN_CLASS_3	 68

#define E_D_TOV_MSEC 2000
#define R_A_TOV_MSEC 4000
#define CREDIT	     16
#define SEQUENCES    255

uint8_t els_command(const struct fc_frame *frame)
{
	return frame->payload_len > 0 ? frame->payload[0] : 0;
}

int els_parse_login(const struct fc_frame *frame, struct els_login *ret_login)
{
	if (frame->payload_len < ELS_LOGIN_LEN)
		return -EBADMSG;
	ret_login->wwpn = get_be64(frame->payload + LOGIN_PORT_NAME);
	ret_login->wwnn = get_be64(frame->payload + LOGIN_NODE_NAME);
	return 0;
}

/* What both kinds of login accept share: class 3, the largest frame, the names. */
static void build_login(uint8_t payload[ELS_LOGIN_LEN], uint64_t port_name,
			uint64_t node_name)
{
	uint8_t *class3 = payload + LOGIN_CLASS_3;

	memset(payload, 0, ELS_LOGIN_LEN);
	payload[0] = ELS_LS_ACC;
	payload[4] = 0x20;
	payload[5] = 0x20;
	put_be16(payload + LOGIN_CREDIT, CREDIT);
	put_be16(payload + LOGIN_FRAME_SIZE, FC_PAYLOAD_MAX);
	put_be32(payload + LOGIN_E_D_TOV, E_D_TOV_MSEC);
	put_be64(payload + LOGIN_PORT_NAME, port_name);
	put_be64(payload + LOGIN_NODE_NAME, node_name);
	put_be16(class3, CLASS_VALID | CLASS_SEQUENTIAL);
	put_be16(class3 + 6, FC_PAYLOAD_MAX);
	put_be16(class3 + 8, SEQUENCES);
	class3[13] = 1;
}

void els_build_fabric_accept(uint8_t ret_payload[ELS_LOGIN_LEN], uint64_t port_name,
			     uint64_t fabric_name, bool npiv)
{
	build_login(ret_payload, port_name, fabric_name);
	put_be16(ret_payload + LOGIN_FEATURES,
		 FEATURE_F_PORT | (npiv ? FEATURE_NPIV_ACC : 0));
	put_be32(ret_payload + LOGIN_R_A_TOV, R_A_TOV_MSEC);
}

void els_build_port_accept(uint8_t ret_payload[ELS_LOGIN_LEN], uint64_t port_name,
			   uint64_t node_name)
{
	build_login(ret_payload, port_name, node_name);
	put_be16(ret_payload + LOGIN_SEQUENCES, SEQUENCES);
}

void els_build_accept(uint8_t ret_payload[ELS_SHORT_LEN])
{
	memset(ret_payload, 0, ELS_SHORT_LEN);
	ret_payload[0] = ELS_LS_ACC;
}

void els_build_reject(uint8_t ret_payload[ELS_RJT_LEN], uint8_t reason,
		      uint8_t explanation)
{
	memset(ret_payload, 0, ELS_RJT_LEN);
	ret_payload[0] = ELS_LS_RJT;
	ret_payload[5] = reason;
	ret_payload[6] = explanation;
}

void els_build_rscn(uint8_t ret_payload[ELS_RSCN_LEN], uint32_t fc_id)
{
	ret_payload[0] = ELS_RSCN;
	ret_payload[1] = 4;
	put_be16(ret_payload + 2, ELS_RSCN_LEN);
	ret_payload[4] = 0;
	put_be24(ret_payload + 5, fc_id);
}
