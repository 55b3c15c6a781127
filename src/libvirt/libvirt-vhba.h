/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A vHBA of libvirt, and its section in a configuration file. */
#pragma once

#include "config/messages.h"
#include "fc/inventory.h"
#include "lib/limits.h"

/* The contents of a document, as texts that libvirt_vhba_convert() checks. A text is NULL if the document lacks
 * it. */
struct libvirt_vhba {
	const char *file; /* its name in messages */
	unsigned line;
	bool is_pool; /* a storage pool; otherwise a node device */
	bool is_hba; /* a node device that can carry vHBAs */
	char *name;
	char *host; /* SCSI host of a pool, given by its number instead of WWNs */
	char *wwpn, *wwnn;
	char *parent, *parent_wwpn, *parent_wwnn, *parent_fabric_wwn;
	char *managed;
};

/* Writes "[vhba NAME]" and its keys, for the parser of configurations, and NAME to ret_name. inventory is the
 * present state of this host: host numbers, which change, are resolved with it. Parts that are left out or made up
 * are warnings in messages. Returns true, or false with an error in messages. */
bool libvirt_vhba_convert(const struct libvirt_vhba *vhba,
			  const struct inventory *inventory, struct messages *messages,
			  char ret_name[static NPIV_NAME_MAX + 1], FILE *out);

void libvirt_vhba_done(struct libvirt_vhba *vhba);
