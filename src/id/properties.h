/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The udev properties of a device, as KEY=VALUE lines for IMPORT{program}. */
#pragma once

#include "names/naming.h"

struct udev_answer {
	const struct vhba_state *state; /* pool and permissions; of any one path of a map */
	bool has_vhba; /* all paths come through this one vHBA */
	bool has_lun;
	uint64_t lun;
	uint64_t target; /* 0: not one */
	unsigned partition;
	bool can_stand_by; /* a disk whose names another path to its logical unit may hold */
	struct name_list names;
	const char *guest_before; /* NPIV_GUEST of the event before; NULL: there was none */
};

/* Writes only tokens that udev takes as they are (udev(7), SYMLINK and string_escape): what holds any
 * other character is left out. NPIV_LINKS and NPIV_ALIASES are lists separated by one blank, ready
 * to follow /dev/. */
void render_udev(const struct udev_answer *answer, FILE *out);

/* Writes NPIV_LINKS and NPIV_ALIASES alone. */
void render_udev_names(const struct name_list *names, unsigned partition, FILE *out);
