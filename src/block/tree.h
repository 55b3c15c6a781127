/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The devices on a disk: its partitions and all its holders, recursively; and the character devices by which a LUN
 * can be used without its disk. */
#pragma once

#include <sys/types.h>

#include "fc/devpath.h"
#include "fc/inventory.h"

enum block_kind {
	BLOCK_DISK,
	BLOCK_PARTITION,
	BLOCK_MAP, /* a multipath map, or a partition of one that kpartx made */
	BLOCK_HOLDER, /* any other device on top: LVM, crypt, md, … */
};

struct block_node {
	char name[DEVICE_NAME_SIZE]; /* kernel name */
	char title[128]; /* name of the map in device-mapper; "" if it is no map */
	enum block_kind kind;
	dev_t device;
	size_t below; /* index of the (first) device below it; a disk has its own index */
	bool has_others; /* the map does I/O by a path of another host too, so it survives the loss of this host */
	bool may_recover; /* the map has a path of another host that runs, though multipath may not use it now */
	bool is_held; /* another device is on top of it */
};

/* Returns a stable word: "disk", "part", "map" or "holder". */
const char *block_kind_to_string(enum block_kind kind);

/* A character device of a LUN: SCSI generic, tape in one of its modes, changer, or bsg. */
struct scsi_char {
	char name[DEVICE_NAME_SIZE]; /* below /dev: "sg3", "nst0", "bsg/8:0:1:3" */
	char unit[DEVICE_NAME_SIZE]; /* lun_unit_name() of the LUN */
	dev_t device;
};

struct block_tree {
	struct block_node *nodes; /* each device once, after the devices below it */
	size_t n;
	struct scsi_char *chars; /* of LUNs that block_tree_add_lun() added */
	size_t n_chars;
};

/* Adds a disk with all devices on it. A disk that no longer exists adds nothing. Devices on a map with has_others
 * are left out. sysfs is an open folder. host is the disk's host; with HOST_NONE no map gets has_others.
 * has_others is asked of device-mapper, which takes CAP_SYS_ADMIN; without an answer no map gets it. Returns
 * -ENOMEM, or the error of reading sysfs. */
int block_tree_add(struct block_tree *tree, int sysfs, uint32_t host,
		   const char *disk) _must_check_;

/* Adds a LUN, which may have no disk, with its character devices (scsi_sysfs.c, sg.c, st.c, ch.c and bsg.c make
 * them below the SCSI device); otherwise as block_tree_add(). A LUN that no longer exists adds nothing. */
int block_tree_add_lun(struct block_tree *tree, int sysfs, uint32_t host,
		       const struct fc_lun *lun) _must_check_;

/* Name of a LUN in messages: "sdc", or its address if it has no disk: "8:0:1:3". */
const char *lun_unit_name(const struct fc_lun *lun, char buf[static DEVICE_NAME_SIZE]);

/* Returns NULL if the device is not in the tree. */
const struct block_node *block_tree_find(const struct block_tree *tree, dev_t device);

/* Finds a device by its kernel name; NULL if it is not in the tree. */
const struct block_node *block_tree_find_name(const struct block_tree *tree,
					      const char *name);

void block_tree_done(struct block_tree *tree);
