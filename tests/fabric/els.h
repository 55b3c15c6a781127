/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Payloads of extended link services (FC-LS). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

#define ELS_RJT_LEN   8
#define ELS_RSCN_LEN  8
#define ELS_SHORT_LEN 4

struct els_login {
	uint64_t wwpn;
	uint64_t wwnn;
};

/* The command byte of a link service frame, 0 when it has none. */
uint8_t els_command(const struct fc_frame *frame);

/* Decodes the names in FLOGI, FDISC and PLOGI. -EBADMSG when the payload is too short. */
int els_parse_login(const struct fc_frame *frame, struct els_login *ret_login);

/*
 * Builds the accept of a fabric login: the names of the fabric, time-outs, and whether the
 * fabric takes virtual ports. libfc takes larger time-outs than its own, and reads the fabric's
 * name from the node name field.
 */
void els_build_fabric_accept(uint8_t ret_payload[ELS_LOGIN_LEN], uint64_t port_name,
			     uint64_t fabric_name, bool npiv);

/* Builds the accept of a port login to a well-known address. */
void els_build_port_accept(uint8_t ret_payload[ELS_LOGIN_LEN], uint64_t port_name,
			   uint64_t node_name);

/* Builds an accept without parameters. */
void els_build_accept(uint8_t ret_payload[ELS_SHORT_LEN]);

/* Builds a reject. */
void els_build_reject(uint8_t ret_payload[ELS_RJT_LEN], uint8_t reason,
		      uint8_t explanation);

/* Builds a state change notification about one port. */
void els_build_rscn(uint8_t ret_payload[ELS_RSCN_LEN], uint32_t fc_id);
