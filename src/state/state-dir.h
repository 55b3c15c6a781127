/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of each vHBA that is up, below /run/npiv: the file vhba/NAME, and the link port/WWPN to it. Any process
 * may read it at any time; one run per vHBA writes it. run is "/run/npiv". */
#pragma once

#include "config/name.h"
#include "state/state.h"
#include "lib/limits.h"

/* Makes the folders that are missing. */
int state_dir_make(const char *run) _must_check_;

/* Reads the state of a vHBA. Returns -ENOENT if it is not up, -EBADMSG if the state is malformed. The caller
 * empties *ret_state with vhba_state_done(). */
int state_dir_read(const char *run, const char *name,
		   struct vhba_state *ret_state) _must_check_;

/* Writes the file, then the link: a reader finds a whole state or none. Returns 1, or 0 if both were already up to
 * date. */
int state_dir_write(const char *run, const struct vhba_state *state) _must_check_;

/* Removes the link, if it leads to this vHBA, then the file. It is no error if they do not exist. */
int state_dir_remove(const char *run, const struct vhba_state *state) _must_check_;

/* Writes the name of the vHBA that a WWPN belongs to. Returns 1, or 0 if it belongs to none. */
int state_dir_owner(const char *run, uint64_t wwpn,
		    char ret_name[static NPIV_NAME_MAX + 1]) _must_check_;

/* Finds the vHBA of a port, by its WWPN and the name of its vport in sysfs ("" for a physical port). If several
 * HBAs have a vport of that WWPN, the vHBA's is the one below the remembered parent. sysfs is an open folder.
 * Returns -ENOENT if no such vHBA is up, -EBADMSG if the state is malformed. The caller empties *ret_state with
 * vhba_state_done(). */
int state_lookup_port(const char *run, int sysfs, uint64_t wwpn, const char *vport,
		      struct vhba_state *ret_state) _must_check_;

struct state_list {
	struct vhba_state *states; /* in order of names */
	size_t n;
	char bad_name[NPIV_NAME_MAX +
		      1]; /* the first vHBA whose state cannot be read; "" if none */
	int error; /* why it cannot be read */
};

/* Lists all vHBAs that are up, without those whose state cannot be read or disappears meanwhile. Empty the list
 * with state_list_done(). */
int state_lookup_all(const char *run, struct state_list *ret_list) _must_check_;

/* Whether another vHBA of the same pool is up; then the pool's names keep their meaning. */
bool state_pool_is_shared(const char *run, const struct vhba_state *state);

void state_list_done(struct state_list *list);
