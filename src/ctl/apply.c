// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl apply: makes edited files take effect, and disturbs no more than needed. */
#include <getopt.h>

#include "ctl/config-diff.h"
#include "lib/usage.h"
#include "names/unitname.h"
#include "ctl/jobs.h"
#include "ctl/model.h"
#include "ctl/ctl.h"

enum {
	COL_NAME,
	COL_ACTION,
	COL_WHY,
};

static const struct table_column columns[] = {
	[COL_NAME] = { .name = "NAME", .help = "the virtual HBA", .place = 1 },
	[COL_ACTION] = { .name = "ACTION",
			 .help = "start, stop, restart or reload; none if nothing is done now",
			 .place = 2 },
	[COL_WHY] = { .name = "WHY", .help = "what has changed", .place = 3 },
};

static const struct ctl_option options[] = {
	{ "dry-run", 'd', no_argument, NULL, "show what would be done, and do nothing" },
};

static int on_option(int letter, const char *argument, void *context)
{
	bool *is_dry_run = context;

	*is_dry_run = true;
	return 0;
}

static const struct ctl_help help = {
	.usage = "apply [OPTION...]",
	.text = "Brings running virtual HBAs in line with the configuration. Stops virtual HBAs that no\n"
		"file defines, restarts those with a changed port, reloads those with changed names,\n"
		"permissions or LUNs, and starts those that are down and have autostart = yes. Shows the\n"
		"plan first. Virtual HBAs whose section has errors stay as they are.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = on_option,
};

/* --- showing --------------------------------------------------------------------------------- */

static void add_row(struct table *table, const struct config_change *change)
{
	table_add_line(table);
	table_set(table, COL_NAME, change->name);
	if (change->action != CONFIG_ACTION_NOTHING)
		table_set(table, COL_ACTION, config_action_to_string(change->action));
	table_set(table, COL_WHY, change->why);
}

static int print_table(const struct config_diff *list, struct table *table)
{
	if (list->n == 0 && !table->is_json) {
		fputs("npivctl: all virtual HBAs match their files\n", stderr);
		return 0;
	}
	for (size_t i = 0; i < list->n; i++)
		add_row(table, &list->changes[i]);
	return table_print(table);
}

/* --- doing ----------------------------------------------------------------------------------- */

static const char *const methods[_CONFIG_ACTION_MAX] = {
	[CONFIG_ACTION_STOP] = "StopUnit",
	[CONFIG_ACTION_START] = "StartUnit",
	[CONFIG_ACTION_RESTART] = "RestartUnit",
	/* A unit that failed has nothing to reload. */
	[CONFIG_ACTION_RELOAD] = "ReloadOrRestartUnit",
};

/* Whether systemd is not to start the vHBA; reports it. */
static bool is_masked(sd_bus *bus, const char *name)
{
	_cleanup_free_ char *unit = unit_name_vport(name);

	if (!unit || !bus_unit_is_masked(bus, unit))
		return false;
	printf("%s: masked, so it stays down; 'systemctl unmask npiv-vport@%s' allows a start\n",
	       name, name);
	return true;
}

static int run_some(sd_bus *bus, const struct config_diff *list, bool stops)
{
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = { 0 };
	int r = 0;

	for (size_t i = 0; i < list->n && r >= 0; i++) {
		const struct config_change *change = &list->changes[i];

		if (change->action == CONFIG_ACTION_NOTHING ||
		    (change->action == CONFIG_ACTION_STOP) != stops ||
		    (change->action == CONFIG_ACTION_START &&
		     is_masked(bus, change->name)))
			continue;
		r = ctl_jobs_add(&jobs, change->name, methods[change->action]);
	}
	if (r < 0)
		return ctl_fail("cannot begin", r);
	return jobs.n > 0 ? ctl_jobs_run(bus, &jobs) : EXIT_SUCCESS;
}

/* Stops first: another vHBA may take over the WWPN or the virtual port that becomes free. */
static int carry_out(sd_bus *bus, const struct config_diff *list)
{
	int code, other;

	code = run_some(bus, list, true);
	other = run_some(bus, list, false);
	return code ? code : other;
}

/* Before anything is shown: without the permission to do it, the reason is all that is printed. */
static int reload_units(sd_bus **ret_bus)
{
	int r;

	if (ctl_jobs_connect(ret_bus) < 0)
		return EXIT_FAILURE;
	r = bus_reload(*ret_bus);
	return r < 0 ? ctl_jobs_fail("cannot make systemd read its units", r) : 0;
}

static int apply_diff(struct table *table, bool is_dry_run)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(config_diff_done) struct config_diff list = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r, code;

	if (!is_dry_run && reload_units(&bus) != 0)
		return EXIT_FAILURE;
	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	r = config_diff_build(&model.config, model.states.states, model.states.n,
			      &model.inventory, &list);
	if (r < 0)
		return ctl_fail("cannot compare", r);
	r = print_table(&list, table);
	if (r < 0)
		return ctl_fail("cannot print", r);
	if (is_dry_run)
		return EXIT_SUCCESS;
	(void)fflush(stdout);
	code = carry_out(bus, &list);
	/* What has errors was not applied. */
	return code == 0 && model.config.n_bad_vhbas > 0 ? EXIT_FAILURE : code;
}

int ctl_apply(int argc, char *argv[])
{
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	bool is_dry_run = false;
	int r;

	r = ctl_parse_options(argc, argv, &help, &is_dry_run, &table_options);
	if (r >= 0)
		return r;
	if (table_options.json && !is_dry_run) {
		fputs("npivctl apply: --json needs --dry-run\n", stderr);
		return EXIT_USAGE;
	}
	r = table_init(&table, "changes", columns, ARRAY_SIZE(columns), &table_options);
	return r < 0 ? ctl_fail_table(r) : apply_diff(&table, is_dry_run);
}
