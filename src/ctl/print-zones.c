// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes the storage admin's sheet for programs and for switches. */
#include "lib/json.h"
#include "ctl/print-zones.h"
#include "fc/wwn.h"

static bool has_zones(const struct zoning *zoning)
{
	for (size_t i = 0; i < zoning->n; i++)
		if (zoning->rows[i].n_targets > 0)
			return true;
	return false;
}

static void print_wwn(uint64_t wwn, FILE *out)
{
	char text[WWN_COLONS_SIZE];

	if (wwn_is_usable(wwn))
		fputs(wwn_format_colons(wwn, text), out);
}

void render_zoning_csv(const struct zoning *zoning, FILE *out)
{
	assert(zoning);
	assert(out);

	fputs("vhba,pool,alias,wwpn,wwnn,fabric,parent,targets\n", out);
	for (size_t i = 0; i < zoning->n; i++) {
		const struct zoning_row *row = &zoning->rows[i];
		const uint64_t names[] = { row->wwpn, row->wwnn, row->fabric_wwn,
					   row->parent_wwpn };

		fprintf(out, "%s,%s,%s", row->name, row->pool, row->alias);
		for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
			fputc(',', out);
			print_wwn(names[k], out);
		}
		fputc(',', out);
		for (size_t k = 0; k < row->n_targets; k++) {
			fputs(k ? " " : "", out);
			print_wwn(row->targets[k], out);
		}
		fputc('\n', out);
	}
}

static void print_json_row(struct json *json, const struct zoning_row *row)
{
	json_begin_object(json, NULL);
	json_text(json, "vhba", row->name);
	json_text(json, "pool", row->pool);
	json_text(json, "alias", row->alias);
	wwn_json(json, "wwpn", row->wwpn);
	wwn_json(json, "wwnn", row->wwnn);
	wwn_json(json, "fabric", row->fabric_wwn);
	wwn_json(json, "parent", row->parent_wwpn);
	json_begin_array(json, "targets");
	for (size_t i = 0; i < row->n_targets; i++)
		wwn_json(json, NULL, row->targets[i]);
	json_end_array(json);
	json_end_object(json);
}

void render_zoning_json(const struct zoning *zoning, FILE *out)
{
	struct json json = { .out = out };

	assert(zoning);
	assert(out);

	json_begin_object(&json, NULL);
	json_begin_array(&json, "zoning");
	for (size_t i = 0; i < zoning->n; i++)
		print_json_row(&json, &zoning->rows[i]);
	json_end_array(&json);
	json_end_object(&json);
}

/* --- Brocade: Fabric OS Command Reference, aliCreate, zoneCreate, cfgAdd, cfgSave, cfgEnable ---- */

static void print_brocade_row(const struct zoning_row *row, const char *config, FILE *out)
{
	fprintf(out, "alicreate \"%s\", \"", row->alias);
	print_wwn(row->wwpn, out);
	fputs("\"\n", out);
	if (row->n_targets == 0)
		return;
	fprintf(out, "zonecreate \"%s\", \"%s", row->zone, row->alias);
	for (size_t i = 0; i < row->n_targets; i++) {
		fputs("; ", out);
		print_wwn(row->targets[i], out);
	}
	fputs("\"\n", out);
	if (config)
		fprintf(out, "cfgadd \"%s\", \"%s\"\n", config, row->zone);
}

void render_zoning_brocade(const struct zoning *zoning, const char *config, FILE *out)
{
	assert(zoning);
	assert(out);

	for (size_t i = 0; i < zoning->n; i++)
		print_brocade_row(&zoning->rows[i], config, out);
	fputs("cfgsave\n", out);
	if (config && has_zones(zoning))
		fprintf(out, "cfgenable \"%s\"\n", config);
}

/* --- Cisco: MDS 9000 Series Fabric Configuration Guide, zones and device aliases -------------- */

static void print_cisco_aliases(const struct zoning *zoning, FILE *out)
{
	fputs("device-alias database\n", out);
	for (size_t i = 0; i < zoning->n; i++) {
		fprintf(out, "  device-alias name %s pwwn ", zoning->rows[i].alias);
		print_wwn(zoning->rows[i].wwpn, out);
		fputc('\n', out);
	}
	fputs("exit\ndevice-alias commit\n", out);
}

static void print_cisco_zone(const struct zoning_row *row, unsigned vsan, FILE *out)
{
	if (row->n_targets == 0)
		return;
	fprintf(out, "zone name %s vsan %u\n  member device-alias %s\n", row->zone, vsan,
		row->alias);
	for (size_t i = 0; i < row->n_targets; i++) {
		fputs("  member pwwn ", out);
		print_wwn(row->targets[i], out);
		fputc('\n', out);
	}
	fputs("exit\n", out);
}

void render_zoning_cisco(const struct zoning *zoning, unsigned vsan, const char *config,
			 FILE *out)
{
	assert(zoning);
	assert(out);

	fputs("configure terminal\n", out);
	print_cisco_aliases(zoning, out);
	for (size_t i = 0; i < zoning->n; i++)
		print_cisco_zone(&zoning->rows[i], vsan, out);
	if (config && has_zones(zoning)) {
		fprintf(out, "zoneset name %s vsan %u\n", config, vsan);
		for (size_t i = 0; i < zoning->n; i++)
			if (zoning->rows[i].n_targets > 0)
				fprintf(out, "  member %s\n", zoning->rows[i].zone);
		fprintf(out, "exit\nzoneset activate name %s vsan %u\n", config, vsan);
	}
	fputs("end\n", out);
}
