// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl luns: what each vHBA sees, what it is called, who uses it. */
#include <getopt.h>
#include <inttypes.h>

#include "diagnose/stage.h"
#include "ctl/conflicts.h"
#include "ctl/lun-links.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "fc/lun.h"
#include "ctl/lun.h"
#include "ctl/table.h"

enum {
	COL_VHBA,
	COL_POOL,
	COL_LUN,
	COL_ALIAS,
	COL_PATH,
	COL_DISK,
	COL_MAP,
	COL_TYPE,
	COL_SIZE,
	COL_VENDOR,
	COL_MODEL,
	COL_REVISION,
	COL_SERIAL,
	COL_WWID,
	COL_TARGET,
	COL_ADDRESS,
	COL_STATE,
	COL_PORT_STATE,
	COL_ACCESS,
	COL_MAP_STATE,
	COL_FSTYPE,
	COL_LABEL,
	COL_UUID,
	COL_PTTYPE,
	COL_USED_BY,
};

static const struct table_column columns[] = {
	[COL_VHBA] = { .name = "VHBA",
		       .help = "the virtual HBA that sees it",
		       .place = 1,
		       .least = 8 },
	[COL_POOL] = { .name = "POOL", .help = "the pool that it is named in" },
	[COL_LUN] = { .name = "LUN",
		      .help = "number, in the form that arrays use",
		      .type = COLUMN_NUMBER,
		      .place = 2 },
	[COL_ALIAS] = { .name = "ALIAS",
			.help = "your own names for it, separated by commas",
			.place = 3,
			.gives_way = 3 },
	[COL_PATH] = { .name = "PATH",
		       .help = "a name below /dev that leads to it",
		       .place = 4,
		       .least = 28 },
	[COL_DISK] = { .name = "DISK",
		       .help = "kernel name, if it has a block device",
		       .place = 6,
		       .gives_way = 5 },
	[COL_MAP] = { .name = "MAP",
		      .help = "kernel name of the multipath map that PATH leads to",
		      .place = 5,
		      .gives_way = 2 },
	[COL_TYPE] = { .name = "TYPE",
		       .help = "type of the device, such as disk or tape" },
	[COL_SIZE] = { .name = "SIZE",
		       .help = "size; in bytes with --json",
		       .type = COLUMN_NUMBER,
		       .place = 7,
		       .gives_way = 4 },
	[COL_VENDOR] = { .name = "VENDOR", .help = "vendor of the array" },
	[COL_MODEL] = { .name = "MODEL", .help = "model of the array" },
	[COL_REVISION] = { .name = "REVISION", .help = "revision of its firmware" },
	[COL_SERIAL] = { .name = "SERIAL", .help = "unit serial number (VPD page 0x80)" },
	[COL_WWID] = { .name = "WWID",
		       .help = "worldwide ID of the logical unit",
		       .place = 8,
		       .gives_way = 1,
		       .least = 12 },
	[COL_TARGET] = { .name = "TARGET", .help = "port name of the target port" },
	[COL_ADDRESS] = { .name = "ADDRESS", .help = "current SCSI address, H:C:T:L" },
	[COL_STATE] = { .name = "STATE",
			.help = "state of the device; ambiguous if another one claims its name",
			.place = 9 },
	[COL_PORT_STATE] = { .name = "PORT-STATE", .help = "state of the target port" },
	[COL_ACCESS] = { .name = "ACCESS",
			 .help = "ALUA state of this path, if the array reports it" },
	[COL_MAP_STATE] = { .name = "MAP-STATE",
			    .help = "state of this path in MAP: active or failed (needs root)",
			    .is_on_request = true },
	[COL_FSTYPE] = { .name = "FSTYPE",
			 .help = "file system on it (reads the disk)",
			 .is_on_request = true },
	[COL_LABEL] = { .name = "LABEL",
			.help = "label of the file system (reads the disk)",
			.is_on_request = true },
	[COL_UUID] = { .name = "UUID",
		       .help = "UUID of the file system (reads the disk)",
		       .is_on_request = true },
	[COL_PTTYPE] = { .name = "PTTYPE",
			 .help = "type of its partition table (reads the disk)",
			 .is_on_request = true },
	[COL_USED_BY] = { .name = "USED-BY",
			  .help = "mounts, swap, holders and processes (root sees all of them)",
			  .is_on_request = true },
};

