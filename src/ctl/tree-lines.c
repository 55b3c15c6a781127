// SPDX-License-Identifier: LGPL-2.1-or-later
/* The columns of npivctl tree, and one kind of line for each level. */
#include <inttypes.h>

#include "fc/scsi-type.h"
#include "ctl/tree-lines.h"
#include "fc/sysfs.h"

#define SECTOR_SIZE \
	512U /* of a block device's size attribute, whatever its own sectors */

enum {
	COL_NAME,
	COL_KIND,
	COL_STATE,
	COL_SIZE,
	COL_WWN,
	COL_PATH,
	COL_PROBLEM,
	_COL_MAX,
};

static_assert(_COL_MAX == CTL_TREE_N_COLUMNS, "each column has its number");

const struct table_column ctl_tree_columns[CTL_TREE_N_COLUMNS] = {
	[COL_NAME] = { .name = "NAME",
		       .help = "what it is called",
		       .is_default = true,
		       .is_tree = true },
	[COL_KIND] = { .name = "KIND",
		       .help = "hba, vhba, target, lun, disk, part, map, holder",
		       .is_default = true },
	[COL_STATE] = { .name = "STATE",
			.help = "of the port or device",
			.is_default = true },
	[COL_SIZE] = { .name = "SIZE",
		       .help = "in JSON in bytes",
		       .type = COLUMN_NUMBER,
		       .is_default = true },
	[COL_WWN] = { .name = "WWN",
		      .help = "port name; of a LUN its WWID",
		      .is_default = true },
	[COL_PATH] = { .name = "PATH",
		       .help = "its name below /dev that leads to it",
		       .is_default = true },
	[COL_PROBLEM] = { .name = "PROBLEM",
			  .help = "what is wrong with a virtual HBA",
			  .is_default = true },
};

/* What a line has in common with all others. */
struct cells {
	const char *kind, *state;
	bool is_bad; /* the state */
	const char *path, *problem;
};

static void add_line(struct table *table, struct libscols_line *parent,
		     const struct cells *cells)
{
	table_add_child(table, parent);
	table_set(table, COL_KIND, cells->kind);
	table_set(table, COL_STATE, cells->state);
	if (cells->is_bad)
		table_set_color(table, COL_STATE, "red");
	table_set(table, COL_PATH, cells->path);
	table_set(table, COL_PROBLEM, cells->problem);
	if (cells->problem)
		table_set_color(table, COL_PROBLEM, "red");
}

void ctl_tree_add_hba(struct table *table, const struct fc_port *hba)
{
	const struct cells cells = {
		.kind = "hba",
		.state = port_state_to_string(hba->state),
		.is_bad = hba->state != PORT_ONLINE,
	};
	add_line(table, NULL, &cells);
	table_set_host(table, COL_NAME, hba->host);
	table_set_wwn(table, COL_WWN, hba->wwpn);
}

void ctl_tree_add_vhba(struct table *table, struct libscols_line *parent,
		       const struct overview_row *row, const struct ctl_health *health)
{
	const struct cells cells = {
		.kind = "vhba",
		.state = overview_row_state(row),
		.is_bad = row->state && !row->port,
		.problem = ctl_health_problem(health),
	};
	add_line(table, parent, &cells);
	table_set(table, COL_NAME,
		  row->name  ? row->name :
		  row->vport ? row->vport->sysname :
			       NULL);
	table_set_wwn(table, COL_WWN, row->wwpn);
}

void ctl_tree_add_rport(struct table *table, struct libscols_line *parent,
			const struct fc_rport *rport)
{
	const struct cells cells = {
		.kind = "target",
		.state = port_state_to_string(rport->state),
		.is_bad = rport->state != PORT_ONLINE,
	};
	add_line(table, parent, &cells);
	table_set(table, COL_NAME, rport->sysname);
	table_set_wwn(table, COL_WWN, rport->wwpn);
}

void ctl_tree_add_lun(struct table *table, struct libscols_line *parent,
		      const struct ctl_lun *lun)
{
	char path[sizeof(NPIV_DEV_DIR) + NPIV_LINK_MAX] = "";
	const struct fc_lun *unit = lun->lun;
	const struct cells cells = {
		.kind = "lun",
		.state = lun->is_ambiguous ? "ambiguous" : unit->state,
		.is_bad = lun->is_ambiguous || !streq(unit->state, "running"),
		.path = path,
	};
	if (lun->link)
		(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s", lun->link);
	add_line(table, parent, &cells);
	if (unit->type == 0)
		table_set_format(table, COL_NAME, "LUN %" PRIu64, unit->lun);
	else
		table_set_format(table, COL_NAME, "LUN %" PRIu64 " (%s)", unit->lun,
				 scsi_type_to_string(unit->type));
	table_set(table, COL_WWN, unit->wwid);
}

static void set_device_size(struct table *table, int sysfs, const char *name)
{
	char attribute[64];
	uint64_t sectors;

	(void)snprintf(attribute, sizeof(attribute), "class/block/%.31s/size", name);
	if (sysfs_read_number(sysfs, attribute, &sectors) >= 0 &&
	    sectors <= UINT64_MAX / SECTOR_SIZE)
		table_set_size(table, COL_SIZE, sectors * SECTOR_SIZE);
}

void ctl_tree_add_device(struct table *table, struct libscols_line *parent, int sysfs,
			 const struct block_node *node)
{
	const struct cells cells = { .kind = block_kind_to_string(node->kind) };
	add_line(table, parent, &cells);
	if (*node->title)
		table_set_format(table, COL_NAME, "%s (%s)", node->name, node->title);
	else
		table_set(table, COL_NAME, node->name);
	set_device_size(table, sysfs, node->name);
}
