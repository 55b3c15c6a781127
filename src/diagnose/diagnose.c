// SPDX-License-Identifier: LGPL-2.1-or-later
/* Checks the path from the HBA to a named LUN, and describes the first step at which it is broken. */
#include <inttypes.h>
#include <stdarg.h>

#include "diagnose/diagnose.h"
#include "fc/wwn.h"

void wanted_from_config(const struct vhba_config *vhba, struct wanted *ret_wanted)
{
	assert(vhba);
	assert(ret_wanted);

	*ret_wanted = (struct wanted){
		.type = vhba->type,
		.wwpn = vhba->wwpn,
		.wwnn = vhba->wwnn,
		.parent = &vhba->parent,
		.luns = &vhba->luns,
		.min_luns = vhba->min_luns,
	};
}

/* Sets the stage and its text. Returns true: the diagnosis ends here. */
static bool _printf_(3, 4) diagnosis_end(struct diagnosis *diagnosis,
					 enum npiv_stage stage, const char *format, ...)
{
	va_list ap;

	diagnosis->stage = stage;
	va_start(ap, format);
	(void)vsnprintf(diagnosis->detail, sizeof(diagnosis->detail), format, ap);
	va_end(ap);
	return true;
}

static bool diagnosis_take_choice(struct diagnosis *diagnosis,
				  const struct parent_choice *choice)
{
	diagnosis->parent = choice->port;
	return diagnosis_end(diagnosis, choice->stage, "%s", choice->detail);
}

/* There is no vport yet: finds out why it cannot be created, if so. */
static bool check_parent(struct diagnosis *diagnosis, const struct inventory *inventory,
			 const struct wanted *wanted)
{
	struct parent_choice choice;
	char wwpn[WWN_TEXT_SIZE];

	parent_choose(inventory, wanted->parent, &choice);
	if (choice.stage != STAGE_READY)
		return diagnosis_take_choice(diagnosis, &choice);
	diagnosis->parent = choice.port;
	diagnosis->may_create = true;
	return diagnosis_end(diagnosis, STAGE_VPORT_FAILED,
			     "there is no virtual port %s on host%" PRIu32,
			     wwn_format(wanted->wwpn, wwpn), choice.port->host);
}

static enum npiv_stage vport_state_stage(enum vport_state state)
{
	switch (state) {
	case VPORT_ACTIVE:
		return STAGE_READY;
	case VPORT_LINKDOWN:
		return STAGE_LINK_DOWN;
	case VPORT_UNKNOWN:
	case VPORT_INITIALIZING:
	case VPORT_FABRIC_LOGOUT:
		return STAGE_LOGIN;
	case VPORT_NO_FABRIC_SUPPORT:
		return STAGE_NO_FABRIC_SUPPORT;
	case VPORT_NO_FABRIC_RESOURCES:
		return STAGE_NO_FREE_VPORT;
	case VPORT_FABRIC_REJECTED_WWN:
		return STAGE_WWN_REFUSED;
	case VPORT_DISABLED:
	case VPORT_FAILED:
	case _VPORT_STATE_MAX:
		break;
	}
	return STAGE_VPORT_FAILED;
}

/* Whether the fabric or the driver refused the vport. A logout is no refusal: fabrics log ports out and let them log
 * in again. */
static bool vport_state_is_final(enum vport_state state)
{
	return state == VPORT_NO_FABRIC_SUPPORT || state == VPORT_NO_FABRIC_RESOURCES ||
	       state == VPORT_FABRIC_REJECTED_WWN || state == VPORT_FAILED ||
	       state == VPORT_DISABLED;
}

bool vport_state_needs_reset(enum vport_state state)
{
	return vport_state_is_final(state) || state == VPORT_FABRIC_LOGOUT;
}

