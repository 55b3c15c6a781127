/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of npivctl luns --links: every stable name of every LUN. */
#pragma once

#include "ctl/lun.h"
#include "ctl/table.h"

#define CTL_LINK_N_COLUMNS 6U

extern const struct table_column ctl_link_columns[CTL_LINK_N_COLUMNS];

/* Adds a line for each link to the disk, its partitions and the map over it, leaving out devices that
 * are in seen already; puts them there. Below another root only our own links are known. -ENOMEM, or
 * why sysfs could not be read. */
int ctl_link_add_lines(struct table *table, const struct lun_ctx *ctx,
		       const struct ctl_lun *lun, struct block_tree *seen) _must_check_;
