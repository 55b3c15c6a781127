/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A vHBA in libvirt's XML, and the lines of a configuration file for it. */
#pragma once

#include "config/messages.h"
#include "fc/inventory.h"
#include "lib/limits.h"

/* The contents of a document, as texts: libvirt_vhba_convert() checks whether they make sense. Each is NULL
 * where the document has none. */
struct libvirt_vhba {
	const char *file; /* as messages name it */
	unsigned line;
	bool is_pool; /* a storage pool; else a node device */
	bool is_hba; /* a node device that can carry vHBAs itself */
	char *name;
	char *host; /* a pool's SCSI host by its number, in the place of names */
	char *wwpn, *wwnn;
	char *parent, *parent_wwpn, *parent_wwnn, *parent_fabric_wwn;
	char *managed;
};

/* Writes "[vhba NAME]" with its keys, to be read by the parser of configurations; NAME goes to ret_name.
 * inventory is this host now: what stands behind host
 * numbers, which move, is looked up there. What is not carried over, or made up, is a warning in messages.
 * Returns true, or false if messages has an error about it. */
bool libvirt_vhba_convert(const struct libvirt_vhba *vhba,
			  const struct inventory *inventory, struct messages *messages,
			  char ret_name[static NPIV_NAME_MAX + 1], FILE *out);

void libvirt_vhba_done(struct libvirt_vhba *vhba);