static bool check_vport(struct diagnosis *diagnosis)
{
	const struct fc_vport *vport = diagnosis->vport;
	const struct fc_port *parent = diagnosis->parent;
	enum npiv_stage stage = vport_state_stage(vport->state);

	if (stage == STAGE_READY && diagnosis->port)
		return false;
	if (stage == STAGE_READY)
		return diagnosis_end(diagnosis, STAGE_LOGIN,
				     "%s has no host of its own yet", vport->sysname);
	/* Drivers change a vport's state late or never when the link is lost. */
	if (parent && parent->state != PORT_ONLINE)
		return diagnosis_end(diagnosis, STAGE_LINK_DOWN,
				     "%s is %s, its parent host%" PRIu32 " %s",
				     vport->sysname, vport_state_to_string(vport->state),
				     parent->host, port_state_to_string(parent->state));
	diagnosis->is_final = vport_state_is_final(vport->state);
	return diagnosis_end(diagnosis, stage, "%s is %s", vport->sysname,
			     vport_state_to_string(vport->state));
}

static bool check_own_names(struct diagnosis *diagnosis, const struct wanted *wanted)
{
	char wwnn[WWN_TEXT_SIZE], other[WWN_TEXT_SIZE];

	if (diagnosis->vport->wwnn == wanted->wwnn)
		return false;
	diagnosis->is_final = true;
	return diagnosis_end(diagnosis, STAGE_WWN_REFUSED,
			     "%s exists already, with WWNN %s instead of %s",
			     diagnosis->vport->sysname,
			     wwn_format(diagnosis->vport->wwnn, other),
			     wwn_format(wanted->wwnn, wwnn));
}

/* A vport below an HBA that the keys do not allow is refused, never moved. */
static bool check_place(struct diagnosis *diagnosis, const struct wanted *wanted)
{
	_cleanup_fclose_ FILE *out = NULL;
	char wwpn[WWN_TEXT_SIZE];

	if (!diagnosis->parent || parent_rule_allows(wanted->parent, diagnosis->parent))
		return false;
	diagnosis->is_final = true;
	(void)diagnosis_end(diagnosis, STAGE_WWN_REFUSED, "%s", "");
	out = fmemopen(diagnosis->detail, sizeof(diagnosis->detail) - 1, "w");
	if (!out)
		return true;
	fprintf(out, "%s exists already, below host%" PRIu32 " (%s), which is not ",
		diagnosis->vport->sysname, diagnosis->parent->host,
		wwn_format(diagnosis->parent->wwpn, wwpn));
	parent_rule_print(wanted->parent, out);
	return true;
}

/* Whether this port belongs to a vport that its parent shows. */
static bool port_is_of_vport(const struct inventory *inventory,
			     const struct fc_port *port)
{
	for (size_t i = 0; i < inventory->n_vports; i++)
		if (inventory->vports[i].host == port->host)
			return true;
	return false;
}

/* A physical port, or a vport that no parent shows, has the WWPN that is wanted. */
static bool check_taken(struct diagnosis *diagnosis, const struct inventory *inventory,
			const struct wanted *wanted)
{
	const struct fc_port *port = NULL;
	char wwpn[WWN_TEXT_SIZE];

	for (size_t i = 0; i < inventory->n_ports && !port; i++)
		if (inventory->ports[i].wwpn == wanted->wwpn &&
		    !port_is_of_vport(inventory, &inventory->ports[i]))
			port = &inventory->ports[i];
	if (!port)
		return false;
	diagnosis->is_final = !port->is_vport;
	return diagnosis_end(diagnosis, STAGE_WWN_REFUSED,
			     "%s is the WWPN of host%" PRIu32 " itself",
			     wwn_format(wanted->wwpn, wwpn), port->host);
}

/* Returns the first vport of the WWPN below a parent that matches the rule, else one below a parent that the rule
 * allows, else any. */
