/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of npivctl luns, and a line of them. */
#pragma once

#include "ctl/lun.h"
#include "ctl/table.h"

#define CTL_LUN_N_COLUMNS 25U

extern const struct table_column ctl_lun_columns[CTL_LUN_N_COLUMNS];

/* Whether a column is shown that takes to know who uses the disks. */
bool ctl_lun_wants_users(const struct table *table);

/* Adds the line of one path to a LUN; reads the disk only for columns that are shown. -ENOMEM, or why
 * sysfs could not be read. */
int ctl_lun_add_line(struct table *table, struct ctl_lun_view *view,
		     const struct ctl_lun *lun) _must_check_;
