/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What keeps an HBA from carrying one more virtual port, in words. */
#pragma once

#include "fc/inventory.h"

#define OBSTACLE_SIZE 128U /* bytes of the words, with their NUL */

/* Writes what is in the way of a vport below this port now, the most lasting obstacle first; "" where
 * nothing is. What "NPIV VPORT" and "LPort" mean as a port_type: fc_port_type_names of
 * scsi_transport_fc.c. Returns buf. */
char *port_obstacle(const struct fc_port *port, char buf[static OBSTACLE_SIZE]);

/* How many more vports it can take; 0 where it cannot carry any. */
uint32_t port_free_vports(const struct fc_port *port);