static const struct fc_vport *find_vport(const struct wanted *wanted,
					 const struct inventory *inventory,
					 bool *ret_is_allowed)
{
	const struct fc_vport *allowed = NULL, *any = NULL;

	*ret_is_allowed = true;
	for (size_t i = 0; i < inventory->n_vports; i++) {
		const struct fc_vport *vport = &inventory->vports[i];
		const struct fc_port *parent =
			inventory_port_by_host(inventory, vport->parent_host);

		if (vport->wwpn != wanted->wwpn)
			continue;
		if (!parent || parent_rule_matches(wanted->parent, parent))
			return vport;
		if (!allowed && parent_rule_allows(wanted->parent, parent))
			allowed = vport;
		any = any ? any : vport;
	}
	*ret_is_allowed = allowed != NULL;
	return allowed ? allowed : any;
}

/* A WWPN has to be unique within a fabric. A vport in another fabric than the parent that the keys name does not
 * prevent a login. */
static bool vport_is_in_other_fabric(const struct wanted *wanted,
				     const struct inventory *inventory,
				     const struct fc_vport *vport)
{
	const struct fc_port *parent =
		inventory_port_by_host(inventory, vport->parent_host);
	struct parent_choice choice;

	if (!parent || parent->fabric_wwn == 0)
		return false;
	parent_choose(inventory, wanted->parent, &choice);
	return choice.stage == STAGE_READY && choice.port->fabric_wwn != 0 &&
	       choice.port->fabric_wwn != parent->fabric_wwn;
}

const struct fc_vport *wanted_vport(const struct wanted *wanted,
				    const struct inventory *inventory)
{
	const struct fc_vport *vport = NULL;
	bool is_allowed;

	assert(wanted);
	assert(inventory);

	if (wanted->type != VHBA_VPORT)
		return NULL;
	if (wanted->state)
		vport = vhba_state_vport(wanted->state, inventory);
	if (vport)
		return vport;
	vport = find_vport(wanted, inventory, &is_allowed);
	if (vport && !is_allowed && vport_is_in_other_fabric(wanted, inventory, vport))
		return NULL;
	return vport;
}

const struct fc_vport *wanted_twin(const struct wanted *wanted,
				   const struct inventory *inventory)
{
	const struct fc_vport *own = wanted_vport(wanted, inventory);

	for (size_t i = 0; i < inventory->n_vports && wanted->type == VHBA_VPORT; i++)
		if (inventory->vports[i].wwpn == wanted->wwpn &&
		    &inventory->vports[i] != own)
			return &inventory->vports[i];
	return NULL;
}

/* No port of this host has the WWPN, but one of them sees it logged in: another host has it. */
static bool check_elsewhere(struct diagnosis *diagnosis,
			    const struct inventory *inventory,
			    const struct wanted *wanted)
{
	const struct fc_rport *rport = inventory_rport_online(inventory, wanted->wwpn);
	char wwpn[WWN_TEXT_SIZE];

	if (!rport || inventory_vport_by_wwpn(inventory, wanted->wwpn) ||
	    inventory_port_by_wwpn(inventory, wanted->wwpn))
		return false;
	diagnosis->is_final = true;
	return diagnosis_end(diagnosis, STAGE_WWN_REFUSED,
			     "%s is logged in elsewhere: host%" PRIu32
			     " sees it as remote port %s",
			     wwn_format(wanted->wwpn, wwpn), rport->host, rport->sysname);
}

static bool check_virtual(struct diagnosis *diagnosis, const struct inventory *inventory,
			  const struct wanted *wanted)
{
	const struct fc_vport *vport = wanted_vport(wanted, inventory);

	diagnosis->vport = vport;
	if (!vport)
		return check_taken(diagnosis, inventory, wanted) ||
		       check_elsewhere(diagnosis, inventory, wanted) ||
		       check_parent(diagnosis, inventory, wanted);
	diagnosis->parent = inventory_port_by_host(inventory, vport->parent_host);
	if (vport->host != HOST_NONE)
		diagnosis->port = inventory_port_by_host(inventory, vport->host);
	return check_place(diagnosis, wanted) || check_own_names(diagnosis, wanted) ||
	       check_vport(diagnosis);
}

