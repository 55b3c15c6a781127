// SPDX-License-Identifier: LGPL-2.1-or-later
/* The columns of npivctl luns, and a line of them. */
#include <inttypes.h>

#include "fc/scsi-type.h"
#include "ctl/lun-cells.h"

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
	_COL_MAX,
};

const struct table_column ctl_lun_columns[CTL_LUN_N_COLUMNS] = {
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
	[COL_PORT_STATE] = { .name = "PORT-STATE", .help = "of the target port" },
	[COL_ACCESS] = { .name = "ACCESS",
			 .help = "of this path, where the array tells (ALUA)" },
	[COL_MAP_STATE] = { .name = "MAP-STATE",
			    .help = "of this path in MAP: active, failed (as root)",
			    .is_costly = true },
	[COL_FSTYPE] = { .name = "FSTYPE",
			 .help = "file system on it (reads the disk)",
			 .is_costly = true },
	[COL_LABEL] = { .name = "LABEL",
			.help = "of the file system (reads the disk)",
			.is_costly = true },
	[COL_UUID] = { .name = "UUID",
		       .help = "of the file system (reads the disk)",
		       .is_costly = true },
	[COL_PTTYPE] = { .name = "PTTYPE",
			 .help = "kind of its partition table (reads the disk)",
			 .is_costly = true },
	[COL_USED_BY] = { .name = "USED-BY",
			  .help = "mounts, swap, holders, processes (of all: as root)",
			  .is_costly = true },
};

static_assert(_COL_MAX == CTL_LUN_N_COLUMNS, "each column has its number");

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

static void set_path(struct table *table, struct ctl_lun_view *view,
		     const struct ctl_lun *lun)
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
		table_set(table, COL_MAP_STATE, ctl_lun_map_state(view, lun));
}

static int set_content(struct table *table, struct ctl_lun_view *view,
		       const struct ctl_lun *lun)
{
	_cleanup_(probe_done) struct probe probe = { 0 };
	int r;

	if (!table_has(table, COL_FSTYPE) && !table_has(table, COL_LABEL) &&
	    !table_has(table, COL_UUID) && !table_has(table, COL_PTTYPE))
		return 0;
	r = ctl_lun_probe(view, lun, &probe);
	if (r < 0)
		return r;
	table_set(table, COL_FSTYPE, probe.type);
	table_set(table, COL_LABEL, probe.label);
	table_set(table, COL_UUID, probe.uuid);
	table_set(table, COL_PTTYPE, probe.table);
	return 0;
}

static int set_users(struct table *table, const struct ctl_lun_view *view,
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
	r = ctl_lun_print_users(view, lun, out);
	if (fclose(out) < 0 && r >= 0)
		r = -ENOMEM;
	if (r >= 0)
		table_set(table, COL_USED_BY, text);
	return r;
}

bool ctl_lun_wants_users(const struct table *table)
{
	return table_has(table, COL_USED_BY);
}

int ctl_lun_add_line(struct table *table, struct ctl_lun_view *view,
		     const struct ctl_lun *lun)
{
	int r;

	assert(table);
	assert(view);
	assert(lun);

	table_add_line(table);
	set_names(table, lun);
	set_unit(table, lun->lun);
	set_path(table, view, lun);
	r = set_content(table, view, lun);
	return r < 0 ? r : set_users(table, view, lun);
}
