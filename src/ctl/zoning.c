// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl zoning: what the storage admin has to know and to type. */
#include <getopt.h>

#include "lib/parse.h"
#include "ctl/zones.h"
#include "lib/usage.h"
#include "fc/wwn.h"
#include "ctl/model.h"
#include "ctl/select.h"
#include "ctl/ctl.h"

#define VSAN_MAX 4093U /* higher ones are reserved (MDS 9000, VSAN ranges) */

enum {
	COL_VHBA,
	COL_POOL,
	COL_ALIAS,
	COL_HOSTS,
	COL_WWPN,
	COL_WWNN,
	COL_FABRIC,
	COL_PARENT,
	COL_TARGETS,
};

static const struct table_column columns[] = {
	[COL_VHBA] = { .name = "VHBA", .help = "the virtual HBA", .place = 1 },
	[COL_POOL] = { .name = "POOL", .help = "the pool that its LUNs are named in" },
	[COL_ALIAS] = { .name = "ALIAS",
			.help = "its name, in characters that every switch accepts",
			.place = 2 },
	[COL_HOSTS] = { .name = "HOSTS", .help = "the hosts that use it" },
	[COL_WWPN] = { .name = "WWPN", .help = "its port name", .place = 3 },
	[COL_WWNN] = { .name = "WWNN",
		       .help = "its node name",
		       .place = 4,
		       .gives_way = 1 },
	[COL_FABRIC] = { .name = "FABRIC",
			 .help = "the fabric that it logs in to",
			 .place = 5,
			 .gives_way = 2 },
	[COL_PARENT] = { .name = "PARENT",
			 .help = "port name of its parent HBA, or of the HBA it would get now" },
	[COL_TARGETS] = { .name = "TARGETS",
			  .help = "target ports that it sees, and those of --target",
			  .place = 6 },
};

enum format {
	FORMAT_TABLE,
	FORMAT_CSV = 300,
	FORMAT_BROCADE,
	FORMAT_CISCO,
	OPTION_VSAN,
	OPTION_CONFIG,
	OPTION_FABRIC,
	OPTION_TARGET,
};

static const struct ctl_option options[] = {
	{ "csv", FORMAT_CSV, no_argument, NULL, "print CSV for a spreadsheet" },
	{ "brocade", FORMAT_BROCADE, no_argument, NULL,
	  "print commands for Fabric OS: alicreate, zonecreate" },
	{ "cisco", FORMAT_CISCO, no_argument, NULL,
	  "print commands for NX-OS: device-alias, zone" },
	{ "vsan", OPTION_VSAN, required_argument, "N", "the VSAN, for --cisco" },
	{ "config", OPTION_CONFIG, required_argument, "CONFIG",
	  "add the zones to this configuration or zone set, and\n"
	  "enable it" },
	{ "fabric", OPTION_FABRIC, required_argument, "WWN",
	  "print only virtual HBAs in this fabric" },
	{ "target", OPTION_TARGET, required_argument, "WWPN",
	  "zone them with this target port, too; can be given more\n"
	  "than once" },
};

struct request {
	struct zoning_request zoning;
	enum format format;
	uint64_t *targets, vsan;
	const char *config;
};

/* --- options --------------------------------------------------------------------------------- */

static int take_format(struct request *request, int letter)
{
	if (request->format != FORMAT_TABLE && request->format != (enum format)letter) {
		fputs("npivctl zoning: --csv, --brocade and --cisco are mutually exclusive\n",
		      stderr);
		return -EINVAL;
	}
	request->format = (enum format)letter;
	return 0;
}

static int take_wwn(const char *option, const char *argument, uint64_t *ret_wwn)
{
	if (wwn_parse(argument, ret_wwn) >= 0 && wwn_is_usable(*ret_wwn))
		return 0;
	fprintf(stderr, "npivctl: --%s: '%s' is not a WWN; give 16 hex digits\n", option,
		argument);
	return -EINVAL;
}

