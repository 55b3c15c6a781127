// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl luns: what each vHBA sees, and what it is called. */
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>

#include "core/lun-tally.h"
#include "core/naming.h"
#include "core/scsi-type.h"
#include "core/size.h"
#include "core/stage.h"
#include "core/wwn.h"
#include "ctl-conflicts.h"
#include "ctl-sources.h"
#include "ctl.h"
#include "sys/environment.h"
#include "sys/fd.h"
#include "sys/link-target.h"
#include "sys/probe.h"
#include "sys/sysfs.h"

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
	COL_FSTYPE,
	COL_LABEL,
};

static const struct table_column columns[] = {
	[COL_VHBA] = { .name = "VHBA",
		       .help = "the virtual HBA that sees it",
		       .is_default = true },
	[COL_POOL] = { .name = "POOL", .help = "the pool that it is named in" },
	[COL_LUN] = { .name = "LUN",
		      .help = "number, as the storage admin says it",
		      .type = COLUMN_NUMBER,
		      .is_default = true },
	[COL_ALIAS] = { .name = "ALIAS",
			.help = "names of your own, separated by commas",
			.is_default = true },
	[COL_PATH] = { .name = "PATH",
		       .help = "its name below /dev that leads to it now",
		       .is_default = true },
	[COL_DISK] = { .name = "DISK",
		       .help = "kernel name; none: no block device",
		       .is_default = true },
	[COL_MAP] = { .name = "MAP",
		      .help = "kernel name of the multipath map that PATH leads to" },
	[COL_TYPE] = { .name = "TYPE",
		       .help = "disk, or what else it is",
		       .is_default = true },
	[COL_SIZE] = { .name = "SIZE",
		       .help = "in JSON in bytes",
		       .type = COLUMN_NUMBER,
		       .is_default = true },
	[COL_VENDOR] = { .name = "VENDOR", .help = "of the array", .is_default = true },
	[COL_MODEL] = { .name = "MODEL", .help = "of the array", .is_default = true },
	[COL_REVISION] = { .name = "REVISION", .help = "of its firmware" },
	[COL_SERIAL] = { .name = "SERIAL",
			 .help = "unit serial number (VPD page 0x80)",
			 .is_default = true },
	[COL_WWID] = { .name = "WWID",
		       .help = "world wide identity of the logical unit",
		       .is_default = true },
	[COL_TARGET] = { .name = "TARGET",
			 .help = "port name of the target port",
			 .is_default = true },
	[COL_ADDRESS] = { .name = "ADDRESS",
			  .help = "H:C:T:L, as the kernel addresses it now" },
	[COL_STATE] = { .name = "STATE",
			.help = "of the device; ambiguous: another one claims its name",
			.is_default = true },
	[COL_FSTYPE] = { .name = "FSTYPE",
			 .help = "what is on it (reads the disk)",
			 .is_costly = true },
	[COL_LABEL] = { .name = "LABEL",
			.help = "of the file system on it (reads the disk)",
			.is_costly = true },
};

static const struct ctl_help help = {
	.usage = "luns [OPTION...] [NAME|POOL]",
	.text = "Shows the LUNs of one virtual HBA, of all of a pool, or of all, each path on its own line.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.max_arguments = 1,
};

struct view {
	struct table *table;
	const struct ctl_sources *sources;
	struct conflict_list conflicts;
	int sysfs;
};

/* One path to a LUN, and its names where its vHBA is up. */
struct entry {
	const struct overview_row *vhba;
	const struct fc_lun *lun;
	struct name_list names;
	const char *link; /* that leads to it; NULL: none does */
	char leads_to[DEVICE_NAME_SIZE]; /* where that one leads */
};

