// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl tree: from the HBAs down to what is on the disks, as one tree. */
#include <getopt.h>
#include <inttypes.h>

#include "diagnose/stage.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "fc/lun.h"
#include "fc/sysfs.h"
#include "ctl/health.h"
#include "ctl/lun.h"
#include "ctl/table.h"

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
};

static const struct table_column columns[] = {
	[COL_NAME] = { .name = "NAME",
		       .help = "its name",
		       .is_tree = true,
		       .place = 1,
		       .least = 20 },
	[COL_KIND] = { .name = "KIND",
		       .help = "hba, vhba, target, lun, disk, part, map or holder",
		       .place = 2,
		       .gives_way = 1 },
	[COL_STATE] = { .name = "STATE",
			.help = "state of the port or device",
			.place = 3,
			.least = 8 },
	[COL_SIZE] = { .name = "SIZE",
		       .help = "size; in bytes with --json",
		       .type = COLUMN_NUMBER,
		       .place = 4,
		       .gives_way = 2 },
	[COL_WWN] = { .name = "WWN", .help = "port name; for a LUN its WWID" },
	[COL_PATH] = { .name = "PATH",
		       .help = "a name below /dev that leads to it",
		       .place = 5,
		       .least = 18 },
	[COL_PROBLEM] = { .name = "PROBLEM",
			  .help = "what is wrong; by default on a line of its own" },
};

/* What a line has in common with all others. */
struct cells {
	const char *kind, *state;
	bool is_bad; /* the state */
	const char *path, *problem;
};

static void line_add(struct table *table, unsigned depth, const struct cells *cells)
{
	table_add_child(table, depth);
	table_set(table, COL_KIND, cells->kind);
	table_set(table, COL_STATE, cells->state);
	if (cells->is_bad)
		table_set_color(table, COL_STATE, "red");
	table_set(table, COL_PATH, cells->path);
	table_set_problem(table, COL_PROBLEM, cells->problem);
}

static void line_add_hba(struct table *table, const struct fc_port *hba)
{
	const struct cells cells = {
		.kind = "hba",
		.state = port_state_to_string(hba->state),
		.is_bad = hba->state != PORT_ONLINE,
	};
	line_add(table, 0, &cells);
	table_set_host(table, COL_NAME, hba->host);
	table_set_wwn(table, COL_WWN, hba->wwpn);
}

static void line_add_vhba(struct table *table, unsigned depth, const struct vhba_row *row,
			  const struct ctl_health *health)
{
	const struct cells cells = {
		.kind = "vhba",
		.state = vhba_row_state(row),
		.is_bad = row->state && !row->port,
		.problem = ctl_health_problem(health),
	};
	line_add(table, depth, &cells);
	table_set(table, COL_NAME,
		  row->name  ? row->name :
		  row->vport ? row->vport->sysname :
			       NULL);
	table_set_wwn(table, COL_WWN, row->wwpn);
}

static void line_add_rport(struct table *table, unsigned depth,
			   const struct fc_rport *rport)
{
	const struct cells cells = {
		.kind = "target",
		.state = port_state_to_string(rport->state),
		.is_bad = rport->state != PORT_ONLINE,
	};
	line_add(table, depth, &cells);
	table_set(table, COL_NAME, rport->sysname);
	table_set_wwn(table, COL_WWN, rport->wwpn);
}

static void line_add_lun(struct table *table, unsigned depth, const struct ctl_lun *lun)
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
	line_add(table, depth, &cells);
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

static void line_add_device(struct table *table, unsigned depth, int sysfs,
			    const struct block_node *node)
{
	const struct cells cells = { .kind = block_kind_to_string(node->kind) };
	line_add(table, depth, &cells);
	if (*node->title)
		table_set_format(table, COL_NAME, "%s (%s)", node->name, node->title);
	else
		table_set(table, COL_NAME, node->name);
	set_device_size(table, sysfs, node->name);
}

/* --- the tree --- */

static const struct ctl_help help = {
	.usage = "tree [OPTION...] [NAME|POOL]",
	.text = "Shows HBAs, the virtual HBAs below them, their target ports and LUNs, and the disks, maps\n"
		"and holders on the LUNs, as a tree; JSON has them nested as children. With NAME or POOL it\n"
		"shows only the branches of these virtual HBAs.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.max_arguments = 1,
};

struct tree {
	struct table *table;
	const struct host_model *model;
	struct lun_ctx *ctx;
	sd_bus *bus;
	const char *name; /* of a vHBA or a pool; NULL: all */
};

/* A device and the devices on it. Each is a branch of the first device below it. */
static void add_device(struct tree *tree, const struct block_tree *devices, size_t i,
		       unsigned depth)
{
	line_add_device(tree->table, depth, tree->model->sysfs_fd, &devices->nodes[i]);
	for (size_t j = i + 1; j < devices->n; j++)
		if (devices->nodes[j].below == i)
			add_device(tree, devices, j, depth + 1);
}

/* A disk with its partitions, and the devices on them. */
static int add_devices(struct tree *tree, const struct fc_lun *lun, unsigned depth)
{
	_cleanup_(block_tree_done) struct block_tree devices = { 0 };
	int r;

	if (!*lun->disk)
		return 0;
	r = block_tree_add(&devices, tree->model->sysfs_fd, HOST_NONE, lun->disk);
	if (r >= 0 && devices.n > 0)
		add_device(tree, &devices, 0, depth);
	return r;
}

