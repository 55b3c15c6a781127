// SPDX-License-Identifier: LGPL-2.1-or-later
/* Makes the sheet for the storage admin of vHBAs and what they see, and writes it for programs and for switches. */
#include <inttypes.h>

#include "diagnose/parent.h"
#include "fc/wwn.h"
#include "ctl/zones.h"
#include "lib/json.h"

#define ZONE_PREFIX "z_"
#define ALIAS_MAX   (ZONING_NAME_SIZE - sizeof(ZONE_PREFIX)) /* characters */

/* --- names ----------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void zoning_sanitize(const char *text, char buf[static ZONING_NAME_SIZE])
{
	size_t n = 0;

	assert(text);

	if (!is_letter(*text))
		buf[n++] = 'v';
	for (; *text && n < ALIAS_MAX; text++)
		buf[n++] = is_letter(*text) || (*text >= '0' && *text <= '9') ? *text :
										'_';
	buf[n] = '\0';
}

static bool has_alias(const struct zoning_row *rows, size_t n, const char *alias)
{
	/* Which of two names differ by case alone a person would mix up. */
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(rows[i].alias, alias) == 0)
			return true;
	return false;
}

/* Two names can come out as one; then the end of the WWPN, which is nobody else's, tells them apart. */
static void choose_names(struct zoning_row *rows, size_t n_before)
{
	struct zoning_row *row = &rows[n_before];

	zoning_sanitize(row->name, row->alias);
	if (has_alias(rows, n_before, row->alias)) {
		size_t n = strlen(row->alias), n_tail = strlen("_0123456789abcdef");

		n = n > ALIAS_MAX - n_tail ? ALIAS_MAX - n_tail : n;
		(void)snprintf(row->alias + n, sizeof(row->alias) - n, "_%016" PRIx64,
			       row->wwpn);
	}
	(void)snprintf(row->zone, sizeof(row->zone), ZONE_PREFIX "%.62s", row->alias);
}

/* --- rows ------------------------------------------------------------------------------------ */

/* The port that carries it; of one that is not up the one that would. */
static const struct fc_port *find_parent(const struct vhba_row *vhba,
					 const struct inventory *inventory)
{
	struct parent_choice choice;

	if (vhba->vport)
		return inventory_port_by_host(inventory, vhba->vport->parent_host);
	if (vhba->parent_wwpn)
		return inventory_port_by_wwpn(inventory, vhba->parent_wwpn);
	if (!vhba->config || vhba->config->type == VHBA_HBA)
		return NULL;
	parent_choose(inventory, &vhba->config->parent, &choice);
	return choice.port;
}

static uint64_t find_fabric(const struct vhba_row *vhba, const struct fc_port *parent)
{
	if (vhba->port && vhba->port->fabric_wwn)
		return vhba->port->fabric_wwn;
	if (parent && parent->fabric_wwn)
		return parent->fabric_wwn;
	return vhba->config ? vhba->config->parent.fabric_wwn : 0;
}

/* Puts a target into its place, unless it is there. */
static int add_target(struct zoning_row *row, uint64_t target)
{
	size_t i = row->n_targets;

	for (size_t k = 0; k < row->n_targets; k++)
		if (row->targets[k] == target)
			return 0;
	if (!array_grow(&row->targets, row->n_targets, sizeof(*row->targets)))
		return -ENOMEM;
	for (; i > 0 && row->targets[i - 1] > target; i--)
		row->targets[i] = row->targets[i - 1];
	row->targets[i] = target;
	row->n_targets++;
	return 0;
}

static int add_targets(struct zoning_row *row, const struct vhba_row *vhba,
		       const struct inventory *inventory,
		       const struct zoning_request *request)
{
	int r = 0;

	for (size_t i = 0; vhba->port && i < inventory->n_rports && r >= 0; i++) {
		const struct fc_rport *rport = &inventory->rports[i];

		if (rport->host == vhba->port->host && rport->is_target &&
		    wwn_is_usable(rport->wwpn))
			r = add_target(row, rport->wwpn);
	}
	for (size_t i = 0; i < request->n_targets && r >= 0; i++)
		r = add_target(row, request->targets[i]);
	return r;
}

static uint64_t find_node(const struct vhba_row *vhba)
{
	return vhba->port  ? vhba->port->wwnn :
	       vhba->state ? vhba->state->wwnn :
			     vhba->config->wwnn;
}