static int take_target(struct request *request, const char *argument)
{
	uint64_t *place =
		array_grow(&request->targets, request->zoning.n_targets, sizeof(*place));

	if (!place || take_wwn("target", argument, place) < 0)
		return -EINVAL;
	request->zoning.targets = request->targets;
	request->zoning.n_targets++;
	return 0;
}

static int take_vsan(struct request *request, const char *argument)
{
	if (parse_unsigned(argument, VSAN_MAX, &request->vsan) >= 0 && request->vsan > 0)
		return 0;
	fprintf(stderr, "npivctl: --vsan: '%s' is not a number from 1 to %u\n", argument,
		VSAN_MAX);
	return -EINVAL;
}

/* It goes into commands as it is. */
static int take_config(struct request *request, const char *argument)
{
	char clean[ZONING_NAME_SIZE];

	zoning_sanitize(argument, clean);
	if (!*argument || !streq(argument, clean)) {
		fprintf(stderr,
			"npivctl: --config: '%s' is not a name that every switch takes; give a letter, then letters, digits and '_'\n",
			argument);
		return -EINVAL;
	}
	request->config = argument;
	return 0;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	switch (letter) {
	case OPTION_VSAN:
		return take_vsan(request, argument);
	case OPTION_CONFIG:
		return take_config(request, argument);
	case OPTION_FABRIC:
		return take_wwn("fabric", argument, &request->zoning.fabric_wwn);
	case OPTION_TARGET:
		return take_target(request, argument);
	default:
		return take_format(request, letter);
	}
}

static const struct ctl_help help = {
	.usage = "zoning [OPTION...] [NAME|POOL]",
	.text = "Prints what the storage admin needs: the WWNs and the fabric of each virtual HBA, and the\n"
		"targets that it sees. With --brocade or --cisco it prints commands that create an alias and\n"
		"a zone for each virtual HBA; it does not run them.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = on_option,
};

/* Returns 0, or EXIT_USAGE after it has reported which options cannot be combined. */
static int check_options(const struct request *request, const struct table_options *table)
{
	bool has_commands = request->format == FORMAT_BROCADE ||
			    request->format == FORMAT_CISCO;
	const char *problem = NULL;

	if (request->format != FORMAT_TABLE &&
	    (table->json || table->output || table->no_headings))
		problem = "--csv, --brocade and --cisco print no table";
	else if (table->json && table->output)
		problem = "--json and --output cannot be combined";
	else if (request->format == FORMAT_CISCO && !request->vsan)
		problem = "--cisco needs --vsan";
	else if (request->format != FORMAT_CISCO && request->vsan)
		problem = "--vsan needs --cisco";
	else if (request->config && !has_commands)
		problem = "--config needs --brocade or --cisco";
	if (problem)
		fprintf(stderr, "npivctl zoning: %s\n", problem);
	return problem ? EXIT_USAGE : 0;
}

/* --- the table ------------------------------------------------------------------------------- */

static void set_wwn(struct table *table, size_t column, uint64_t wwn)
{
	char text[WWN_COLONS_SIZE];

	if (wwn_is_usable(wwn))
		table_set(table, column, wwn_format_colons(wwn, text));
}

static int set_targets(struct table *table, const struct zoning_row *row)
{
	_cleanup_free_ char *text = NULL;
	char wwpn[WWN_COLONS_SIZE];
	size_t size;
	FILE *out;

	out = open_memstream(&text, &size);
	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < row->n_targets; i++)
		fprintf(out, "%s%s", i ? "," : "",
			wwn_format_colons(row->targets[i], wwpn));
	if (fclose(out) != 0)
		return -ENOMEM;
	table_set(table, COL_TARGETS, text);
	return 0;
}

static int add_row(struct table *table, const struct zoning_row *row)
{
	table_add_line(table);
	table_set(table, COL_VHBA, row->name);
	table_set(table, COL_POOL, row->pool);
	table_set(table, COL_ALIAS, row->alias);
	table_set(table, COL_HOSTS, row->hosts);
	set_wwn(table, COL_WWPN, row->wwpn);
	set_wwn(table, COL_WWNN, row->wwnn);
	set_wwn(table, COL_FABRIC, row->fabric_wwn);
	set_wwn(table, COL_PARENT, row->parent_wwpn);
	return set_targets(table, row);
}

