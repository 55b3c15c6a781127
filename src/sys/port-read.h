/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One Fibre Channel port as its fc_host shows it. */
#pragma once

#include "core/inventory.h"

/* Fills in a port whose host is set, from its open fc_host folder; path is where the link to that folder
 * in class/fc_host leads. What a driver does not show, or shows wrongly, is as struct fc_port says of what
 * is unset. sysfs is an open folder. */
void port_read(int sysfs, int dir, const char *path, struct fc_port *port);