static int add_row(struct zoning *zoning, const struct vhba_row *vhba,
		   const struct fc_port *parent, const struct inventory *inventory,
		   const struct zoning_request *request)
{
	struct zoning_row *row;

	row = array_grow(&zoning->rows, zoning->n, sizeof(*row));
	if (!row)
		return -ENOMEM;
	*row = (struct zoning_row){
		.name = vhba->name,
		.pool = vhba->pool,
		.hosts = vhba->config ? vhba->config->hosts : NULL,
		.wwpn = vhba->wwpn,
		.wwnn = find_node(vhba),
		.parent_wwpn = parent ? parent->wwpn : vhba->parent_wwpn,
		.fabric_wwn = find_fabric(vhba, parent),
	};
	zoning->n++;
	return add_targets(row, vhba, inventory, request);
}

static bool has_wwpn(const struct zoning *zoning, uint64_t wwpn)
{
	for (size_t i = 0; i < zoning->n; i++)
		if (zoning->rows[i].wwpn == wwpn)
			return true;
	return false;
}

/* A WWPN that moves between hosts is one row, that of this host where it counts here. */
static int add_elsewhere(struct zoning *zoning, const struct config *config,
			 const struct inventory *inventory,
			 const struct zoning_request *request)
{
	int r = 0;

	for (size_t i = 0; i < config->n_elsewhere && r >= 0; i++) {
		const struct vhba_config *vhba = &config->elsewhere[i];
		const struct vhba_row row = {
			.name = vhba->name,
			.pool = vhba->pool,
			.wwpn = vhba->wwpn,
			.config = vhba,
		};

		if (vhba->wwpn && !has_wwpn(zoning, vhba->wwpn))
			r = add_row(zoning, &row, NULL, inventory, request);
	}
	return r;
}

static int add_all(struct zoning *zoning, const struct vhba_table *vhbas,
		   const struct config *config, const struct inventory *inventory,
		   const struct zoning_request *request)
{
	int r = 0;

	for (size_t i = 0; i < vhbas->n && r >= 0; i++) {
		const struct vhba_row *vhba = &vhbas->rows[i];

		if (vhba->name && vhba->wwpn)
			r = add_row(zoning, vhba, find_parent(vhba, inventory), inventory,
				    request);
	}
	return r < 0 ? r : add_elsewhere(zoning, config, inventory, request);
}

static int compare_rows(const void *a, const void *b)
{
	const struct zoning_row *x = a, *y = b;

	return strcmp(x->name, y->name) ?: (x->wwpn > y->wwpn) - (x->wwpn < y->wwpn);
}

static bool is_wanted(const struct zoning_row *row, const struct zoning_request *request)
{
	const char *name = request->name_or_pool;

	if (name && !streq(row->name, name) && !streq(row->pool, name))
		return false;
	return !request->fabric_wwn || row->fabric_wwn == request->fabric_wwn;
}

static void keep_wanted(struct zoning *zoning, const struct zoning_request *request)
{
	size_t n = 0;

	for (size_t i = 0; i < zoning->n; i++) {
		if (is_wanted(&zoning->rows[i], request))
			zoning->rows[n++] = zoning->rows[i];
		else
			free(zoning->rows[i].targets);
	}
	zoning->n = n;
}

int zoning_build(const struct vhba_table *vhbas, const struct config *config,
		 const struct inventory *inventory, const struct zoning_request *request,
		 struct zoning *ret_zoning)
{
	_cleanup_(zoning_done) struct zoning zoning = { 0 };
	int r;

	assert(vhbas);
	assert(config);
	assert(inventory);
	assert(request);
	assert(ret_zoning);

	r = add_all(&zoning, vhbas, config, inventory, request);
	if (r < 0)
		return r;
	if (zoning.n > 0)
		qsort(zoning.rows, zoning.n, sizeof(*zoning.rows), compare_rows);
	/* Before any is left out, so that a row has one alias whatever is asked for. */
	for (size_t i = 0; i < zoning.n; i++)
		choose_names(zoning.rows, i);
	keep_wanted(&zoning, request);

	*ret_zoning = zoning;
	zoning = (struct zoning){ 0 };
	return 0;
}

bool zoning_is_mixed(const struct zoning *zoning)
{
	assert(zoning);

	for (size_t i = 1; i < zoning->n; i++)
		if (zoning->rows[i].fabric_wwn != zoning->rows[0].fabric_wwn)
			return true;
	return false;
}

void zoning_done(struct zoning *zoning)
{
	for (size_t i = 0; i < zoning->n; i++)
		free(zoning->rows[i].targets);
	free(zoning->rows);
	*zoning = (struct zoning){ 0 };
}

/* --- printing -------------------------------------------------------------------------------- */

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
	json_text(json, "hosts", row->hosts);
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
