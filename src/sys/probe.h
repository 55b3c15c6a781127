/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on a disk. */
#pragma once

#include "core/util.h"

struct probe {
	char *type; /* "ext4", "LVM2_member", "dos"; NULL: nothing that is known */
	char *label; /* of the file system, safe to print; NULL: none */
};

/* Reads the signatures on a disk by its path, with libblkid. It waits for the disk: not for one that
 * does no I/O now. -EACCES where the caller may not read it, -ENOMEM, or another -errno. Empty
 * *ret_probe with probe_done(). */
int probe_disk(const char *path, struct probe *ret_probe) _must_check_;

void probe_done(struct probe *probe);