static bool check_physical(struct diagnosis *diagnosis, const struct inventory *inventory,
			   const struct wanted *wanted)
{
	struct parent_choice choice;

	parent_find_hba(inventory, wanted->parent, wanted->wwpn, wanted->wwnn, &choice);
	diagnosis->port = choice.port;
	return choice.stage != STAGE_READY && diagnosis_take_choice(diagnosis, &choice);
}

const struct fc_port *wanted_port(const struct wanted *wanted,
				  const struct inventory *inventory)
{
	struct diagnosis diagnosis = { 0 };

	assert(wanted);
	assert(inventory);

	if (wanted->type == VHBA_HBA)
		(void)check_physical(&diagnosis, inventory, wanted);
	else
		(void)check_virtual(&diagnosis, inventory, wanted);
	return diagnosis.port;
}

static bool rport_is_there(const struct fc_rport *rport)
{
	return rport->state == PORT_ONLINE || rport->state == PORT_MARGINAL;
}

/* Whether a remote port is another initiator of this host in the same zone: it is no target. */
static bool rport_is_own_initiator(const struct inventory *inventory, uint64_t wwpn)
{
	const struct fc_port *port = inventory_port_by_wwpn(inventory, wwpn);

	return port && !port->is_target;
}

/* A target can let a port log in and yet deny that it is a target as long as it maps nothing to that port (the
 * kernel's own target, LIO, does). Then the kernel does not look for LUNs there until the port logs in again, even
 * if a later login of the same remote port finds a target: see fc_rport.is_scanned. */
static bool rport_denies_target(const struct inventory *inventory,
				const struct fc_rport *rport)
{
	return rport->is_target ?
		       !rport->is_scanned :
		       !rport->is_nvme && !rport_is_own_initiator(inventory, rport->wwpn);
}

/* The kernel forgets the roles of a target port that is away for longer than dev_loss_tmo, but not its SCSI target
 * id (fc_timeout_deleted_rport() in scsi_transport_fc.c). */
static bool rport_is_known_target(const struct fc_rport *rport)
{
	return rport->is_target || rport->is_scanned;
}

/* Finds out why a port sees no LUN: zoning or masking. A target that denies that it is one looks like another
 * host's initiator in the same zone. So a new login is wanted only if the port knows no target port that explains
 * why there is no LUN. */
static bool check_rports(struct diagnosis *diagnosis, const struct inventory *inventory)
{
	const struct fc_rport *denying = NULL, *away = NULL, *nvme = NULL;
	char wwpn[WWN_TEXT_SIZE];
	unsigned n_targets = 0;

	for (size_t i = 0; i < inventory->n_rports; i++) {
		const struct fc_rport *rport = &inventory->rports[i];

		if (rport->host != diagnosis->port->host)
			continue;
		if (!rport_is_there(rport))
			away = rport_is_known_target(rport) ? rport : away;
		else if (rport_denies_target(inventory, rport))
			denying = rport;
		else if (rport->is_target)
			n_targets++;
		else if (rport->is_nvme)
			nvme = rport;
	}

	if (n_targets > 0)
		return diagnosis_end(diagnosis, STAGE_NO_LUNS,
				     "host%" PRIu32
				     " sees %u target port%s, but none of %s LUNs",
				     diagnosis->port->host, n_targets,
				     n_targets == 1 ? "" : "s",
				     n_targets == 1 ? "its" : "their");
	if (away)
		return diagnosis_end(diagnosis, STAGE_NO_REMOTE_PORTS,
				     "target port %s is %s", wwn_format(away->wwpn, wwpn),
				     port_state_to_string(away->state));
	/* The cause is masking: zoning lets the port see it. */
	diagnosis->wants_login = denying != NULL;
	if (denying)
		return diagnosis_end(
			diagnosis, STAGE_NO_LUNS,
			"remote port %s is visible, but offers no target to this WWPN",
			wwn_format(denying->wwpn, wwpn));
	if (nvme)
		return diagnosis_end(
			diagnosis, STAGE_NO_REMOTE_PORTS,
			"remote port %s is a target of NVMe, but not of SCSI",
			wwn_format(nvme->wwpn, wwpn));
	return diagnosis_end(diagnosis, STAGE_NO_REMOTE_PORTS,
			     "host%" PRIu32 " sees no target port",
			     diagnosis->port->host);
}

