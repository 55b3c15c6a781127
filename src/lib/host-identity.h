/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The identity of this host: its name and its machine-id. */
#pragma once

#include "lib/util.h"

#define HOST_NAME_SIZE	     65U /* HOST_NAME_MAX of Linux, with its NUL */
#define HOST_MACHINE_ID_SIZE 33U

struct host_identity {
	char name[HOST_NAME_SIZE]; /* "" if not known */
	char machine_id[HOST_MACHINE_ID_SIZE]; /* 32 lower-case hex digits; "" if not known */
};

/* Reads the identity of the host below root ("": this host). The name is the first one in /etc/hostname, which does
 * not change while the host runs, or else the one of uname(2). The id is the one in /etc/machine-id. Asks no other
 * process and no network, so that the generator can call it. Parts that cannot be read are "". */
void host_identity_read(const char *root, struct host_identity *ret_host);
