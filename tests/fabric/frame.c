// SPDX-License-Identifier: LGPL-2.1-or-later
/* Parses and builds FC frames and the Ethernet frames that carry them. */
#include "frame.h"

#include <errno.h>
#include <string.h>

#include "bytes.h"
#include "crc32.h"

void eth_begin(struct eth_frame *frame, const uint8_t dst[MAC_LEN],
	       const uint8_t src[MAC_LEN], uint16_t ethertype)
{
	memcpy(frame->data, dst, MAC_LEN);
	memcpy(frame->data + MAC_LEN, src, MAC_LEN);
	put_be16(frame->data + 2 * MAC_LEN, ethertype);
	frame->len = ETH_HEADER_LEN;
}

void eth_pad(struct eth_frame *frame, size_t len)
{
	if (len < ETH_FRAME_MIN)
		len = ETH_FRAME_MIN;
	if (len <= frame->len || len > sizeof(frame->data))
		return;
	memset(frame->data + frame->len, 0, len - frame->len);
	frame->len = len;
}

void fc_id_to_mac(uint32_t fc_id, uint8_t ret_mac[MAC_LEN])
{
	put_be24(ret_mac, FC_MAP);
	put_be24(ret_mac + 3, fc_id);
}

int fc_parse(const uint8_t *data, size_t len, struct fc_frame *ret_frame)
{
	if (len < FC_HEADER_LEN || len > FC_FRAME_MAX)
		return -EBADMSG;
	*ret_frame = (struct fc_frame){
		.r_ctl = data[0],
		.d_id = get_be24(data + 1),
		.s_id = get_be24(data + 5),
		.type = data[8],
		.f_ctl = get_be24(data + 9),
		.seq_id = data[12],
		.ox_id = get_be16(data + 16),
		.rx_id = get_be16(data + 18),
		.payload = data + FC_HEADER_LEN,
		.payload_len = len - FC_HEADER_LEN,
	};
	return 0;
}

void fc_append(struct eth_frame *eth, const struct fc_frame *frame)
{
	uint8_t *p = eth->data + eth->len;

	memset(p, 0, FC_HEADER_LEN);
	p[0] = frame->r_ctl;
	put_be24(p + 1, frame->d_id);
	put_be24(p + 5, frame->s_id);
	p[8] = frame->type;
	put_be24(p + 9, frame->f_ctl);
	p[12] = frame->seq_id;
	put_be16(p + 16, frame->ox_id);
	put_be16(p + 18, frame->rx_id);
	if (frame->payload_len > 0)
		memcpy(p + FC_HEADER_LEN, frame->payload, frame->payload_len);
	eth->len += FC_HEADER_LEN + frame->payload_len;
}

int fcoe_parse(const uint8_t *data, size_t len, struct fc_frame *ret_frame)
{
	const uint8_t *fc = data + ETH_HEADER_LEN + FCOE_HEADER_LEN;
	const uint8_t *crc;
	size_t fc_len;

	if (len < ETH_HEADER_LEN + FCOE_HEADER_LEN + FC_HEADER_LEN + FCOE_TRAILER_LEN)
		return -EBADMSG;
	if (data[ETH_HEADER_LEN] >> 4 != 0)
		return -EBADMSG;
	fc_len = len - ETH_HEADER_LEN - FCOE_HEADER_LEN - FCOE_TRAILER_LEN;
	crc = fc + fc_len;
	if (crc32_fc(fc, fc_len) !=
	    (uint32_t)(crc[0] | crc[1] << 8 | crc[2] << 16 | (uint32_t)crc[3] << 24))
		return -EBADMSG;
	return fc_parse(fc, fc_len, ret_frame);
}

void fcoe_build(struct eth_frame *ret_eth, const uint8_t dst[MAC_LEN],
		const uint8_t src[MAC_LEN], const struct fc_frame *frame)
{
	uint8_t *fcoe = ret_eth->data + ETH_HEADER_LEN;
	uint8_t *fc = fcoe + FCOE_HEADER_LEN;
	uint8_t *trailer;
	uint32_t crc;

	eth_begin(ret_eth, dst, src, ETHERTYPE_FCOE);
	memset(fcoe, 0, FCOE_HEADER_LEN);
	fcoe[FCOE_SOF_OFFSET] = SOF_I3;
	ret_eth->len += FCOE_HEADER_LEN;
	fc_append(ret_eth, frame);

	trailer = ret_eth->data + ret_eth->len;
	crc = crc32_fc(fc, (size_t)(trailer - fc));
	memset(trailer, 0, FCOE_TRAILER_LEN);
	for (int i = 0; i < 4; i++)
		trailer[i] = (uint8_t)(crc >> (8 * i));
	trailer[4] = EOF_T;
	ret_eth->len += FCOE_TRAILER_LEN;
}

struct fc_frame fc_reply(const struct fc_frame *request, uint8_t r_ctl, uint32_t s_id,
			 const uint8_t *payload, size_t payload_len)
{
	return (struct fc_frame){
		.r_ctl = r_ctl,
		.type = request->type,
		.d_id = request->s_id,
		.s_id = s_id,
		.f_ctl = F_CTL_RESPONDER | F_CTL_LAST_SEQUENCE | F_CTL_END_SEQUENCE,
		.ox_id = request->ox_id,
		.rx_id = FC_XID_UNKNOWN,
		.payload = payload,
		.payload_len = payload_len,
	};
}
