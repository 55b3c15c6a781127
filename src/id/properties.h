/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The udev properties of a device, as KEY=VALUE lines for IMPORT{program}. */
#pragma once

#include "names/naming.h"

struct udev_answer {
	const struct vhba_state *state; /* pool and permissions; from any path of a map */
	bool has_vhba; /* all paths are through this vHBA */
	bool has_lun;
	uint64_t lun;
	uint64_t target; /* 0 if there is not exactly one */
	unsigned partition;
	bool can_stand_by; /* a disk whose names another path to its logical unit may have */
	struct name_list names;
	const char *guest_before; /* NPIV_GUEST of the previous event; NULL if not set */
};

/* Writes only values that udev accepts unchanged (udev(7), SYMLINK and string_escape): a value with any other
 * character is left out. NPIV_LINKS and NPIV_ALIASES are lists separated by one blank, relative to /dev/. */
void render_udev(const struct udev_answer *answer, FILE *out);

/* Writes only NPIV_LINKS and NPIV_ALIASES. */
void render_udev_names(const struct name_list *names, unsigned partition, FILE *out);
