/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The users of a tree of devices: mounts, swap, holders, loop devices, processes. */
#pragma once

#include "block/tree.h"

struct block_user {
	char device[DEVICE_NAME_SIZE]; /* kernel name of the device in use, or lun_unit_name() */
	char text[192]; /* "mounted at /mnt", "open by dd (PID 8)", "open as sg3 by qemu-system-x86 (PID 812)" */
	bool is_transient; /* a process, or an unknown user: it may release the device a moment later */
};

struct user_list {
	struct block_user *users;
	size_t n;
};

/* Lists the users of all devices of the tree. udev's workers, multipath and multipathd do not count: they open
 * every disk, and close it when it is removed. Sees the mounts of PID 1 and all processes. Any other user (a mount
 * in another namespace, btrfs, a target) is found by an exclusive open of the device, and listed without a name.
 * Returns -ENOMEM, or the error of reading /proc. The caller empties *ret_list with user_list_done(). */
int in_use_read(const struct block_tree *tree, struct user_list *ret_list) _must_check_;

/* Lists users without opening a device, for callers that only look: users that only an exclusive open finds are
 * missing. */
int in_use_look(const struct block_tree *tree, struct user_list *ret_list) _must_check_;

/* Writes "sdc is mounted at /mnt, sdd is open by …", with at most a few users. */
void user_list_print(const struct user_list *list, FILE *out);

/* Whether one of the users will not end by itself in a moment. */
bool user_list_has_persistent(const struct user_list *list);

void user_list_done(struct user_list *list);
