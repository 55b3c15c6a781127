// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl list: every vHBA, whether it is configured or not, up or not. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/health.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "fc/wwn.h"

enum {
	COL_NAME,
	COL_POOL,
	COL_TYPE,
	COL_WWPN,
	COL_WWNN,
	COL_PARENT,
	COL_HOST,
	COL_STATE,
	COL_LUNS,
	COL_LUNS_FOUND,
	COL_LUNS_EXPECTED,
	COL_UNIT,
	COL_STAGE,
	COL_PROBLEM,
	COL_MANAGED,
	COL_CONFIGURED,
	COL_FABRIC,
};

static const struct table_column columns[] = {
	[COL_NAME] = { .name = "NAME",
		       .help = "its name; unmanaged virtual ports have none",
		       .place = 1,
		       .least = 8 },
	[COL_POOL] = { .name = "POOL",
		       .help = "the pool that its LUNs are named in",
		       .place = 2,
		       .gives_way = 1 },
	[COL_TYPE] = { .name = "TYPE", .help = "vport, or hba for a physical port" },
	[COL_WWPN] = { .name = "WWPN", .help = "its port name", .place = 3 },
	[COL_WWNN] = { .name = "WWNN", .help = "its node name" },
	[COL_PARENT] = { .name = "PARENT", .help = "port name of its parent HBA" },
	[COL_HOST] = { .name = "HOST",
		       .help = "its current SCSI host",
		       .place = 5,
		       .gives_way = 2 },
	[COL_STATE] = { .name = "STATE",
			.help = "port state; Absent if not started, Missing if it disappeared",
			.place = 6,
			.least = 8 },
	[COL_LUNS] = { .name = "LUNS",
		       .help = "LUNs found, and LUNs expected",
		       .place = 7 },
	[COL_LUNS_FOUND] = { .name = "LUNS-FOUND",
			     .help = "LUNs that have a disk",
			     .type = COLUMN_NUMBER },
	[COL_LUNS_EXPECTED] = { .name = "LUNS-EXPECTED",
				.help = "LUNs that luns= or min_luns= asks for",
				.type = COLUMN_NUMBER },
	[COL_UNIT] = { .name = "UNIT",
		       .help = "state of npiv-vport@NAME.service, or unmanaged",
		       .place = 8 },
	[COL_STAGE] = { .name = "STAGE",
			.help = "ready, stopped, or the problem in one word of npiv-vport(8)" },
	[COL_PROBLEM] = { .name = "PROBLEM",
			  .help = "what is wrong; by default on a line of its own" },
	[COL_MANAGED] = { .name = "MANAGED",
			  .help = "whether npiv manages it",
			  .type = COLUMN_BOOLEAN },
	[COL_CONFIGURED] = { .name = "CONFIGURED",
			     .help = "the file and line that define it" },
	[COL_FABRIC] = { .name = "FABRIC",
			 .help = "name of the fabric that it or its HBA is logged in to",
			 .is_on_request = true,
			 .place = 4,
			 .gives_way = 3 },
};

static const struct ctl_option options[] = { CTL_OPTION_TREE };

static const struct ctl_help help = {
	.usage = "list [OPTION...] [NAME|POOL]",
	.text = "Shows one virtual HBA, those of a pool, or all: virtual HBAs that are configured, virtual\n"
		"HBAs that are up, and virtual ports that other tools created.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = ctl_on_tree,
};

static void set_unit(struct table *table, const struct vhba_row *row,
		     const struct bus_unit *unit)
{
	const char *state = unit->active_state; /* NULL: not known */

	/* JSON has the state of systemd alone. */
	if (!table->is_json && state && ctl_unit_is_masked(unit) &&
	    streq(state, "inactive"))
		state = "masked";
	table_set(table, COL_UNIT, row->name ? state : "unmanaged");
	if (!row->name || !state)
		return;
	if (streq(state, "failed"))
		table_set_color(table, COL_UNIT, "red");
	if (streq(state, "active"))
		table_set_color(table, COL_UNIT, "green");
}

static int set_health(struct table *table, const struct host_model *model,
		      const struct vhba_row *row, sd_bus *bus)
{
	_cleanup_(ctl_health_done) struct ctl_health health = { 0 };
	const char *problem;
	int r;

	r = ctl_health_read(model, row, bus, &health);
	if (r < 0)
		return r;
	problem = health.check.diagnosis.stage == STAGE_CONFIG ?
			  ctl_health_detail(&health) :
			  ctl_health_problem(&health);
	set_unit(table, row, &health.unit);
	table_set(table, COL_STAGE, ctl_health_word(&health));
	table_set_problem(table, COL_PROBLEM, problem);
	return 0;
}

