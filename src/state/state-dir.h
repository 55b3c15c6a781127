/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered below /run/npiv of the vHBAs that are up: vhba/NAME, and the link port/WWPN to
 * it. Read by many at any time, written by one run a vHBA. run is "/run/npiv". */
#pragma once

#include "config/name.h"
#include "state/state.h"

/* Makes the folders. */
int state_dir_make(const char *run) _must_check_;

/* -ENOENT: it is not up. -EBADMSG: what is remembered makes no sense. The caller empties *ret_state
 * with vhba_state_done(). */
int state_dir_read(const char *run, const char *name,
		   struct vhba_state *ret_state) _must_check_;

/* Writes the file, then the link: a reader finds a whole state or none. Returns 1, or 0 where all of it
 * was there already. */
int state_dir_write(const char *run, const struct vhba_state *state) _must_check_;

/* Removes the link, where it is this vHBA's, then the file. What is not there is fine. */
int state_dir_remove(const char *run, const struct vhba_state *state) _must_check_;

/* Which vHBA a WWPN belongs to: writes its name. Returns 1, or 0 where it is nobody's. */
int state_dir_owner(const char *run, uint64_t wwpn,
		    char ret_name[static NPIV_NAME_MAX + 1]) _must_check_;
