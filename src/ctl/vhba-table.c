// SPDX-License-Identifier: LGPL-2.1-or-later
/* Every vHBA there is: what is configured, what is up, and vports that nobody of us knows. */
#include "diagnose/diagnose.h"
#include "diagnose/readiness.h"
#include "ctl/vhba-table.h"
#include "fc/wwn.h"

static const struct parent_rule any_parent = { .host = -1 };

static struct vhba_row *add_row(struct vhba_table *vhbas)
{
	struct vhba_row *row = array_grow(&vhbas->rows, vhbas->n, sizeof(*row));

	if (row)
		vhbas->n++;
	return row;
}

static const struct fc_port *find_configured_hba(const struct vhba_config *config,
						 const struct inventory *inventory)
{
	struct parent_choice choice;

	parent_find_hba(inventory, &config->parent, config->wwpn, config->wwnn, &choice);
	return choice.port;
}

static unsigned count_luns(const struct inventory *inventory, uint32_t host)
{
	const struct fc_lun *last = NULL;
	unsigned n = 0;

	/* They are in order of hosts and numbers. */
	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host != host || !lun_is_disk(lun) || !*lun->disk ||
		    (last && last->lun == lun->lun))
			continue;
		last = lun;
		n++;
	}
	return n;
}

static unsigned count_expected(const struct vhba_config *config)
{
	uint64_t n = lun_set_size(&config->luns);

	return n > config->min_luns ? (unsigned)n : config->min_luns;
}

/* Finds what is there of a vHBA whose name and WWPN are known. */
static void look_around(struct vhba_row *row, const struct inventory *inventory)
{
	const struct wanted wanted = {
		.type = row->state  ? row->state->type :
			row->config ? row->config->type :
				      VHBA_VPORT,
		.wwpn = row->wwpn,
		.parent = row->config ? &row->config->parent : &any_parent,
		.state = row->state,
	};
	const struct fc_port *parent;

	if (!row->wwpn)
		return;
	if (!row->vport)
		row->vport = wanted_vport(&wanted, inventory);
	if (row->vport)
		row->port = inventory_port_by_host(inventory, row->vport->host);
	else if (wanted.type == VHBA_HBA)
		row->port = inventory_port_by_wwpn(inventory, row->wwpn);
	if (row->port)
		row->luns_found = count_luns(inventory, row->port->host);
	parent = row->vport ? inventory_port_by_host(inventory, row->vport->parent_host) :
			      NULL;
	if (parent && wwn_is_usable(parent->wwpn))
		row->parent_wwpn = parent->wwpn;
}

static int add_configured(struct vhba_table *vhbas, const struct vhba_config *config,
			  const struct vhba_state *state,
			  const struct inventory *inventory)
{
	struct vhba_row *row = add_row(vhbas);

	if (!row)
		return -ENOMEM;
	*row = (struct vhba_row){
		.name = config->name,
		.pool = state ? state->pool : config->pool,
		.wwpn = state ? state->wwpn : config->wwpn,
		.parent_wwpn = state ? state->parent_wwpn : config->parent.wwpn,
		.config = config,
		.state = state,
		.luns_expected = count_expected(config),
	};
	if (!state && config->type == VHBA_HBA) {
		const struct fc_port *hba = find_configured_hba(config, inventory);

		row->parent_wwpn = 0;
		if (hba)
			row->wwpn = hba->wwpn;
	}
	look_around(row, inventory);
	return 0;
}

static int add_unconfigured(struct vhba_table *vhbas, const struct config *config,
			    const struct vhba_state *state,
			    const struct inventory *inventory)
{
	struct vhba_row *row = add_row(vhbas);

	if (!row)
		return -ENOMEM;
	*row = (struct vhba_row){
		.name = state->name,
		.pool = state->pool,
		.wwpn = state->wwpn,
		.parent_wwpn = state->parent_wwpn,
		.fault = config_fault(config, state->name),
		.state = state,
	};
	look_around(row, inventory);
	return 0;
}

/* One that is not up, and whose section has errors. */
static int add_bad(struct vhba_table *vhbas, const struct bad_vhba *vhba)
{
	struct vhba_row *row = add_row(vhbas);

	if (!row)
		return -ENOMEM;
	row->name = vhba->name;
	row->pool = vhba->pool;
	row->fault = vhba->fault;
	return 0;
}

static bool has_vport(const struct vhba_table *vhbas, const struct fc_vport *vport)
{
	for (size_t i = 0; i < vhbas->n; i++)
		if (vhbas->rows[i].vport == vport)
			return true;
	return false;
}

static int add_unmanaged(struct vhba_table *vhbas, const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->n_vports; i++) {
		struct vhba_row *row;

		if (has_vport(vhbas, &inventory->vports[i]))
			continue;
		row = add_row(vhbas);
		if (!row)
			return -ENOMEM;
		row->wwpn = inventory->vports[i].wwpn;
		row->vport = &inventory->vports[i];
		look_around(row, inventory);
	}
	return 0;
}

static int compare_rows(const void *a, const void *b)
{
	const struct vhba_row *x = a, *y = b;

	if (x->name && y->name)
		return strcmp(x->name, y->name);
	if (x->name || y->name)
		return x->name ? -1 : 1;
	if (x->wwpn != y->wwpn)
		return x->wwpn > y->wwpn ? 1 : -1;
	return inventory_compare_vports(x->vport, y->vport);
}

int vhba_table_build(const struct config *config, const struct vhba_state *states,
		     size_t n_states, const struct inventory *inventory,
		     struct vhba_table *ret_table)
{
	_cleanup_(vhba_table_done) struct vhba_table vhbas = { 0 };
	int r;

	assert(config);
	assert(states || n_states == 0);
	assert(inventory);
	assert(ret_table);

	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];

		r = add_configured(&vhbas, vhba,
				   vhba_state_find(states, n_states, vhba->name),
				   inventory);
		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < n_states; i++) {
		if (config_find_vhba(config, states[i].name))
			continue;
		r = add_unconfigured(&vhbas, config, &states[i], inventory);
		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < config->n_bad_vhbas; i++) {
		if (vhba_state_find(states, n_states, config->bad_vhbas[i].name))
			continue;
		r = add_bad(&vhbas, &config->bad_vhbas[i]);
		if (r < 0)
			return r;
	}
	r = add_unmanaged(&vhbas, inventory);
	if (r < 0)
		return r;
	if (vhbas.n > 0)
		qsort(vhbas.rows, vhbas.n, sizeof(*vhbas.rows), compare_rows);

	*ret_table = vhbas;
	vhbas = (struct vhba_table){ 0 };
	return 0;
}

const char *vhba_row_state(const struct vhba_row *row)
{
	assert(row);

	if (row->vport)
		return vport_state_to_string(row->vport->state);
	if (row->port && !row->port->is_vport)
		return row->state || (row->config && row->config->type == VHBA_HBA) ?
			       port_state_to_string(row->port->state) :
			       "Absent";
	return row->state ? "Missing" : "Absent";
}

bool vhba_row_matches(const struct vhba_row *row, const char *name_or_pool)
{
	assert(row);
	assert(name_or_pool);

	return row->name &&
	       (streq(row->name, name_or_pool) || streq(row->pool, name_or_pool));
}

void vhba_table_done(struct vhba_table *vhbas)
{
	free(vhbas->rows);
	*vhbas = (struct vhba_table){ 0 };
}
