// SPDX-License-Identifier: LGPL-2.1-or-later
/* Parses and builds FIP messages. */
#include "fip.h"

#include <errno.h>
#include <string.h>

#include "bytes.h"

#define WORD		  4
#define DESC_HEADER_LEN	  2
#define ENCAPSULATION_LEN 4
#define DESC_NON_CRITICAL 128
#define FKA_LEN		  8

/* Length that a descriptor of this type must have, in bytes; 0 = at least a frame header. */
static int desc_len_is_valid(uint8_t type, size_t len)
{
	switch (type) {
	case FIP_DESC_MAC:
		return len == 8;
	case FIP_DESC_NAME:
		return len == 12;
	case FIP_DESC_SIZE:
		return len == 4;
	case FIP_DESC_VN_PORT:
		return len == 20;
	case FIP_DESC_FLOGI:
	case FIP_DESC_FDISC:
	case FIP_DESC_LOGO:
		return len > ENCAPSULATION_LEN + FC_HEADER_LEN;
	default:
		return type >= DESC_NON_CRITICAL;
	}
}

static int parse_desc(struct fip_message *message, const uint8_t *desc, size_t len)
{
	switch (desc[0]) {
	case FIP_DESC_MAC:
		message->has_mac = true;
		memcpy(message->mac, desc + DESC_HEADER_LEN, MAC_LEN);
		return 0;
	case FIP_DESC_SIZE:
		message->size = get_be16(desc + DESC_HEADER_LEN);
		return 0;
	case FIP_DESC_VN_PORT:
		message->vn_port_id = get_be24(desc + 9);
		message->vn_port_wwpn = get_be64(desc + 12);
		return 0;
	case FIP_DESC_FLOGI:
	case FIP_DESC_FDISC:
	case FIP_DESC_LOGO:
		message->els_desc = desc[0];
		return fc_parse(desc + ENCAPSULATION_LEN, len - ENCAPSULATION_LEN,
				&message->els);
	default:
		return 0;
	}
}

static int parse_descs(struct fip_message *message, const uint8_t *desc, size_t left)
{
	uint32_t seen = 0;

	while (left > 0) {
		size_t len;
		int r;

		if (left < DESC_HEADER_LEN)
			return -EBADMSG;
		len = desc[1] * (size_t)WORD;
		if (len < DESC_HEADER_LEN || len > left ||
		    !desc_len_is_valid(desc[0], len))
			return -EBADMSG;
		if (desc[0] < 32) {
			if (seen & 1u << desc[0])
				return -EBADMSG;
			seen |= 1u << desc[0];
		}
		r = parse_desc(message, desc, len);
		if (r < 0)
			return r;
		desc += len;
		left -= len;
	}
	return 0;
}

int fip_parse(const uint8_t *data, size_t len, struct fip_message *ret_message)
{
	const uint8_t *fip = data + ETH_HEADER_LEN;
	struct fip_message message = { 0 };
	size_t desc_len;
	int r;

	if (len < ETH_HEADER_LEN + FIP_HEADER_LEN || fip[0] >> 4 != FIP_VERSION)
		return -EBADMSG;
	desc_len = get_be16(fip + 6) * (size_t)WORD;
	if (desc_len > len - ETH_HEADER_LEN - FIP_HEADER_LEN)
		return -EBADMSG;

	message.op = get_be16(fip + 2);
	message.subcode = fip[5];
	message.flags = get_be16(fip + 8);
	memcpy(message.source, data + MAC_LEN, MAC_LEN);
	r = parse_descs(&message, fip + FIP_HEADER_LEN, desc_len);
	if (r < 0)
		return r;
	*ret_message = message;
	return 0;
}

static void begin(struct eth_frame *eth, const struct fip_switch *self,
		  const uint8_t dst[MAC_LEN], uint16_t op, uint8_t subcode,
		  uint16_t flags)
{
	uint8_t *fip = eth->data + ETH_HEADER_LEN;

	eth_begin(eth, dst, self->mac, ETHERTYPE_FIP);
	memset(fip, 0, FIP_HEADER_LEN);
	fip[0] = FIP_VERSION << 4;
	put_be16(fip + 2, op);
	fip[5] = subcode;
	put_be16(fip + 8, FIP_FLAG_FPMA | flags);
	eth->len += FIP_HEADER_LEN;
}

