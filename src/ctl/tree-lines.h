/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of npivctl tree, and one kind of line for each level. */
#pragma once

#include "ctl/health.h"
#include "ctl/lun.h"
#include "ctl/table.h"

#define CTL_TREE_N_COLUMNS 7U

extern const struct table_column ctl_tree_columns[CTL_TREE_N_COLUMNS];

/* Each adds a line below another one (NULL: at the top), which is then the table's current one. */
void ctl_tree_add_hba(struct table *table, const struct fc_port *hba);
void ctl_tree_add_vhba(struct table *table, struct libscols_line *parent,
		       const struct overview_row *row, const struct ctl_health *health);
void ctl_tree_add_rport(struct table *table, struct libscols_line *parent,
			const struct fc_rport *rport);
void ctl_tree_add_lun(struct table *table, struct libscols_line *parent,
		      const struct ctl_lun *lun);

/* sysfs is an open folder. */
void ctl_tree_add_device(struct table *table, struct libscols_line *parent, int sysfs,
			 const struct block_node *node);
