/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One network interface that the switch sends and receives whole Ethernet frames on. */
#pragma once

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire.h"

struct interface {
	int fd;
	char name[IFNAMSIZ];
	uint8_t mac[MAC_LEN];
};

/*
 * Opens a packet socket on the interface `name` and joins the address of all FCFs. Needs
 * CAP_NET_RAW. The caller closes it. Errors: those of socket(2), -ENODEV.
 */
int interface_open(const char *name, struct interface *ret_interface);

void interface_close(struct interface *interface);

/*
 * Takes the next frame, without waiting: its length, 0 when there is none. Frames that are
 * larger than `size` are skipped.
 */
size_t interface_receive(const struct interface *interface, uint8_t *buffer, size_t size);

/* Sends a frame. One that cannot be sent is lost, as on any Ethernet. */
void interface_send(const struct interface *interface, const uint8_t *frame, size_t len);

/* Is the interface up, with somebody at the other end? */
bool interface_has_carrier(const struct interface *interface);