static void find_names(const struct view *view, struct entry *entry)
{
	const struct fc_lun *lun = entry->lun;
	const struct naming_device device = {
		.role = NAMING_PATH,
		.has_lun = true,
		.lun = lun->lun,
		.target = lun->target_wwpn,
		.wwid = lun->wwid,
	};

	if (!entry->vhba->state || !*lun->disk)
		return;
	naming_list(entry->vhba->state, &device, &entry->names);
	/* The plain names follow the first one, which is by target. */
	for (size_t i = 1; i <= entry->names.n && !entry->link; i++) {
		const char *link = entry->names.names[i % entry->names.n].link;

		if (link_target_find(environment_root(), view->sysfs, link, lun->disk,
				     entry->leads_to))
			entry->link = link;
	}
}

static bool is_ambiguous(const struct view *view, const struct entry *entry)
{
	for (size_t i = 0; i < view->conflicts.n; i++)
		for (size_t j = 0; j < entry->names.n; j++)
			if (streq(view->conflicts.conflicts[i].link,
				  entry->names.names[j].link))
				return true;
	return false;
}

static int set_aliases(struct table *table, const struct entry *entry)
{
	char text[NAMING_MAX * (NPIV_NAME_MAX + 1) + 1] = "";
	size_t n = 0;

	for (size_t i = 0; i < entry->names.n; i++) {
		const char *link = entry->names.names[i].link;

		if (name_is_alias(link))
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s",
					      n ? "," : "", strchr(link, '/') + 1);
	}
	return table_set(table, COL_ALIAS, text);
}

static int set_names(struct table *table, const struct entry *entry)
{
	int r;

	r = table_set(table, COL_VHBA, entry->vhba->name);
	if (r >= 0)
		r = table_set(table, COL_POOL, entry->vhba->pool);
	if (r >= 0)
		r = table_set_format(table, COL_LUN, "%" PRIu64, entry->lun->lun);
	if (r >= 0)
		r = set_aliases(table, entry);
	if (r >= 0 && entry->link)
		r = table_set_format(table, COL_PATH, NPIV_DEV_DIR "/%s", entry->link);
	else if (r >= 0)
		r = table_set(table, COL_PATH, NULL);
	if (r >= 0)
		r = table_set(table, COL_DISK, entry->lun->disk);
	if (r >= 0)
		r = table_set(table, COL_MAP,
			      streq(entry->leads_to, entry->lun->disk) ? NULL :
									 entry->leads_to);
	return r;
}

static int set_size(struct table *table, const struct fc_lun *lun)
{
	char text[SIZE_TEXT_SIZE];

	if (!*lun->disk)
		return table_set(table, COL_SIZE, NULL);
	if (table->json)
		return table_set_format(table, COL_SIZE, "%" PRIu64, lun->size);
	return table_set(table, COL_SIZE, size_format(lun->size, text));
}

static int set_unit(struct table *table, const struct fc_lun *lun)
{
	char target[WWN_TEXT_SIZE];
	int r;

	r = table_set(table, COL_TYPE, scsi_type_to_string(lun->type));
	if (r >= 0)
		r = set_size(table, lun);
	if (r >= 0)
		r = table_set(table, COL_VENDOR, lun->vendor);
	if (r >= 0)
		r = table_set(table, COL_MODEL, lun->model);
	if (r >= 0)
		r = table_set(table, COL_REVISION, lun->revision);
	if (r >= 0)
		r = table_set(table, COL_SERIAL, lun->serial);
	if (r >= 0)
		r = table_set(table, COL_WWID, lun->wwid);
	if (r >= 0)
		r = table_set(table, COL_TARGET,
			      wwn_is_usable(lun->target_wwpn) ?
				      wwn_format(lun->target_wwpn, target) :
				      NULL);
	if (r >= 0)
		r = table_set_format(table, COL_ADDRESS,
				     "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64,
				     lun->host, lun->channel, lun->target,
				     lun->kernel_lun);
	return r;
}

static int set_state(const struct view *view, const struct entry *entry)
{
	bool ambiguous = is_ambiguous(view, entry);
	const char *state = ambiguous ? "ambiguous" : entry->lun->state;
	int r;

	r = table_set(view->table, COL_STATE, state);
	if (r >= 0 && !streq(state, "running"))
		r = table_set_color(view->table, COL_STATE, "red");
	return r;
}