static void set_names(struct table *table, const struct vhba_row *row)
{
	uint64_t wwnn = row->port ? row->port->wwnn : row->config ? row->config->wwnn : 0;
	enum vhba_type type = row->state  ? row->state->type :
			      row->config ? row->config->type :
					    VHBA_VPORT;

	table_set(table, COL_NAME, row->name);
	table_set(table, COL_POOL, row->pool);
	table_set(table, COL_TYPE, type == VHBA_HBA ? "hba" : "vport");
	table_set_wwn(table, COL_WWPN, row->wwpn);
	table_set_wwn(table, COL_WWNN, wwnn);
	table_set_wwn(table, COL_PARENT, row->parent_wwpn);
	table_set_bool(table, COL_MANAGED, row->name != NULL);
	if (row->config)
		table_set_format(table, COL_CONFIGURED, "%s:%u", row->config->file,
				 row->config->line);
}

static void set_luns(struct table *table, const struct vhba_row *row)
{
	table_set_number(table, COL_LUNS_FOUND, row->luns_found);
	if (row->luns_expected > 0) {
		table_set_format(table, COL_LUNS, "%u/%u", row->luns_found,
				 row->luns_expected);
		table_set_number(table, COL_LUNS_EXPECTED, row->luns_expected);
	} else {
		table_set_number(table, COL_LUNS, row->luns_found);
	}
	if (row->luns_found < row->luns_expected && row->state)
		table_set_color(table, COL_LUNS, "red");
}

/* Of its port, else of the HBA that carries it or is to carry it. */
static uint64_t find_fabric(const struct inventory *inventory, const struct vhba_row *row)
{
	const struct fc_port *parent =
		inventory_port_by_wwpn(inventory, row->parent_wwpn);

	if (row->port && wwn_is_usable(row->port->fabric_wwn))
		return row->port->fabric_wwn;
	if (parent && wwn_is_usable(parent->fabric_wwn))
		return parent->fabric_wwn;
	return row->config ? row->config->parent.fabric_wwn : 0;
}

static void set_port(struct table *table, const struct inventory *inventory,
		     const struct vhba_row *row)
{
	table_set_wwn(table, COL_FABRIC, find_fabric(inventory, row));
	table_set_host(table, COL_HOST, row->port ? row->port->host : HOST_NONE);
	table_set(table, COL_STATE, vhba_row_state(row));
	if (!row->port && row->state)
		table_set_color(table, COL_STATE, "red");
}

static int add_row(struct table *table, const struct host_model *model,
		   const struct vhba_row *row, sd_bus *bus)
{
	table_add_line(table);
	set_names(table, row);
	set_port(table, &model->inventory, row);
	set_luns(table, row);
	return set_health(table, model, row, bus);
}

/* Adds those that are asked for (NULL: all). */
static int add_rows(struct table *table, const struct host_model *model, const char *name)
{
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	int r = 0;

	for (size_t i = 0; r >= 0 && i < model->vhbas.n; i++) {
		const struct vhba_row *row = &model->vhbas.rows[i];

		if (!name || vhba_row_matches(row, name))
			r = add_row(table, model, row, bus);
	}
	return r;
}

static int list_print(struct table *table, const struct host_model *model,
		      const char *name)
{
	int r = add_rows(table, model, name);

	if (r < 0)
		return r;
	if (!table->has_line && name)
		return -ENOENT;
	if (!table->has_line && !table->is_json)
		fputs("npivctl: no virtual HBA is configured or up\n", stderr);
	return table_print(table);
}

int ctl_list(int argc, char *argv[])
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	bool is_tree = false;
	int r;

	r = ctl_parse_options(argc, argv, &help, &is_tree, &table_options);
	if (r >= 0)
		return r;
	if (is_tree)
		return ctl_tree_show(argv[optind], &table_options);
	r = table_init(&table, "vhbas", columns, ARRAY_SIZE(columns), &table_options);
	if (r < 0)
		return ctl_fail_table(r);
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	r = list_print(&table, &model, argv[optind]);
	if (r == -ENOENT)
		return ctl_fail_unknown(&model, argv[optind]);
	return r < 0 ? ctl_fail("cannot print the table", r) : EXIT_SUCCESS;
}
