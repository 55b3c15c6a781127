/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds what is remembered of vHBAs that are up. run is "/run/npiv". */
#pragma once

#include "lib/limits.h"
#include "state/state.h"

/* The vHBA whose port this is: WWPN, and the name of its vport in sysfs ("" of a physical port). Where several
 * HBAs have a vport of that WWPN, it is the one below the remembered parent. sysfs is an open folder.
 * -ENOENT: none is up. -EBADMSG: what is remembered makes no sense. The caller empties *ret_state with
 * vhba_state_done(). */
int state_lookup_port(const char *run, int sysfs, uint64_t wwpn, const char *vport,
		      struct vhba_state *ret_state) _must_check_;

struct state_list {
	struct vhba_state *states; /* in order of names */
	size_t n;
	char bad_name[NPIV_NAME_MAX +
		      1]; /* the first whose state cannot be read; "": none */
	int error; /* why */
};

/* All vHBAs that are up. One whose state cannot be read, or that goes meanwhile, is left out. Empty the
 * list with state_list_done(). */
int state_lookup_all(const char *run, struct state_list *ret_list) _must_check_;

void state_list_done(struct state_list *list);