static int add_lun(struct tree *tree, const struct vhba_row *row,
		   const struct fc_lun *unit, unsigned depth)
{
	static const struct vhba_row nobody = { 0 };
	struct ctl_lun lun;

	ctl_lun_find(tree->ctx, row ? row : &nobody, unit, &lun);
	line_add_lun(tree->table, depth, &lun);
	return add_devices(tree, unit, depth + 1);
}

/* The target ports that a host sees, each with its LUNs; LUNs of a port that is not known are as deep as the
 * ports. */
static int add_targets(struct tree *tree, const struct vhba_row *row, uint32_t host,
		       unsigned depth)
{
	struct inventory seen = inventory_of_host(&tree->model->inventory, host);
	int r = 0;

	for (size_t i = 0; r >= 0 && i <= seen.n_rports; i++) {
		const struct fc_rport *rport = i < seen.n_rports ? &seen.rports[i] : NULL;

		if (rport && !rport->is_target)
			continue;
		if (rport)
			line_add_rport(tree->table, depth, rport);
		for (size_t j = 0; r >= 0 && j < seen.n_luns; j++)
			if (seen.luns[j].target_wwpn == (rport ? rport->wwpn : 0))
				r = add_lun(tree, row, &seen.luns[j],
					    rport ? depth + 1 : depth);
	}
	return r;
}

static int add_vhba(struct tree *tree, const struct vhba_row *row, unsigned depth)
{
	_cleanup_(ctl_health_done) struct ctl_health health = { 0 };
	int r;

	r = ctl_health_read(tree->model, row, tree->bus, &health);
	if (r < 0)
		return r;
	line_add_vhba(tree->table, depth, row, &health);
	return row->port ? add_targets(tree, row, row->port->host, depth + 1) : 0;
}

/* Whether a vHBA hangs below this HBA: its vport does, it is this very port, or it is to be made
 * there. */
static bool is_below(const struct vhba_row *row, const struct fc_port *hba)
{
	if (row->vport)
		return row->vport->parent_host == hba->host;
	if (row->port)
		return row->port == hba;
	return row->parent_wwpn && row->parent_wwpn == hba->wwpn;
}

static bool is_asked_for(const struct tree *tree, const struct vhba_row *row)
{
	return !tree->name || vhba_row_matches(row, tree->name);
}

static bool has_branch(const struct tree *tree, const struct fc_port *hba)
{
	const struct vhba_table *vhbas = &tree->model->vhbas;

	for (size_t i = 0; i < vhbas->n; i++)
		if (is_below(&vhbas->rows[i], hba) && is_asked_for(tree, &vhbas->rows[i]))
			return true;
	return !tree->name;
}

static int add_hba(struct tree *tree, const struct fc_port *hba)
{
	const struct vhba_table *vhbas = &tree->model->vhbas;
	bool is_a_vhba = false;
	int r = 0;

	line_add_hba(tree->table, hba);
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!is_below(row, hba))
			continue;
		is_a_vhba = is_a_vhba || row->port == hba;
		if (is_asked_for(tree, row))
			r = add_vhba(tree, row, 1);
	}
	/* What a port sees that is no vHBA of ours is its own. */
	if (r < 0 || is_a_vhba || tree->name)
		return r;
	return add_targets(tree, NULL, hba->host, 1);
}

/* Those whose HBA is not there. */
static int add_homeless(struct tree *tree, const struct vhba_row *row)
{
	const struct inventory *inventory = &tree->model->inventory;

	for (size_t i = 0; i < inventory->n_ports; i++)
		if (!inventory->ports[i].is_vport && is_below(row, &inventory->ports[i]))
			return 0;
	return is_asked_for(tree, row) ? add_vhba(tree, row, 0) : 0;
}

static int tree_show(struct tree *tree)
{
	const struct inventory *inventory = &tree->model->inventory;
	const struct vhba_table *vhbas = &tree->model->vhbas;
	bool is_known = !tree->name;
	int r = 0;

	for (size_t i = 0; i < vhbas->n; i++)
		is_known = is_known || is_asked_for(tree, &vhbas->rows[i]);
	if (!is_known)
		return -ENOENT;
	for (size_t i = 0; r >= 0 && i < inventory->n_ports; i++)
		if (!inventory->ports[i].is_vport &&
		    has_branch(tree, &inventory->ports[i]))
			r = add_hba(tree, &inventory->ports[i]);
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		r = add_homeless(tree, &vhbas->rows[i]);
	return r < 0 ? r : table_print(tree->table);
}

static int tree_run(struct tree *tree, const struct host_model *model)
{
	_cleanup_(lun_ctx_done) struct lun_ctx ctx = { 0 };
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	int r;

	tree->model = model;
	tree->ctx = &ctx;
	tree->bus = bus;
	r = lun_ctx_init(&ctx, model);
	return r < 0 ? r : tree_show(tree);
}

int ctl_tree_show(const char *name, const struct table_options *options)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct tree tree = { .table = &table, .name = name };
	int r;

	r = table_init(&table, "tree", columns, ARRAY_SIZE(columns), options);
	if (r < 0)
		return ctl_fail_table(r);
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	r = tree_run(&tree, &model);
	if (r == -ENOENT)
		return ctl_fail_unknown(&model, tree.name);
	return r < 0 ? ctl_fail("cannot show the tree", r) : EXIT_SUCCESS;
}

int ctl_tree(int argc, char *argv[])
{
	struct table_options options;
	int r;

	r = ctl_parse_options(argc, argv, &help, NULL, &options);
	return r >= 0 ? r : ctl_tree_show(argv[optind], &options);
}