/* Only of disks that do I/O: reading another would wait for it. */
static int set_content(struct table *table, const struct fc_lun *lun)
{
	_cleanup_(probe_done) struct probe probe = { 0 };
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	int r;

	if (!table_has(table, COL_FSTYPE) && !table_has(table, COL_LABEL))
		return 0;
	if (*lun->disk && streq(lun->state, "running") && !*environment_root()) {
		(void)snprintf(path, sizeof(path), "/dev/%s", lun->disk);
		r = probe_disk(path, &probe);
		if (r == -ENOMEM)
			return r;
	}
	r = table_set(table, COL_FSTYPE, probe.type);
	return r < 0 ? r : table_set(table, COL_LABEL, probe.label);
}

static int add_lun(const struct view *view, const struct overview_row *vhba,
		   const struct fc_lun *lun)
{
	struct entry entry = { .vhba = vhba, .lun = lun };
	int r;

	find_names(view, &entry);
	r = table_add_line(view->table);
	if (r >= 0)
		r = set_names(view->table, &entry);
	if (r >= 0)
		r = set_unit(view->table, lun);
	if (r >= 0)
		r = set_state(view, &entry);
	if (r >= 0)
		r = set_content(view->table, lun);
	return r;
}

static int add_vhba(const struct view *view, const struct overview_row *vhba)
{
	const struct inventory *inventory = &view->sources->inventory;

	if (!vhba->port)
		return 0;
	for (size_t i = 0; i < inventory->n_luns; i++) {
		int r;

		if (inventory->luns[i].host != vhba->port->host)
			continue;
		r = add_lun(view, vhba, &inventory->luns[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Adds the vHBAs that are asked for (name NULL: all). Returns how many, or -errno. */
static int add_vhbas(const struct view *view, const char *name)
{
	const struct overview *overview = &view->sources->overview;
	int n = 0;

	for (size_t i = 0; i < overview->n; i++) {
		int r;

		if (name && !overview_row_matches(&overview->rows[i], name))
			continue;
		r = add_vhba(view, &overview->rows[i]);
		if (r < 0)
			return r;
		n++;
	}
	return n;
}

static int show(struct view *view, const char *name)
{
	_cleanup_close_ int sysfs = -EBADF;
	int r;

	sysfs = sysfs_open_dir(AT_FDCWD, view->sources->sysfs);
	if (sysfs < 0)
		return sysfs;
	view->sysfs = sysfs;
	r = claim_dir_conflicts(view->sources->run, sysfs, NULL, &view->conflicts);
	if (r < 0)
		return r;
	r = add_vhbas(view, name);
	if (r < 0)
		return r;
	if (r == 0 && name)
		return -ENOENT;
	r = table_print(view->table);
	if (r >= 0 && !view->table->json)
		ctl_conflicts_explain(view->sources, &view->conflicts, name);
	return r;
}

int ctl_luns(int argc, char *argv[])
{
	_cleanup_(ctl_sources_done) struct ctl_sources sources = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct view view = { .table = &table, .sources = &sources, .sysfs = -EBADF };
	struct table_options options;
	const char *name;
	int r;

	r = ctl_parse_options(argc, argv, &help, NULL, &options);
	if (r >= 0)
		return r;
	name = argv[optind];
	r = table_init(&table, "luns", columns, ARRAY_SIZE(columns), &options);
	if (r == -EINVAL)
		return EXIT_USAGE;
	if (r < 0)
		return ctl_fail("cannot make a table", r);
	r = ctl_sources_load(&sources);
	if (r < 0)
		return EXIT_FAILURE;
	r = show(&view, name);
	conflict_list_done(&view.conflicts);
	if (r == -ENOENT) {
		fprintf(stderr, "npivctl: there is no virtual HBA and no pool '%s'\n",
			name);
		return EXIT_FAILURE;
	}
	return r < 0 ? ctl_fail("cannot show the LUNs", r) : EXIT_SUCCESS;
}
