/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which host this is: its name and its machine-id. */
#pragma once

#include "lib/util.h"

#define HOST_NAME_SIZE	     65U /* HOST_NAME_MAX of Linux, with its NUL */
#define HOST_MACHINE_ID_SIZE 33U

struct host_identity {
	char name[HOST_NAME_SIZE]; /* "": not known */
	char machine_id[HOST_MACHINE_ID_SIZE]; /* 32 hex digits in lower case; "": not known */
};

/* Reads what the host below root ("": this one) is called: the first name in /etc/hostname, which does not change
 * while the host runs; where there is none, what uname(2) says. The id is that of /etc/machine-id. Asks no other
 * process and no network, so that the generator can call it. What cannot be read is not known. */
void host_identity_read(const char *root, struct host_identity *ret_host);