const char *diagnosis_hint(const struct diagnosis *diagnosis, bool is_tried)
{
	assert(diagnosis);

	if (!diagnosis->wants_login)
		return stage_info(diagnosis->stage)->hint;
	return is_tried ?
		       "correct the masking: map LUNs to the WWPN on the array (host group, initiator group); this target offers them only to a new login, which npiv makes by itself within a minute" :
		       "correct the masking: map LUNs to the WWPN on the array (host group, initiator group), then restart the virtual HBA, or log its port in anew if npiv did not create it: this target offers LUNs only to a new login";
}

/* Adds the wanted LUN numbers that never become a disk. */
static void diagnosis_explain_undriven(struct diagnosis *diagnosis,
				       const struct inventory *inventory,
				       const struct lun_set *luns)
{
	size_t length = strlen(diagnosis->detail);
	char text[sizeof(diagnosis->detail) - 64] = ""; /* room for the words below */
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	unsigned n;

	if (!out)
		return;
	n = lun_print_undriven(inventory, diagnosis->port->host, luns, out);
	fclose(out);
	if (n > 0)
		(void)snprintf(diagnosis->detail + length,
			       sizeof(diagnosis->detail) - length,
			       "; the kernel makes no disk of %s", text);
}

/* Sets the stage and the counts of the LUN numbers. */
static int check_luns(struct diagnosis *diagnosis, const struct inventory *inventory,
		      const enum lun_readiness *readiness, const struct wanted *wanted)
{
	_cleanup_(lun_numbers_done) struct lun_numbers numbers = { 0 };
	struct lun_summary summary;
	int r;

	r = lun_numbers_count(inventory, readiness, diagnosis->port->host, &numbers);
	if (r < 0)
		return r;
	lun_numbers_summarize(&numbers, wanted->luns, wanted->min_luns, &summary);

	diagnosis->n_usable = summary.n_usable;
	diagnosis->n_usable_paths = summary.n_usable_paths;
	diagnosis->n_leading = summary.n_leading;
	diagnosis->n_seen = summary.n_seen;
	diagnosis->n_wanted = summary.n_wanted;
	diagnosis->is_final = summary.stage == STAGE_NAME_AMBIGUOUS;
	(void)diagnosis_end(diagnosis, summary.stage, "%s", summary.detail);
	if (summary.stage == STAGE_LUNS_MISSING)
		diagnosis_explain_undriven(diagnosis, inventory, wanted->luns);
	return 0;
}

int diagnose(const struct inventory *inventory, const enum lun_readiness *readiness,
	     const struct wanted *wanted, struct diagnosis *ret_diagnosis)
{
	struct diagnosis diagnosis = { .stage = STAGE_READY };
	bool is_broken;
	int r;

	assert(inventory);
	assert(readiness || inventory->n_luns == 0);
	assert(wanted);
	assert(ret_diagnosis);

	is_broken = wanted->type == VHBA_HBA ?
			    check_physical(&diagnosis, inventory, wanted) :
			    check_virtual(&diagnosis, inventory, wanted);
	if (!is_broken) {
		r = check_luns(&diagnosis, inventory, readiness, wanted);
		if (r < 0)
			return r;
		/* LUNs count even if the roles of their remote port are not known yet. */
		if (diagnosis.stage == STAGE_NO_LUNS)
			(void)check_rports(&diagnosis, inventory);
	}

	*ret_diagnosis = diagnosis;
	return 0;
}
