// SPDX-License-Identifier: LGPL-2.1-or-later
/* Puts one vHBA's state, unit and path check together. */
#include <inttypes.h>

#include "names/unitname.h"
#include "fc/wwn.h"
#include "ctl/health.h"
#include "names/names.h"
#include "diagnose/readiness-read.h"
#include "state/environment.h"

static const struct parent_rule any_parent = { .host = -1 };
static const struct lun_set any_lun = { 0 };

sd_bus *ctl_health_bus(void)
{
	sd_bus *bus;

	if (*environment_root() || bus_open(&bus) < 0)
		return NULL;
	return bus;
}

/* What the vHBA was started as holds until the next start, even if its file has changed since or is removed: also the
 * HBA that carries its vport. rule is filled if the parent keys of the file do not count. */
static void find_wanted(const struct vhba_row *row, struct parent_rule *rule,
			struct wanted *ret_wanted)
{
	*rule = any_parent;
	*ret_wanted = (struct wanted){ .parent = rule, .luns = &any_lun };
	if (row->config)
		wanted_from_config(row->config, ret_wanted);
	ret_wanted->state = row->state;
	if (row->state) {
		ret_wanted->type = row->state->type;
		ret_wanted->wwpn = row->state->wwpn;
		ret_wanted->wwnn = row->state->wwnn;
		if (!row->config || row->vport) {
			ret_wanted->parent = rule;
			rule->wwpn = row->state->parent_wwpn;
		}
	} else if (!row->config && row->vport) {
		ret_wanted->wwpn = row->vport->wwpn;
		ret_wanted->wwnn = row->vport->wwnn;
	}
}

static int read_unit(sd_bus *bus, const char *name, struct bus_unit *ret_unit)
{
	_cleanup_free_ char *unit = NULL;
	int r;

	if (!bus || !name)
		return 0;
	unit = unit_name_vport(name);
	if (!unit)
		return -ENOMEM;
	r = bus_unit_read(bus, unit, ret_unit);
	return r == -ENOMEM ? r : 0;
}

/* Whether nothing but a section with errors is known of it. */
static bool is_bad(const struct vhba_row *row)
{
	return row->fault && !row->state;
}

static void fail_config(const char *fault, struct path_check *check)
{
	check->diagnosis.stage = STAGE_CONFIG;
	(void)snprintf(check->diagnosis.detail, sizeof(check->diagnosis.detail), "%s",
		       fault);
	for (enum step step = 0; step < _STEP_MAX; step++)
		check->steps[step].state = STEP_OPEN;
}

static bool is_stopped(const struct vhba_row *row, const struct bus_unit *unit)
{
	if (!row->name || row->state || row->vport || is_bad(row))
		return false;
	return !unit->active_state || streq(unit->active_state, "inactive");
}

/* A fabric refuses the second login of a WWPN, or ends the first one; in two fabrics an array that maps by WWPN
 * shows the LUNs of the vHBA to both ports. */
static void describe_twin(const struct inventory *inventory, const struct fc_vport *twin,
			  char text[static NPIV_DETAIL_MAX])
{
	const struct fc_port *parent;
	char wwpn[WWN_TEXT_SIZE];

	if (!twin)
		return;
	parent = inventory_port_by_host(inventory, twin->parent_host);
	(void)snprintf(text, NPIV_DETAIL_MAX,
		       "%s, below host%" PRIu32 " (%s), has the same WWPN", twin->sysname,
		       twin->parent_host,
		       parent ? wwn_format(parent->wwpn, wwpn) : "unknown");
}

static int check_path(const struct host_model *model, const struct vhba_row *row,
		      struct ctl_health *health)
{
	const struct readiness_source source = {
		.udev = model->udev,
		.run = model->run,
		.sysfs = model->sysfs_fd,
	};
	_cleanup_free_ enum lun_readiness *readiness = NULL;
	struct parent_rule rule;
	struct inventory view;
	struct wanted wanted;
	int r;

	view = inventory_of_host(&model->inventory,
				 row->port ? row->port->host : HOST_NONE);
	find_wanted(row, &rule, &wanted);
	r = readiness_read(&source, &view, row->state, &readiness);
	if (r >= 0)
		r = path_check_run(&view, readiness, &wanted, &health->check);
	if (r >= 0 && row->name)
		describe_twin(&model->inventory, wanted_twin(&wanted, &view),
			      health->twin);
	return r;
}

/* Nobody names the LUNs of a port that is not ours, or not up. */
static void correct_names(const struct vhba_row *row, struct check_step *names)
{
	if (row->state || !*names->text)
		return;
	names->state = STEP_OPEN;
	(void)snprintf(names->text, sizeof(names->text), "none: it is not %s",
		       row->name ? "up" : "one of ours");
}

