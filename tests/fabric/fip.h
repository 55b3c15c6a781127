/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of the FCoE Initialization Protocol (FC-BB-5, 7.8). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

/* What a received FIP message says. Absent descriptors leave their has_* or length at 0. */
struct fip_message {
	uint16_t op;
	uint8_t subcode;
	uint16_t flags;
	uint8_t source[MAC_LEN];
	bool has_mac;
	uint8_t mac[MAC_LEN];
	uint16_t size;
	uint32_t vn_port_id;
	uint64_t vn_port_wwpn;
	/* The link service inside a FLOGI, FDISC or LOGO descriptor, and which of them. */
	uint8_t els_desc;
	struct fc_frame els;
};

/* What the switch says of itself in its advertisements. */
struct fip_switch {
	uint8_t mac[MAC_LEN];
	uint64_t switch_name;
	uint64_t fabric_name;
	uint32_t keep_alive_msec;
};

/* A virtual link that the switch clears. */
struct fip_virtual_link {
	uint32_t fc_id;
	uint64_t wwpn;
};

/*
 * Decodes a FIP frame, Ethernet header included. `ret_message` points into `data`. -EBADMSG
 * when a length does not fit, a critical descriptor (type below 128) is unknown or comes twice.
 */
int fip_parse(const uint8_t *data, size_t len, struct fip_message *ret_message);

/*
 * Builds an advertisement. `size` is the FCoE size that a solicitation asked to have proved by
 * padding (7.8.5), or 0 for the periodic one to the multicast address.
 */
void fip_build_advertisement(struct eth_frame *ret_eth, const struct fip_switch *self,
			     const uint8_t dst[MAC_LEN], bool solicited, uint16_t size);

/*
 * Builds the reply that carries the link service answer `els` in a descriptor of type `desc`;
 * `granted` is the MAC address given to the N_Port, NULL in a reject.
 */
void fip_build_els_reply(struct eth_frame *ret_eth, const struct fip_switch *self,
			 const uint8_t dst[MAC_LEN], uint8_t desc,
			 const struct fc_frame *els, const uint8_t *granted);

/* Builds Clear Virtual Links for `n_links` ports, FIP_CLEAR_MAX at most. */
#define FIP_CLEAR_MAX 64
void fip_build_clear(struct eth_frame *ret_eth, const struct fip_switch *self,
		     const uint8_t dst[MAC_LEN], const struct fip_virtual_link *links,
		     size_t n_links);