static int print_table(const struct zoning *zoning, struct table *table)
{
	int r = 0;

	for (size_t i = 0; i < zoning->n && r >= 0; i++)
		r = add_row(table, &zoning->rows[i]);
	return r < 0 ? r : table_print(table);
}

/* --- printing -------------------------------------------------------------------------------- */

/* What the commands leave to the reader. */
static void zoning_warn(const struct request *request, const struct zoning *zoning)
{
	bool has_zone = false;

	for (size_t i = 0; i < zoning->n; i++)
		if (zoning->rows[i].n_targets > 0)
			has_zone = true;
		else
			fprintf(stderr,
				"npivctl: %s sees no target, so it gets an alias but no zone; give a target with --target WWPN\n",
				zoning->rows[i].name);
	if (has_zone && !request->config)
		fputs("npivctl: the zones are not in a configuration; --config CONFIG adds them to one\n",
		      stderr);
}

static int print_commands(const struct request *request, const struct zoning *zoning)
{
	/* Two fabrics are two switches to type into. */
	if (zoning_is_mixed(zoning)) {
		fputs("npivctl: these virtual HBAs are in different fabrics, and commands are for one; choose it with --fabric WWN ('npivctl zoning' shows the FABRIC of each)\n",
		      stderr);
		return EXIT_FAILURE;
	}
	if (request->format == FORMAT_BROCADE)
		render_zoning_brocade(zoning, request->config, stdout);
	else
		render_zoning_cisco(zoning, (unsigned)request->vsan, request->config,
				    stdout);
	zoning_warn(request, zoning);
	return EXIT_SUCCESS;
}

static int zoning_print(const struct request *request, const struct zoning *zoning,
			struct table *table)
{
	int r;

	if (request->format == FORMAT_BROCADE || request->format == FORMAT_CISCO)
		return print_commands(request, zoning);
	if (request->format == FORMAT_CSV)
		render_zoning_csv(zoning, stdout);
	else if (table->is_json)
		render_zoning_json(zoning, stdout);
	else {
		r = print_table(zoning, table);
		if (r < 0)
			return ctl_fail("cannot print", r);
	}
	return EXIT_SUCCESS;
}

/* name: of a vHBA or a pool; NULL: none was asked for. */
static int fail_empty_fabric(const char *name)
{
	fputs("npivctl: there is no virtual HBA", stderr);
	if (name)
		fprintf(stderr, " and no pool '%s'", name);
	fputs(" in that fabric\n", stderr);
	return EXIT_FAILURE;
}

static int zoning_show(const struct request *request, struct table *table)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(zoning_done) struct zoning zoning = { 0 };
	const char *name = request->zoning.name_or_pool;
	int r;

	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	r = zoning_build(&model.vhbas, &model.config, &model.inventory, &request->zoning,
			 &zoning);
	if (r < 0)
		return ctl_fail("cannot make the sheet", r);
	if (zoning.n == 0 && name && !request->zoning.fabric_wwn)
		return ctl_fail_unknown(&model, name);
	if (zoning.n == 0 && request->zoning.fabric_wwn)
		return fail_empty_fabric(name);
	r = zoning_print(request, &zoning, table);
	if (r == EXIT_SUCCESS && (fflush(stdout) != 0 || ferror(stdout)))
		return ctl_fail("cannot print", -EIO);
	return r;
}

int ctl_zoning(int argc, char *argv[])
{
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	struct request request = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &request, &table_options);
	if (r < 0)
		r = check_options(&request, &table_options) ?: -1;
	if (r < 0) {
		request.zoning.name_or_pool = argv[optind];
		r = table_init(&table, "zoning", columns, ARRAY_SIZE(columns),
			       &table_options);
		r = r < 0 ? ctl_fail_table(r) : zoning_show(&request, &table);
	}
	free(request.targets);
	return r;
}
