// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl tree: from the HBAs down to what stands on the disks, as one tree. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/select.h"
#include "ctl/tree-lines.h"
#include "ctl/ctl.h"

static const struct ctl_help help = {
	.usage = "tree [OPTION...] [NAME|POOL]",
	.text = "Shows HBAs, the virtual HBAs below them, their target ports and LUNs, and the disks, maps\n"
		"and holders on those, as a tree; in JSON nested as children. With NAME or POOL only the\n"
		"branches of these virtual HBAs.",
	.columns = ctl_tree_columns,
	.n_columns = CTL_TREE_N_COLUMNS,
	.max_arguments = 1,
};

struct tree {
	struct table *table;
	const struct ctl_sources *sources;
	struct ctl_lun_view *view;
	sd_bus *bus;
	const char *name; /* of a vHBA or a pool; NULL: all */
};

/* A disk with its partitions, and what stands on them. Each device hangs below the first one that it
 * stands on. */
static int add_devices(struct tree *tree, const struct fc_lun *lun,
		       struct libscols_line *parent)
{
	_cleanup_(block_tree_done) struct block_tree devices = { 0 };
	_cleanup_free_ struct libscols_line **lines = NULL;
	int r;

	if (!*lun->disk)
		return 0;
	r = block_tree_add(&devices, tree->sources->sysfs_fd, HOST_NONE, lun->disk);
	if (r < 0 || devices.n == 0)
		return r;
	lines = calloc(devices.n, sizeof(struct libscols_line *));
	if (!lines)
		return -ENOMEM;
	for (size_t i = 0; i < devices.n; i++) {
		size_t below = devices.nodes[i].below;

		ctl_tree_add_device(tree->table, i == 0 ? parent : lines[below],
				    tree->sources->sysfs_fd, &devices.nodes[i]);
		lines[i] = tree->table->line;
	}
	return 0;
}

static int add_lun(struct tree *tree, const struct overview_row *row,
		   const struct fc_lun *unit, struct libscols_line *parent)
{
	static const struct overview_row nobody = { 0 };
	struct ctl_lun lun;

	ctl_lun_find(tree->view, row ? row : &nobody, unit, &lun);
	ctl_tree_add_lun(tree->table, parent, &lun);
	return add_devices(tree, unit, tree->table->line);
}

/* The target ports that a host sees, each with its LUNs; LUNs of a port that is not known hang below the
 * host itself. */
static int add_targets(struct tree *tree, const struct overview_row *row, uint32_t host)
{
	struct inventory seen = inventory_of_host(&tree->sources->inventory, host);
	struct libscols_line *parent = tree->table->line, *line;
	int r = 0;

	for (size_t i = 0; r >= 0 && i <= seen.n_rports; i++) {
		const struct fc_rport *rport = i < seen.n_rports ? &seen.rports[i] : NULL;

		if (rport && !rport->is_target)
			continue;
		if (rport)
			ctl_tree_add_rport(tree->table, parent, rport);
		line = rport ? tree->table->line : parent;
		for (size_t j = 0; r >= 0 && j < seen.n_luns; j++)
			if (seen.luns[j].target_wwpn == (rport ? rport->wwpn : 0))
				r = add_lun(tree, row, &seen.luns[j], line);
	}
	return r;
}

static int add_vhba(struct tree *tree, const struct overview_row *row,
		    struct libscols_line *parent)
{
	_cleanup_(ctl_health_done) struct ctl_health health = { 0 };
	int r;

	r = ctl_health_read(tree->sources, row, tree->bus, &health);
	if (r < 0)
		return r;
	ctl_tree_add_vhba(tree->table, parent, row, &health);
	return row->port ? add_targets(tree, row, row->port->host) : 0;
}

/* Whether a vHBA hangs below this HBA: its vport does, it is this very port, or it is to be made
 * there. */
static bool is_below(const struct overview_row *row, const struct fc_port *hba)
{
	if (row->vport)
		return row->vport->parent_host == hba->host;
	if (row->port)
		return row->port == hba;
	return row->parent_wwpn && row->parent_wwpn == hba->wwpn;
}

