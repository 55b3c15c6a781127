/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The other end of a link, for tests: makes the frames that an HBA sends. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "fip.h"
#include "frame.h"

/* Appends a FIP descriptor with these bytes after type and length. */
void enode_append_desc(struct eth_frame *eth, uint8_t type, const void *body, size_t len);

/* Starts a FIP message; enode_end() writes the length. */
void enode_begin(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		 const uint8_t dst[MAC_LEN], uint16_t op, uint8_t subcode);
void enode_end(struct eth_frame *eth);

/* A solicitation as libfcoe sends it. */
void enode_solicit(struct eth_frame *eth, const uint8_t src[MAC_LEN], uint16_t fcoe_size);

/* FLOGI, FDISC or LOGO in FIP. */
void enode_login(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		 const uint8_t dst[MAC_LEN], uint8_t desc, uint32_t s_id, uint64_t wwpn,
		 uint64_t wwnn);

/* A keep-alive of the ENode itself. */
void enode_keep_alive(struct eth_frame *eth, const uint8_t src[MAC_LEN],
		      const uint8_t dst[MAC_LEN]);

/* An FC request in FCoE from a port that is logged in. */
void enode_request(struct eth_frame *eth, const uint8_t dst[MAC_LEN], uint32_t s_id,
		   uint32_t d_id, uint8_t type, const uint8_t *payload, size_t len);
