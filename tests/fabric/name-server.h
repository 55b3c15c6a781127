/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The directory service at FFFFFC: what ports register, and who finds whom (FC-GS, 5.2). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port.h"
#include "wire.h"

struct name_server {
	struct port_table *ports;
	/* May `asker` find `other`? */
	bool (*shows)(const void *context, const struct port *asker,
		      const struct port *other);
	const void *context;
};

/*
 * Answers one CT request of the port `asker`: accept or reject, never silence. `request` is
 * the frame's payload, CT header included; gives the length of the reply, whole words.
 */
size_t name_server_answer(const struct name_server *server, struct port *asker,
			  const uint8_t *request, size_t len,
			  uint8_t ret_reply[FC_PAYLOAD_MAX]);

/* Has the port registered this FC-4 type? */
bool port_has_fc4_type(const struct port *port, uint8_t type);
