// SPDX-License-Identifier: LGPL-2.1-or-later
/* Makes the frames that an HBA sends, for tests. */
#include "enode.h"

#include <string.h>

#include "bytes.h"

static const uint8_t all_fcfs[MAC_LEN] = { 0x01, 0x10, 0x18, 0x01, 0x00, 0x02 };

void enode_append_desc(struct eth_frame *eth, uint8_t type, const void *body, size_t len)
{
	uint8_t *desc = eth->data + eth->len;

	desc[0] = type;
	desc[1] = (uint8_t)((len + 2) / 4);
	memcpy(desc + 2, body, len);
	eth->len += len + 2;
}

void enode_begin(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		 const uint8_t dst[MAC_LEN], uint16_t op, uint8_t subcode)
{
	uint8_t *fip = eth->data + ETH_HEADER_LEN;

	eth_begin(eth, dst, src, ETHERTYPE_FIP);
	memset(fip, 0, FIP_HEADER_LEN);
	fip[0] = FIP_VERSION << 4;
	put_be16(fip + 2, op);
	fip[5] = subcode;
	put_be16(fip + 8, FIP_FLAG_FPMA);
	eth->len += FIP_HEADER_LEN;
}

void enode_end(struct eth_frame *eth)
{
	size_t len = eth->len - ETH_HEADER_LEN - FIP_HEADER_LEN;

	put_be16(eth->data + ETH_HEADER_LEN + 6, (uint16_t)(len / 4));
}

void enode_solicit(struct eth_frame *eth, const uint8_t src[MAC_LEN], uint16_t fcoe_size)
{
	uint8_t name[10] = { 0 };
	uint8_t size[2];

	enode_begin(eth, src, all_fcfs, FIP_OP_DISCOVERY, FIP_SOLICITATION);
	enode_append_desc(eth, FIP_DESC_MAC, src, MAC_LEN);
	put_be64(name + 2, 0x1000525400000001);
	enode_append_desc(eth, FIP_DESC_NAME, name, sizeof(name));
	put_be16(size, fcoe_size);
	enode_append_desc(eth, FIP_DESC_SIZE, size, sizeof(size));
	enode_end(eth);
}

void enode_login(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		 const uint8_t dst[MAC_LEN], uint8_t desc, uint32_t s_id, uint64_t wwpn,
		 uint64_t wwnn)
{
	uint8_t body[2 + FC_HEADER_LEN + ELS_LOGIN_LEN] = { 0 };
	uint8_t *fc = body + 2;
	uint8_t *els = fc + FC_HEADER_LEN;
	const uint8_t no_mac[MAC_LEN] = { 0 };

	fc[0] = R_CTL_ELS_REQUEST;
	put_be24(fc + 1, FC_ID_FABRIC);
	put_be24(fc + 5, s_id);
	fc[8] = FC_TYPE_ELS;
	put_be24(fc + 9, F_CTL_FIRST_SEQUENCE | F_CTL_END_SEQUENCE | F_CTL_INITIATIVE);
	put_be16(fc + 16, 0x1234);
	put_be16(fc + 18, FC_XID_UNKNOWN);
	els[0] = desc == FIP_DESC_FLOGI ? ELS_FLOGI :
		 desc == FIP_DESC_FDISC ? ELS_FDISC :
					  ELS_LOGO;
	put_be64(els + 20, wwpn);
	put_be64(els + 28, wwnn);

	enode_begin(eth, src, dst, FIP_OP_LINK_SERVICE, FIP_REQUEST);
	enode_append_desc(eth, desc, body, sizeof(body));
	enode_append_desc(eth, FIP_DESC_MAC, no_mac, MAC_LEN);
	enode_end(eth);
}

void enode_keep_alive(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		      const uint8_t dst[MAC_LEN])
{
	enode_begin(eth, src, dst, FIP_OP_CONTROL, FIP_KEEP_ALIVE);
	enode_append_desc(eth, FIP_DESC_MAC, src, MAC_LEN);
	enode_end(eth);
}

void enode_request(struct eth_frame *eth, const uint8_t dst[MAC_LEN], uint32_t s_id,
		   uint32_t d_id, uint8_t type, const uint8_t *payload, size_t len)
{
	struct fc_frame frame = {
		.r_ctl = type == FC_TYPE_CT ? R_CTL_CT_REQUEST : R_CTL_ELS_REQUEST,
		.type = type,
		.s_id = s_id,
		.d_id = d_id,
		.f_ctl = F_CTL_FIRST_SEQUENCE | F_CTL_END_SEQUENCE | F_CTL_INITIATIVE,
		.ox_id = 0x42,
		.rx_id = FC_XID_UNKNOWN,
		.payload = payload,
		.payload_len = len,
	};
	uint8_t src[MAC_LEN];

	fc_id_to_mac(s_id, src);
	fcoe_build(eth, dst, src, &frame);
}
