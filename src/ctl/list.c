// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl list: every vHBA, configured or not, up or not. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/health.h"
#include "ctl/ctl.h"

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
};

static const struct table_column columns[] = {
	[COL_NAME] = { .name = "NAME",
		       .help = "its name; none: unmanaged",
		       .is_default = true },
	[COL_POOL] = { .name = "POOL",
		       .help = "the pool that its LUNs are named in",
		       .is_default = true },
	[COL_TYPE] = { .name = "TYPE", .help = "vport, or hba for a physical port" },
	[COL_WWPN] = { .name = "WWPN", .help = "its port name", .is_default = true },
	[COL_WWNN] = { .name = "WWNN", .help = "its node name" },
	[COL_PARENT] = { .name = "PARENT",
			 .help = "port name of the HBA that carries it",
			 .is_default = true },
	[COL_HOST] = { .name = "HOST", .help = "its SCSI host now", .is_default = true },
	[COL_STATE] = { .name = "STATE",
			.help = "of the port; Absent: not up; Missing: gone while up",
			.is_default = true },
	[COL_LUNS] = { .name = "LUNS",
		       .help = "LUNs found, and how many are expected",
		       .is_default = true },
	[COL_LUNS_FOUND] = { .name = "LUNS-FOUND",
			     .help = "LUNs that are there as disks",
			     .type = COLUMN_NUMBER },
	[COL_LUNS_EXPECTED] = { .name = "LUNS-EXPECTED",
				.help = "by luns= or min_luns=",
				.type = COLUMN_NUMBER },
	[COL_UNIT] = { .name = "UNIT",
		       .help = "state of npiv-vport@NAME.service, or unmanaged",
		       .is_default = true },
	[COL_STAGE] = { .name = "STAGE",
			.help = "ready, stopped, or what holds it, as npiv-vport(8) has it" },
	[COL_PROBLEM] = { .name = "PROBLEM",
			  .help = "what is wrong with it",
			  .is_default = true },
	[COL_MANAGED] = { .name = "MANAGED",
			  .help = "whether it is one of ours",
			  .type = COLUMN_BOOLEAN },
	[COL_CONFIGURED] = { .name = "CONFIGURED",
			     .help = "the file and line that define it" },
};

static const struct ctl_option options[] = { CTL_OPTION_TREE };

static const struct ctl_help help = {
	.usage = "list [OPTION...]",
	.text = "Shows every virtual HBA: those that are configured, those that are up, and virtual ports\n"
		"that somebody else made.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = ctl_on_tree,
};

static void set_unit(struct table *table, const struct vhba_row *row, const char *state)
{
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
	set_unit(table, row, health.unit.active_state);
	table_set(table, COL_STAGE, ctl_health_word(&health));
	table_set(table, COL_PROBLEM, problem);
	if (problem)
		table_set_color(table, COL_PROBLEM, "red");
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

static void set_port(struct table *table, const struct vhba_row *row)
{
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
	set_port(table, row);
	set_luns(table, row);
	return set_health(table, model, row, bus);
}

static int list_print(struct table *table, const struct host_model *model)
{
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	const struct vhba_table *vhbas = &model->vhbas;
	int r;

	if (vhbas->n == 0 && !table->is_json)
		fputs("npivctl: there is no virtual HBA, neither configured nor up\n",
		      stderr);
	for (size_t i = 0; i < vhbas->n; i++) {
		r = add_row(table, model, &vhbas->rows[i], bus);
		if (r < 0)
			return r;
	}
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
		return ctl_tree_show(NULL, &table_options);
	r = table_init(&table, "vhbas", columns, ARRAY_SIZE(columns), &table_options);
	if (r < 0)
		return ctl_fail_table(r);
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	r = list_print(&table, &model);
	return r < 0 ? ctl_fail("cannot print the table", r) : EXIT_SUCCESS;
}