static void set_aliases(struct table *table, const struct ctl_lun *lun)
{
	char text[NAMING_MAX * (NPIV_NAME_MAX + 1) + 1] = "";
	size_t n = 0;

	for (size_t i = 0; i < lun->names.n; i++) {
		const char *link = lun->names.names[i].link;

		if (name_is_alias(link))
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s",
					      n ? "," : "", strchr(link, '/') + 1);
	}
	table_set(table, COL_ALIAS, text);
}

static void set_names(struct table *table, const struct ctl_lun *lun)
{
	table_set(table, COL_VHBA, lun->vhba->name);
	table_set(table, COL_POOL, lun->vhba->pool);
	table_set_number(table, COL_LUN, lun->lun->lun);
	set_aliases(table, lun);
	if (lun->link)
		table_set_format(table, COL_PATH, NPIV_DEV_DIR "/%s", lun->link);
	table_set(table, COL_DISK, lun->lun->disk);
	table_set(table, COL_MAP, ctl_lun_map(lun));
}

static void set_unit(struct table *table, const struct fc_lun *lun)
{
	table_set(table, COL_TYPE, scsi_type_to_string(lun->type));
	if (*lun->disk)
		table_set_size(table, COL_SIZE, lun->size);
	table_set(table, COL_VENDOR, lun->vendor);
	table_set(table, COL_MODEL, lun->model);
	table_set(table, COL_REVISION, lun->revision);
	table_set(table, COL_SERIAL, lun->serial);
	table_set(table, COL_WWID, lun->wwid);
}

static void set_path(struct table *table, struct lun_ctx *ctx, const struct ctl_lun *lun)
{
	const char *state = lun->is_ambiguous ? "ambiguous" : lun->lun->state;
	const struct fc_lun *unit = lun->lun;

	table_set_wwn(table, COL_TARGET, unit->target_wwpn);
	table_set_format(table, COL_ADDRESS,
			 "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64, unit->host,
			 unit->channel, unit->target, unit->kernel_lun);
	table_set(table, COL_STATE, state);
	if (!streq(state, "running"))
		table_set_color(table, COL_STATE, "red");
	if (lun->rport)
		table_set(table, COL_PORT_STATE, port_state_to_string(lun->rport->state));
	table_set(table, COL_ACCESS, unit->access);
	if (table_has(table, COL_MAP_STATE))
		table_set(table, COL_MAP_STATE, ctl_lun_map_state(ctx, lun));
}

static int set_content(struct table *table, struct lun_ctx *ctx,
		       const struct ctl_lun *lun)
{
	_cleanup_(probe_done) struct probe probe = { 0 };
	int r;

	if (!table_has(table, COL_FSTYPE) && !table_has(table, COL_LABEL) &&
	    !table_has(table, COL_UUID) && !table_has(table, COL_PTTYPE))
		return 0;
	r = ctl_lun_probe(ctx, lun, &probe);
	if (r < 0)
		return r;
	table_set(table, COL_FSTYPE, probe.type);
	table_set(table, COL_LABEL, probe.label);
	table_set(table, COL_UUID, probe.uuid);
	table_set(table, COL_PTTYPE, probe.table);
	return 0;
}

static int set_users(struct table *table, const struct lun_ctx *ctx,
		     const struct ctl_lun *lun)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out;
	int r;

	if (!table_has(table, COL_USED_BY))
		return 0;
	out = open_memstream(&text, &size);
	if (!out)
		return -ENOMEM;
	r = ctl_lun_print_users(ctx, lun, out);
	if (fclose(out) < 0 && r >= 0)
		r = -ENOMEM;
	if (r >= 0)
		table_set(table, COL_USED_BY, text);
	return r;
}

/* Adds the line of one path to a LUN; reads the disk only for columns that are shown. -ENOMEM, or why sysfs could
 * not be read. */
static int add_line(struct table *table, struct lun_ctx *ctx, const struct ctl_lun *lun)
{
	int r;

	assert(table);
	assert(ctx);
	assert(lun);

	table_add_line(table);
	set_names(table, lun);
	set_unit(table, lun->lun);
	set_path(table, ctx, lun);
	r = set_content(table, ctx, lun);
	return r < 0 ? r : set_users(table, ctx, lun);
}

/* --- the verb --- */

struct luns {
	bool links, tree;
	const char *name; /* of a vHBA or a pool; NULL: all */
	struct table table;
	struct lun_ctx ctx;
	struct block_tree seen; /* devices whose links were listed */
};