/* Writes the length of all descriptors into the header. */
static void end(struct eth_frame *eth)
{
	size_t len = eth->len - ETH_HEADER_LEN - FIP_HEADER_LEN;

	put_be16(eth->data + ETH_HEADER_LEN + 6, (uint16_t)(len / WORD));
}

/* Appends a zeroed descriptor of `len` bytes and gives its address. */
static uint8_t *append_desc(struct eth_frame *eth, uint8_t type, size_t len)
{
	uint8_t *desc = eth->data + eth->len;

	memset(desc, 0, len);
	desc[0] = type;
	desc[1] = (uint8_t)(len / WORD);
	eth->len += len;
	return desc;
}

static void append_mac(struct eth_frame *eth, const uint8_t mac[MAC_LEN])
{
	memcpy(append_desc(eth, FIP_DESC_MAC, 8) + DESC_HEADER_LEN, mac, MAC_LEN);
}

static void append_name(struct eth_frame *eth, uint64_t name)
{
	put_be64(append_desc(eth, FIP_DESC_NAME, 12) + 4, name);
}

static void append_fabric(struct eth_frame *eth, uint64_t name)
{
	uint8_t *desc = append_desc(eth, FIP_DESC_FABRIC, 16);

	put_be24(desc + 5, FC_MAP);
	put_be64(desc + 8, name);
}

void fip_build_advertisement(struct eth_frame *ret_eth, const struct fip_switch *self,
			     const uint8_t dst[MAC_LEN], bool solicited, uint16_t size)
{
	uint16_t flags = FIP_FLAG_AVAILABLE | FIP_FLAG_F_PORT;

	if (solicited)
		flags |= FIP_FLAG_SOLICITED;
	begin(ret_eth, self, dst, FIP_OP_DISCOVERY, FIP_ADVERTISEMENT, flags);
	append_desc(ret_eth, FIP_DESC_PRIORITY, 4)[3] = 128;
	append_mac(ret_eth, self->mac);
	append_name(ret_eth, self->switch_name);
	append_fabric(ret_eth, self->fabric_name);
	put_be32(append_desc(ret_eth, FIP_DESC_KEEP_ALIVE, FKA_LEN) + 4,
		 self->keep_alive_msec);
	end(ret_eth);
	eth_pad(ret_eth, (size_t)size + ETH_HEADER_LEN);
}

void fip_build_els_reply(struct eth_frame *ret_eth, const struct fip_switch *self,
			 const uint8_t dst[MAC_LEN], uint8_t desc,
			 const struct fc_frame *els, const uint8_t *granted)
{
	begin(ret_eth, self, dst, FIP_OP_LINK_SERVICE, FIP_REPLY, 0);
	append_desc(ret_eth, desc, ENCAPSULATION_LEN)[1] =
		(uint8_t)((ENCAPSULATION_LEN + FC_HEADER_LEN + els->payload_len) / WORD);
	fc_append(ret_eth, els);
	if (granted)
		append_mac(ret_eth, granted);
	end(ret_eth);
	eth_pad(ret_eth, 0);
}

void fip_build_clear(struct eth_frame *ret_eth, const struct fip_switch *self,
		     const uint8_t dst[MAC_LEN], const struct fip_virtual_link *links,
		     size_t n_links)
{
	begin(ret_eth, self, dst, FIP_OP_CONTROL, FIP_CLEAR_LINK, FIP_FLAG_F_PORT);
	append_mac(ret_eth, self->mac);
	append_name(ret_eth, self->switch_name);
	for (size_t i = 0; i < n_links && i < FIP_CLEAR_MAX; i++) {
		uint8_t *desc = append_desc(ret_eth, FIP_DESC_VN_PORT, 20);

		fc_id_to_mac(links[i].fc_id, desc + DESC_HEADER_LEN);
		put_be24(desc + 9, links[i].fc_id);
		put_be64(desc + 12, links[i].wwpn);
	}
	end(ret_eth);
	eth_pad(ret_eth, 0);
}
