// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl luns: what each vHBA sees, what it is called, who uses it. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/conflicts.h"
#include "ctl/lun-cells.h"
#include "ctl/lun-links.h"
#include "ctl/select.h"
#include "ctl/ctl.h"

struct luns {
	bool links, tree;
	const char *name; /* of a vHBA or a pool; NULL: all */
	struct table table;
	struct ctl_lun_view view;
	struct block_tree seen; /* devices whose links were listed */
};

static int on_option(int letter, const char *argument, void *context)
{
	struct luns *luns = context;

	luns->links = luns->links || letter == 'l';
	luns->tree = luns->tree || letter == 'T';
	if (luns->links && luns->tree) {
		fputs("npivctl luns: --links is a list: --tree means nothing with it\n",
		      stderr);
		return -EINVAL;
	}
	return 0;
}

static const struct ctl_option options[] = {
	{ "links", 'l', no_argument, NULL,
	  "every stable name instead, one a line: of the disk, its partitions\n"
	  "and the map over it (columns VHBA, POOL, LUN, DEVICE, KIND, LINK)" },
	CTL_OPTION_TREE,
};

static const struct ctl_help help = {
	.usage = "luns [OPTION...] [NAME|POOL]",
	.text = "Shows the LUNs of one virtual HBA, of all of a pool, or of all, each path on its own line.",
	.columns = ctl_lun_columns,
	.n_columns = CTL_LUN_N_COLUMNS,
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = on_option,
};

static int add_lun(struct luns *luns, const struct overview_row *vhba,
		   const struct fc_lun *unit)
{
	struct ctl_lun lun;

	ctl_lun_find(&luns->view, vhba, unit, &lun);
	if (luns->links)
		return ctl_link_add_lines(&luns->table, &luns->view, &lun, &luns->seen);
	return ctl_lun_add_line(&luns->table, &luns->view, &lun);
}

static int add_vhba(struct luns *luns, const struct overview_row *vhba)
{
	const struct inventory *inventory = &luns->view.sources->inventory;
	int r = 0;

	for (size_t i = 0; vhba->port && r >= 0 && i < inventory->n_luns; i++)
		if (inventory->luns[i].host == vhba->port->host)
			r = add_lun(luns, vhba, &inventory->luns[i]);
	return r;
}

/* Adds the vHBAs that are asked for. Returns how many, or -errno. */
static int add_vhbas(struct luns *luns)
{
	const struct overview *overview = &luns->view.sources->overview;
	int n = 0;

	for (size_t i = 0; i < overview->n; i++) {
		int r;

		if (luns->name && !overview_row_matches(&overview->rows[i], luns->name))
			continue;
		r = add_vhba(luns, &overview->rows[i]);
		if (r < 0)
			return r;
		n++;
	}
	return n;
}

/* What is no part of the table. */
static void explain(const struct luns *luns)
{
	if (luns->view.was_denied)
		fputs("npivctl: to read disks and to ask maps takes root: what is on a disk is what udev saw last\n",
		      stderr);
	if (!luns->table.json)
		ctl_conflicts_explain(luns->view.sources, &luns->view.conflicts,
				      luns->name);
}

static int show(struct luns *luns, const struct ctl_sources *sources)
{
	int r;

	r = ctl_lun_view_init(&luns->view, sources);
	if (r >= 0 && !luns->links && ctl_lun_wants_users(&luns->table))
		r = ctl_lun_view_find_users(&luns->view, luns->name);
	if (r >= 0)
		r = add_vhbas(luns);
	if (r < 0)
		return r;
	if (r == 0 && luns->name)
		return -ENOENT;
	r = table_print(&luns->table);
	explain(luns);
	return r;
}

static void luns_done(struct luns *luns)
{
	block_tree_done(&luns->seen);
	ctl_lun_view_done(&luns->view);
	table_done(&luns->table);
}

static int make_table(struct luns *luns, const struct table_options *table)
{
	if (luns->links)
		return table_init(&luns->table, "links", ctl_link_columns,
				  CTL_LINK_N_COLUMNS, table);
	return table_init(&luns->table, "luns", ctl_lun_columns, CTL_LUN_N_COLUMNS,
			  table);
}

int ctl_luns(int argc, char *argv[])
{
	_cleanup_(ctl_sources_done) struct ctl_sources sources = { 0 };
	_cleanup_(luns_done) struct luns luns = { 0 };
	struct table_options table;
	int r;

	r = ctl_parse_options(argc, argv, &help, &luns, &table);
	if (r >= 0)
		return r;
	luns.name = argv[optind];
	if (luns.tree)
		return ctl_tree_show(luns.name, &table);
	r = make_table(&luns, &table);
	if (r < 0)
		return ctl_fail_table(r);
	r = ctl_sources_load(&sources);
	if (r < 0)
		return EXIT_FAILURE;
	r = show(&luns, &sources);
	if (r == -ENOENT)
		return ctl_fail_unknown(&sources, luns.name);
	return r < 0 ? ctl_fail("cannot show the LUNs", r) : EXIT_SUCCESS;
}