static int on_option(int letter, const char *argument, void *context)
{
	struct luns *luns = context;

	luns->links = luns->links || letter == 'l';
	luns->tree = luns->tree || letter == 'T';
	if (luns->links && luns->tree) {
		fputs("npivctl luns: --links and --tree cannot be combined\n", stderr);
		return -EINVAL;
	}
	return 0;
}

static const struct ctl_option options[] = {
	{ "links", 'l', no_argument, NULL,
	  "print every stable name instead, one per line: those of the disk,\n"
	  "its partitions and its map (columns VHBA, POOL, LUN, DEVICE, KIND, LINK)" },
	CTL_OPTION_TREE,
};

static const struct ctl_help help = {
	.usage = "luns [OPTION...] [NAME|POOL]",
	.text = "Shows the LUNs of one virtual HBA, of a pool, or of all virtual HBAs, one path per line.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = on_option,
};

static int add_lun(struct luns *luns, const struct vhba_row *vhba,
		   const struct fc_lun *unit)
{
	struct ctl_lun lun;

	ctl_lun_find(&luns->ctx, vhba, unit, &lun);
	if (luns->links)
		return ctl_link_add_lines(&luns->table, &luns->ctx, &lun, &luns->seen);
	return add_line(&luns->table, &luns->ctx, &lun);
}

static int add_vhba(struct luns *luns, const struct vhba_row *vhba)
{
	const struct inventory *inventory = &luns->ctx.model->inventory;
	int r = 0;

	for (size_t i = 0; vhba->port && r >= 0 && i < inventory->n_luns; i++)
		if (inventory->luns[i].host == vhba->port->host)
			r = add_lun(luns, vhba, &inventory->luns[i]);
	return r;
}

/* Adds the vHBAs that are asked for. Returns how many, or -errno. */
static int add_vhbas(struct luns *luns)
{
	const struct vhba_table *vhbas = &luns->ctx.model->vhbas;
	int n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		int r;

		if (luns->name && !vhba_row_matches(&vhbas->rows[i], luns->name))
			continue;
		r = add_vhba(luns, &vhbas->rows[i]);
		if (r < 0)
			return r;
		n++;
	}
	return n;
}

/* Why the table is empty. */
static void explain_nothing(const struct luns *luns)
{
	const char *what = luns->links ? "stable name of a LUN" : "LUN";

	if (luns->table.is_json)
		return;
	if (luns->ctx.model->vhbas.n == 0)
		fputs("npivctl: there is no virtual HBA, neither configured nor up\n",
		      stderr);
	else if (luns->name)
		fprintf(stderr,
			"npivctl: there is no %s of '%s'; 'npivctl status %s' shows why\n",
			what, luns->name, luns->name);
	else
		fprintf(stderr,
			"npivctl: there is no %s of any virtual HBA; 'npivctl status' shows why\n",
			what);
}

/* What is no part of the table. */
static void luns_explain(const struct luns *luns)
{
	if (luns->ctx.was_denied)
		fputs("npivctl: root privileges are required to read disks and maps; what is on a disk is what udev saw last\n",
		      stderr);
	if (!luns->table.has_line)
		explain_nothing(luns);
	if (!luns->table.is_json)
		ctl_conflicts_explain(luns->ctx.model, &luns->ctx.conflicts, luns->name);
}

static int luns_show(struct luns *luns, const struct host_model *model)
{
	int r;

	r = lun_ctx_init(&luns->ctx, model);
	if (r >= 0 && !luns->links && table_has(&luns->table, COL_USED_BY))
		r = lun_ctx_find_users(&luns->ctx, luns->name);
	if (r >= 0)
		r = add_vhbas(luns);
	if (r < 0)
		return r;
	if (r == 0 && luns->name)
		return -ENOENT;
	r = table_print(&luns->table);
	luns_explain(luns);
	return r;
}

static void luns_done(struct luns *luns)
{
	block_tree_done(&luns->seen);
	lun_ctx_done(&luns->ctx);
	table_done(&luns->table);
}

static int make_table(struct luns *luns, const struct table_options *table)
{
	if (luns->links)
		return table_init(&luns->table, "links", ctl_link_columns,
				  CTL_LINK_N_COLUMNS, table);
	return table_init(&luns->table, "luns", columns, ARRAY_SIZE(columns), table);
}

int ctl_luns(int argc, char *argv[])
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
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
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	r = luns_show(&luns, &model);
	if (r == -ENOENT)
		return ctl_fail_unknown(&model, luns.name);
	return r < 0 ? ctl_fail("cannot show the LUNs", r) : EXIT_SUCCESS;
}
