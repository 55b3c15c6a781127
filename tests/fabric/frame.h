/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* FC frames, and the Ethernet frames that carry them (FCoE). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire.h"

/* A frame with its header decoded; the payload points into the buffer it was parsed from. */
struct fc_frame {
	uint8_t r_ctl;
	uint8_t type;
	uint8_t seq_id;
	uint16_t ox_id;
	uint16_t rx_id;
	uint32_t d_id;
	uint32_t s_id;
	uint32_t f_ctl;
	const uint8_t *payload;
	size_t payload_len;
};

/* An Ethernet frame that is being built; filled from the front. */
struct eth_frame {
	size_t len;
	uint8_t data[ETH_FRAME_MAX];
};

/* Starts an Ethernet frame: `frame` then holds its 14 byte header. */
void eth_begin(struct eth_frame *frame, const uint8_t dst[MAC_LEN],
	       const uint8_t src[MAC_LEN], uint16_t ethertype);

/* Pads with zeros up to `len` bytes, or up to the smallest Ethernet frame if that is more. */
void eth_pad(struct eth_frame *frame, size_t len);

/* The FC-BB-5 fabric-provided MAC address of the N_Port with this FC_ID. */
void fc_id_to_mac(uint32_t fc_id, uint8_t ret_mac[MAC_LEN]);

/*
 * Decodes header and payload of an FC frame without SOF, CRC and EOF. -EBADMSG when it is
 * shorter than a header or longer than the largest frame.
 */
int fc_parse(const uint8_t *data, size_t len, struct fc_frame *ret_frame);

/* Appends header and payload. The sequence count is 0: all our sequences are one frame. */
void fc_append(struct eth_frame *eth, const struct fc_frame *frame);

/*
 * Decodes an FCoE frame, Ethernet header included. `ret_frame` points into `data`. -EBADMSG
 * for a wrong version, a length that does not fit, or a CRC that does not match.
 */
int fcoe_parse(const uint8_t *data, size_t len, struct fc_frame *ret_frame);

/* Builds the FCoE frame that carries `frame`, CRC included. */
void fcoe_build(struct eth_frame *ret_eth, const uint8_t dst[MAC_LEN],
		const uint8_t src[MAC_LEN], const struct fc_frame *frame);

/* The answer to `request`, from `s_id`, on the same exchange, with the given R_CTL. */
struct fc_frame fc_reply(const struct fc_frame *request, uint8_t r_ctl, uint32_t s_id,
			 const uint8_t *payload, size_t payload_len);
