/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is built on a disk: its partitions, and everything that holds it, recursively; and the character
 * devices by which a LUN can be used without its disk. */
#pragma once

#include <sys/types.h>

#include "fc/devpath.h"
#include "fc/inventory.h"

enum block_kind {
	BLOCK_DISK,
	BLOCK_PARTITION,
	BLOCK_MAP, /* multipath's, or a partition of one that kpartx made */
	BLOCK_HOLDER, /* anything else that was put on top: LVM, crypt, md, … */
};

struct block_node {
	char name[DEVICE_NAME_SIZE]; /* kernel name */
	char title[128]; /* device-mapper's own name; "" if it is none */
	enum block_kind kind;
	dev_t device;
	size_t below; /* index of the (first) device below it; of a disk its own */
	bool has_others; /* a map that does I/O by a path of another host too: does not fall with this one's */
	bool may_recover; /* a map with a path of another host that runs, though multipath may not use it now */
	bool is_held; /* another device is on it */
};

/* Stable words: "disk", "part", "map", "holder". */
const char *block_kind_to_string(enum block_kind kind);

/* A character device of a LUN: SCSI generic, tape in one of its modes, changer, or bsg. */
struct scsi_char {
	char name[DEVICE_NAME_SIZE]; /* below /dev: "sg3", "nst0", "bsg/8:0:1:3" */
	char unit[DEVICE_NAME_SIZE]; /* lun_unit_name() of the LUN */
	dev_t device;
};

struct block_tree {
	struct block_node *nodes; /* each device once, after those below it */
	size_t n;
	struct scsi_char *chars; /* of LUNs that block_tree_add_lun() added */
	size_t n_chars;
};

/* Adds a disk with all that is on it. A disk that went away adds nothing. What stands on a map with
 * has_others is left out. sysfs is an open folder; host is that of the disk, or HOST_NONE to look
 * only: then no map has_others. Device-mapper is asked for has_others, which takes CAP_SYS_ADMIN; without an answer
 * no map has it. -ENOMEM, or why sysfs could not be read. */
int block_tree_add(struct block_tree *tree, int sysfs, uint32_t host,
		   const char *disk) _must_check_;

/* The same for a LUN, which may be without a disk, with its character devices (scsi_sysfs.c, sg.c, st.c, ch.c and
 * bsg.c make them below the SCSI device). A LUN that went away adds nothing. */
int block_tree_add_lun(struct block_tree *tree, int sysfs, uint32_t host,
		       const struct fc_lun *lun) _must_check_;

/* What messages call a LUN: "sdc", or without a disk its address, "8:0:1:3". */
const char *lun_unit_name(const struct fc_lun *lun, char buf[static DEVICE_NAME_SIZE]);

/* NULL if it is not in the tree. */
const struct block_node *block_tree_find(const struct block_tree *tree, dev_t device);

/* The same by kernel name. */
const struct block_node *block_tree_find_name(const struct block_tree *tree,
					      const char *name);

void block_tree_done(struct block_tree *tree);
