/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered below /run/npiv of the vHBAs that are up: vhba/NAME, and the link port/WWPN to
 * it. Read by many at any time, written by one run per vHBA. run is "/run/npiv". */
#pragma once

#include "config/name.h"
#include "state/state.h"
#include "lib/limits.h"

/* Makes the folders. */
int state_dir_make(const char *run) _must_check_;

/* -ENOENT: it is not up. -EBADMSG: what is remembered makes no sense. The caller empties *ret_state
 * with vhba_state_done(). */
int state_dir_read(const char *run, const char *name,
		   struct vhba_state *ret_state) _must_check_;

/* Writes the file, then the link: a reader finds a whole state or none. Returns 1, or 0 if all of it
 * was there already. */
int state_dir_write(const char *run, const struct vhba_state *state) _must_check_;

/* Removes the link, where it is this vHBA's, then the file. What is not there is fine. */
int state_dir_remove(const char *run, const struct vhba_state *state) _must_check_;

/* Which vHBA a WWPN belongs to: writes its name. Returns 1, or 0 if it is nobody's. */
int state_dir_owner(const char *run, uint64_t wwpn,
		    char ret_name[static NPIV_NAME_MAX + 1]) _must_check_;

/* The vHBA whose port this is: WWPN, and the name of its vport in sysfs ("" of a physical port). If several
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
