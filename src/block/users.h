/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The users of a tree of devices: mounts, swap, holders, loop devices, processes. */
#pragma once

#include "block/tree.h"

struct block_user {
	char device[DEVICE_NAME_SIZE]; /* kernel name of what is used, or lun_unit_name() */
	char text[192]; /* "mounted at /mnt", "open by dd (PID 8)", "open as sg3 by qemu-system-x86 (PID 812)" */
	bool is_transient; /* a process, or nobody we know: may have let go a moment later */
};

struct user_list {
	struct block_user *users;
	size_t n;
};

/* Lists the users of everything in the tree. udev's workers, multipath and multipathd are none: they open
 * every disk, and let go by themselves when it is gone. Sees the mounts of PID 1 and the processes of
 * all; what holds a device in another way (a mount in a namespace of its own, btrfs, a target) is
 * found by opening it exclusively, and named only as that. -ENOMEM, or why /proc could not be read;
 * the caller empties *ret_list with user_list_done(). */
int in_use_read(const struct block_tree *tree, struct user_list *ret_list) _must_check_;

/* The same for callers that only look: opens no device, so it does not see what holds one in another
 * way. */
int in_use_look(const struct block_tree *tree, struct user_list *ret_list) _must_check_;

/* Writes "sdc is mounted at /mnt, sdd is open by …", cut to a few. */
void user_list_print(const struct user_list *list, FILE *out);

/* Whether any of them will not let go by itself in a moment. */
bool user_list_has_persistent(const struct user_list *list);

void user_list_done(struct user_list *list);
