// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl hbas: every Fibre Channel HBA, and whether it can carry virtual ones. */
#include <getopt.h>

#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "ctl/ctl.h"
#include "state/environment.h"
#include "fc/scan.h"

enum {
	COL_HOST,
	COL_PCI_ADDRESS,
	COL_DRIVER,
	COL_WWPN,
	COL_WWNN,
	COL_FABRIC,
	COL_STATE,
	COL_SPEED,
	COL_TOPOLOGY,
	COL_MODEL,
	COL_VPORTS,
	COL_MAX,
	COL_FREE,
	COL_TARGET_MODE,
	COL_PROBLEM,
};

static const struct table_column columns[] = {
	[COL_HOST] = { .name = "HOST", .help = "its current SCSI host", .place = 1 },
	[COL_PCI_ADDRESS] = { .name = "PCI-ADDRESS", .help = "its PCI address" },
	[COL_DRIVER] = { .name = "DRIVER",
			 .help = "its kernel driver",
			 .place = 2,
			 .gives_way = 2 },
	[COL_WWPN] = { .name = "WWPN", .help = "its port name", .place = 3 },
	[COL_WWNN] = { .name = "WWNN", .help = "its node name" },
	[COL_FABRIC] = { .name = "FABRIC",
			 .help = "name of the fabric that it is logged in to",
			 .place = 4,
			 .gives_way = 3 },
	[COL_STATE] = { .name = "STATE",
			.help = "state of the port",
			.place = 5,
			.least = 8 },
	[COL_SPEED] = { .name = "SPEED",
			.help = "speed of the link",
			.place = 6,
			.gives_way = 1 },
	[COL_TOPOLOGY] = { .name = "TOPOLOGY",
			   .help = "topology, as its driver reports it" },
	[COL_MODEL] = { .name = "MODEL", .help = "model, as its driver reports it" },
	[COL_VPORTS] = { .name = "VPORTS",
			 .help = "virtual ports in use",
			 .type = COLUMN_NUMBER,
			 .place = 7 },
	[COL_MAX] = { .name = "MAX",
		      .help = "virtual ports that it can have",
		      .type = COLUMN_NUMBER,
		      .place = 8 },
	[COL_FREE] = { .name = "FREE",
		       .help = "virtual ports that are left",
		       .type = COLUMN_NUMBER },
	[COL_TARGET_MODE] = { .name = "TARGET-MODE",
			      .help = "whether it offers LUNs to other hosts",
			      .type = COLUMN_BOOLEAN },
	[COL_PROBLEM] = { .name = "PROBLEM",
			  .help = "why it can have no more; by default on a line of its own" },
};

static const struct ctl_option options[] = { CTL_OPTION_TREE };

static const struct ctl_help help = {
	.usage = "hbas [OPTION...]",
	.text = "Shows every physical Fibre Channel port of this host, how many virtual ports it has\n"
		"and can have, and why it can have no further one.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = ctl_on_tree,
};

static void set_hardware(struct table *table, const struct fc_port *port)
{
	table_set_host(table, COL_HOST, port->host);
	table_set(table, COL_PCI_ADDRESS, port->pci_address);
	table_set(table, COL_DRIVER, port->driver);
	table_set(table, COL_MODEL, port->symbolic_name);
	table_set_wwn(table, COL_WWPN, port->wwpn);
	table_set_wwn(table, COL_WWNN, port->wwnn);
}

static void set_link(struct table *table, const struct fc_port *port)
{
	table_set_wwn(table, COL_FABRIC, port->fabric_wwn);
	table_set(table, COL_STATE, port_state_to_string(port->state));
	if (port->state != PORT_ONLINE)
		table_set_color(table, COL_STATE, "red");
	table_set(table, COL_SPEED, port->speed);
	table_set(table, COL_TOPOLOGY, port->port_type);
}

static void set_capacity(struct table *table, const struct fc_port *port)
{
	char problem[PARENT_DETAIL_SIZE];

	if (port->is_capable) {
		table_set_number(table, COL_VPORTS, port->vports_inuse);
		table_set_number(table, COL_MAX, port->max_vports);
	}
	table_set_number(table, COL_FREE, parent_free_vports(port));
	table_set_bool(table, COL_TARGET_MODE, port->is_target);
	table_set_problem(table, COL_PROBLEM, parent_detail(port, problem));
}

static int hbas_print(struct table *table, const struct inventory *inventory)
{
	size_t n = 0;

	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		if (port->is_vport)
			continue;
		table_add_line(table);
		set_hardware(table, port);
		set_link(table, port);
		set_capacity(table, port);
		n++;
	}
	if (n == 0 && !table->is_json)
		fputs("npivctl: no Fibre Channel HBA is visible: this host has none, or its driver is not loaded\n",
		      stderr);
	return table_print(table);
}

int ctl_hbas(int argc, char *argv[])
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	bool is_tree = false;
	int r;

	r = ctl_parse_options(argc, argv, &help, &is_tree, &table_options);
	if (r >= 0)
		return r;
	if (is_tree)
		return ctl_tree_show(NULL, &table_options);
	r = table_init(&table, "hbas", columns, ARRAY_SIZE(columns), &table_options);
	if (r < 0)
		return ctl_fail_table(r);
	r = scan_ports(environment_sysfs(), &inventory);
	if (r < 0)
		return ctl_fail("cannot look at the HBAs", r);
	r = hbas_print(&table, &inventory);
	return r < 0 ? ctl_fail("cannot print the table", r) : EXIT_SUCCESS;
}