/* Compares the HBA that carries a vHBA with the parent keys of its file. */
static const char *find_note(const struct host_model *model, const struct vhba_row *row)
{
	const struct fc_port *parent;

	if (row->fault && row->state)
		return "its file has errors since: 'npivctl check' names them";
	if (!row->config || !row->state || !row->vport)
		return NULL;
	parent = inventory_port_by_host(&model->inventory, row->vport->parent_host);
	if (!parent || parent_rule_allows(&row->config->parent, parent))
		return NULL;
	return "its parent HBA is not the one in its file: 'npivctl apply' moves it";
}

/* Whether a reload gives all disputed names of the pool: each is claimed by one logical unit, and the other one is
 * gone. */
static bool is_remapped(const struct host_model *model, const char *pool)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	bool is_one = true;

	if (!pool || names_conflicts(model->run, model->sysfs_fd, pool, &list) < 0)
		return false;
	for (size_t i = 0; i < list.n; i++)
		is_one = is_one && claim_is_agreed(&list.conflicts[i].claim) &&
			 claim_pin_is_gone(&list.conflicts[i].claim);
	return list.n > 0 && is_one;
}

int ctl_health_read(const struct host_model *model, const struct vhba_row *row,
		    sd_bus *bus, struct ctl_health *ret_health)
{
	_cleanup_(ctl_health_done) struct ctl_health health = { 0 };
	struct check_step *vport = &health.check.steps[STEP_VPORT];
	int r;

	assert(model);
	assert(row);
	assert(ret_health);

	r = read_unit(bus, row->name, &health.unit);
	if (r >= 0 && is_bad(row))
		fail_config(row->fault, &health.check);
	else if (r >= 0)
		r = check_path(model, row, &health);
	if (r < 0)
		return r;
	health.note = find_note(model, row);
	health.is_remapped = health.check.diagnosis.stage == STAGE_NAME_AMBIGUOUS &&
			     is_remapped(model, row->pool);
	correct_names(row, &health.check.steps[STEP_NAMES]);
	health.is_tried = row->state && row->vport &&
			  vhba_state_owns(row->state, &model->inventory, row->vport) &&
			  health.unit.active_state &&
			  !streq(health.unit.active_state, "active");
	health.is_stopped = is_stopped(row, &health.unit);
	if (health.is_stopped && health.check.diagnosis.may_create) {
		vport->state = STEP_OPEN;
		(void)snprintf(vport->text, sizeof(vport->text), "not started");
	}

	*ret_health = health;
	health = (struct ctl_health){ 0 };
	return 0;
}

bool ctl_unit_is_masked(const struct bus_unit *unit)
{
	assert(unit);

	return unit->load_state && streq(unit->load_state, "masked");
}

const char *ctl_health_word(const struct ctl_health *health)
{
	return health->is_stopped ? "stopped" :
				    stage_info(health->check.diagnosis.stage)->name;
}

/* Whether its only problem is another port of its WWPN. */
static bool has_twin_alone(const struct ctl_health *health)
{
	return *health->twin && !health->is_stopped &&
	       health->check.diagnosis.stage == STAGE_READY;
}

const char *ctl_health_problem(const struct ctl_health *health)
{
	enum npiv_stage stage = health->check.diagnosis.stage;

	if (has_twin_alone(health))
		return "another virtual port has the same WWPN";
	return health->is_stopped || stage == STAGE_READY ? NULL :
							    stage_info(stage)->summary;
}

const char *ctl_health_detail(const struct ctl_health *health)
{
	return has_twin_alone(health) ? health->twin : health->check.diagnosis.detail;
}

const char *ctl_health_hint(const struct ctl_health *health)
{
	if (has_twin_alone(health))
		return "delete the other port, or give this virtual HBA a WWPN of its own";
	if (health->is_remapped)
		return "if the array maps this LUN on purpose, accept it with 'npivctl reload' of the virtual HBA; if not, correct the mapping on the array";
	return diagnosis_hint(&health->check.diagnosis, health->is_tried);
}

int ctl_health_exit_code(const struct ctl_health *health)
{
	if (has_twin_alone(health))
		return stage_info(STAGE_WWN_REFUSED)->exit_code;
	return health->is_stopped ? EXIT_STOPPED :
				    stage_info(health->check.diagnosis.stage)->exit_code;
}

void ctl_health_done(struct ctl_health *health)
{
	bus_unit_done(&health->unit);
}
