/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is built on a disk: its partitions, and everything that holds it, recursively. */
#pragma once

#include <sys/types.h>

#include "core/devpath.h"
#include "core/util.h"

enum block_kind {
	BLOCK_DISK,
	BLOCK_PARTITION,
	BLOCK_MAP, /* multipath's, or a partition of one that kpartx made */
	BLOCK_HOLDER, /* anything else that was put on top: LVM, crypt, md, … */
};

struct block_node {
	char name[DEVICE_NAME_SIZE]; /* kernel name */
	char title[128]; /* device-mapper's own name; "" where it is none */
	enum block_kind kind;
	dev_t device;
	size_t below; /* index of the (first) device that it stands on; of a disk its own */
	bool has_others; /* a map with a good path of another host: does not fall with this one's */
	bool is_held; /* something stands on it */
};

/* Stable words: "disk", "part", "map", "holder". */
const char *block_kind_to_string(enum block_kind kind);

struct block_tree {
	struct block_node *nodes; /* each device once, after those it stands on */
	size_t n;
};

/* Adds a disk with all that is on it. A disk that went away adds nothing. What stands on a map with
 * has_others is left out. sysfs is an open folder; host is that of the disk, or HOST_NONE for those who
 * only look: then no map has_others. -ENOMEM, or why sysfs
 * could not be read. */
int block_tree_add(struct block_tree *tree, int sysfs, uint32_t host,
		   const char *disk) _must_check_;

/* NULL where it is not in the tree. */
const struct block_node *block_tree_find(const struct block_tree *tree, dev_t device);

void block_tree_done(struct block_tree *tree);