static bool is_asked_for(const struct tree *tree, const struct overview_row *row)
{
	return !tree->name || overview_row_matches(row, tree->name);
}

static bool has_branch(const struct tree *tree, const struct fc_port *hba)
{
	const struct overview *overview = &tree->sources->overview;

	for (size_t i = 0; i < overview->n; i++)
		if (is_below(&overview->rows[i], hba) &&
		    is_asked_for(tree, &overview->rows[i]))
			return true;
	return !tree->name;
}

static int add_hba(struct tree *tree, const struct fc_port *hba)
{
	const struct overview *overview = &tree->sources->overview;
	struct libscols_line *line;
	bool is_a_vhba = false;
	int r = 0;

	ctl_tree_add_hba(tree->table, hba);
	line = tree->table->line;
	for (size_t i = 0; r >= 0 && i < overview->n; i++) {
		const struct overview_row *row = &overview->rows[i];

		if (!is_below(row, hba))
			continue;
		is_a_vhba = is_a_vhba || row->port == hba;
		if (is_asked_for(tree, row))
			r = add_vhba(tree, row, line);
	}
	/* What a port sees that is no vHBA of ours is its own. */
	if (r < 0 || is_a_vhba || tree->name)
		return r;
	tree->table->line = line;
	return add_targets(tree, NULL, hba->host);
}

/* Those whose HBA is not there. */
static int add_homeless(struct tree *tree, const struct overview_row *row)
{
	const struct inventory *inventory = &tree->sources->inventory;

	for (size_t i = 0; i < inventory->n_ports; i++)
		if (!inventory->ports[i].is_vport && is_below(row, &inventory->ports[i]))
			return 0;
	return is_asked_for(tree, row) ? add_vhba(tree, row, NULL) : 0;
}

static int show(struct tree *tree)
{
	const struct inventory *inventory = &tree->sources->inventory;
	const struct overview *overview = &tree->sources->overview;
	bool is_known = !tree->name;
	int r = 0;

	for (size_t i = 0; i < overview->n; i++)
		is_known = is_known || is_asked_for(tree, &overview->rows[i]);
	if (!is_known)
		return -ENOENT;
	for (size_t i = 0; r >= 0 && i < inventory->n_ports; i++)
		if (!inventory->ports[i].is_vport &&
		    has_branch(tree, &inventory->ports[i]))
			r = add_hba(tree, &inventory->ports[i]);
	for (size_t i = 0; r >= 0 && i < overview->n; i++)
		r = add_homeless(tree, &overview->rows[i]);
	return r < 0 ? r : table_print(tree->table);
}

static int run(struct tree *tree, const struct ctl_sources *sources)
{
	_cleanup_(ctl_lun_view_done) struct ctl_lun_view view = { 0 };
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	int r;

	tree->sources = sources;
	tree->view = &view;
	tree->bus = bus;
	r = ctl_lun_view_init(&view, sources);
	return r < 0 ? r : show(tree);
}

int ctl_tree_show(const char *name, const struct table_options *options)
{
	_cleanup_(ctl_sources_done) struct ctl_sources sources = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct tree tree = { .table = &table, .name = name };
	int r;

	r = table_init(&table, "tree", ctl_tree_columns, CTL_TREE_N_COLUMNS, options);
	if (r < 0)
		return ctl_fail_table(r);
	r = ctl_sources_load(&sources);
	if (r < 0)
		return EXIT_FAILURE;
	r = run(&tree, &sources);
	if (r == -ENOENT)
		return ctl_fail_unknown(&sources, tree.name);
	return r < 0 ? ctl_fail("cannot show the tree", r) : EXIT_SUCCESS;
}

int ctl_tree(int argc, char *argv[])
{
	struct table_options options;
	int r;

	r = ctl_parse_options(argc, argv, &help, NULL, &options);
	return r >= 0 ? r : ctl_tree_show(argv[optind], &options);
}
