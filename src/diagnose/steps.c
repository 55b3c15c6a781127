// SPDX-License-Identifier: LGPL-2.1-or-later
/* Describes each step, and marks the step at which the diagnosis ended. */
#include <inttypes.h>

#include "diagnose/steps.h"
#include "fc/lun.h"
#include "fc/wwn.h"

#define MAX_PRINTED 4U /* remote ports that are named; the others are counted */

static const char *const step_names[_STEP_MAX] = {
	[STEP_PARENT] = "parent",	[STEP_LINK] = "link",
	[STEP_FABRIC] = "fabric",	[STEP_VPORT] = "vport",
	[STEP_LOGIN] = "login",		[STEP_REMOTE_PORTS] = "remote-ports",
	[STEP_LUNS] = "luns",		[STEP_DISKS] = "disks",
	[STEP_MULTIPATH] = "multipath", [STEP_NAMES] = "names",
};

static const char *const state_names[_STEP_STATE_MAX] = {
	[STEP_OK] = "ok",
	[STEP_BROKEN] = "broken",
	[STEP_OPEN] = "open",
};

/* The input of the descriptions. */
struct step_source {
	const struct inventory *inventory;
	const enum lun_readiness *readiness;
	const struct wanted *wanted;
	const struct diagnosis *diagnosis;
	const struct fc_port *hba; /* the physical port: the parent, or the port itself */
};

enum step step_of_stage(enum npiv_stage stage)
{
	switch (stage) {
	case STAGE_PARENT_MISSING:
	case STAGE_PARENT_INCAPABLE:
		return STEP_PARENT;
	case STAGE_LINK_DOWN:
		return STEP_LINK;
	case STAGE_NO_FABRIC_SUPPORT:
		return STEP_FABRIC;
	case STAGE_NO_FREE_VPORT:
	case STAGE_WWN_REFUSED:
	case STAGE_VPORT_FAILED:
		return STEP_VPORT;
	case STAGE_LOGIN:
		return STEP_LOGIN;
	case STAGE_NO_REMOTE_PORTS:
		return STEP_REMOTE_PORTS;
	case STAGE_NO_LUNS:
	case STAGE_LUNS_MISSING:
		return STEP_LUNS;
	case STAGE_NO_BLOCK_DEVICE:
		return STEP_DISKS;
	case STAGE_MULTIPATH_PENDING:
		return STEP_MULTIPATH;
	case STAGE_NAME_AMBIGUOUS:
	case STAGE_LINKS_PENDING:
		return STEP_NAMES;
	case STAGE_READY:
	case STAGE_CONFIG:
	case STAGE_BUSY:
	case _STAGE_MAX:
		break;
	}
	return _STEP_MAX;
}

static void describe_parent(const struct step_source *source, FILE *out)
{
	const struct fc_port *hba = source->hba;
	char wwpn[WWN_TEXT_SIZE];

	if (!hba)
		return;
	fprintf(out, "host%" PRIu32 " (%s)", hba->host, wwn_format(hba->wwpn, wwpn));
	if (*hba->driver)
		fprintf(out, ", %s", hba->driver);
	if (*hba->pci_address)
		fprintf(out, " at %s", hba->pci_address);
	if (hba->is_capable)
		fprintf(out, ", %" PRIu32 " of %" PRIu32 " virtual ports in use",
			hba->vports_inuse, hba->max_vports);
}

static void describe_link(const struct step_source *source, FILE *out)
{
	const struct fc_port *hba = source->hba;

	if (!hba)
		return;
	fputs(port_state_to_string(hba->state), out);
	if (*hba->speed && !streq(hba->speed, "unknown"))
		fprintf(out, ", %s", hba->speed);
}

static void describe_fabric(const struct step_source *source, FILE *out)
{
	char name[WWN_TEXT_SIZE];

	if (source->hba && source->hba->fabric_wwn)
		fprintf(out, "%s", wwn_format(source->hba->fabric_wwn, name));
	else if (source->hba && *source->hba->port_type)
		fprintf(out, "%s", source->hba->port_type);
}

static void describe_vport(const struct step_source *source, FILE *out)
{
	const struct fc_vport *vport = source->diagnosis->vport;

	if (vport)
		fprintf(out, "%s is %s", vport->sysname,
			vport_state_to_string(vport->state));
	else if (source->wanted->type == VHBA_HBA && source->hba)
		fprintf(out, "the physical port itself");
}

static void describe_login(const struct step_source *source, FILE *out)
{
	const struct fc_port *port = source->diagnosis->port;
	char wwpn[WWN_TEXT_SIZE];

	if (port)
		fprintf(out, "host%" PRIu32 " (%s) is %s", port->host,
			wwn_format(port->wwpn, wwpn), port_state_to_string(port->state));
}

static void describe_rports(const struct step_source *source, FILE *out)
{
	const struct inventory *inventory = source->inventory;
	char wwpn[WWN_TEXT_SIZE];
	unsigned n = 0;

	for (size_t i = 0; i < inventory->n_rports; i++)
		if (inventory->rports[i].is_target)
			n++;
	/* LUNs are the broken step then, so that the zone is right. */
	if (n == 0 && source->diagnosis->stage == STAGE_NO_LUNS)
		fputs("visible, but none offers a target yet", out);
	if (n == 0)
		return;
	fprintf(out, "%u target port%s:", n, n == 1 ? "" : "s");
	n = 0;
	for (size_t i = 0; i < inventory->n_rports; i++) {
		const struct fc_rport *rport = &inventory->rports[i];

		if (!rport->is_target)
			continue;
		if (n < MAX_PRINTED)
			fprintf(out, "%s %s is %s", n ? "," : "",
				wwn_format(rport->wwpn, wwpn),
				port_state_to_string(rport->state));
		n++;
	}
	if (n > MAX_PRINTED)
		fprintf(out, " and %u more", n - MAX_PRINTED);
}

/* Prints "0-3,7", each number once; the LUNs are sorted by number. Returns how many. */
static unsigned print_lun_numbers(const struct inventory *inventory, FILE *out)
{
	struct lun_range_printer printer = { .out = out };

	for (size_t i = 0; i < inventory->n_luns; i++) {
		uint64_t lun = inventory->luns[i].lun;

		if (i == 0 || lun != inventory->luns[i - 1].lun)
			lun_range_printer_add(&printer, lun, lun);
	}
	lun_range_printer_end(&printer);
	return (unsigned)printer.n;
}

static void describe_luns(const struct step_source *source, FILE *out)
{
	char numbers[NPIV_DETAIL_MAX / 2] = "";
	_cleanup_fclose_ FILE *list = fmemopen(numbers, sizeof(numbers) - 1, "w");
	unsigned n;

	if (!list || source->inventory->n_luns == 0)
		return;
	n = print_lun_numbers(source->inventory, list);
	fflush(list);
	fprintf(out, "%u LUN number%s: %s", n, n == 1 ? "" : "s", numbers);
}

static void describe_undriven(const struct inventory *inventory, uint32_t host, FILE *out)
{
	char text[NPIV_DETAIL_MAX / 2] = "";
	FILE *list = fmemopen(text, sizeof(text) - 1, "w");
	unsigned n;

	if (!list)
		return;
	n = lun_print_undriven(inventory, host, NULL, list);
	fclose(list);
	if (n > 0)
		fprintf(out, "; the kernel makes none of %s", text);
}

static void describe_disks(const struct step_source *source, FILE *out)
{
	const struct inventory *inventory = source->inventory;
	unsigned n = 0, n_running = 0;

	for (size_t i = 0; i < inventory->n_luns; i++) {
		if (!*inventory->luns[i].disk)
			continue;
		n++;
		n_running += streq(inventory->luns[i].state, "running");
	}
	if (n > 0)
		fprintf(out, "%u disk%s, %u running", n, n == 1 ? "" : "s", n_running);
	if (n > 0 && source->diagnosis->port)
		describe_undriven(inventory, source->diagnosis->port->host, out);
}

static void describe_multipath(const struct step_source *source, FILE *out)
{
	unsigned n = 0;

	if (source->inventory->n_luns == 0)
		return;
	for (size_t i = 0; i < source->inventory->n_luns; i++)
		n += lun_waits_for_map(source->readiness[i]);
	if (n > 0)
		fprintf(out, "%u disk%s without %s multipath map", n, n == 1 ? "" : "s",
			n == 1 ? "its" : "their");
	else
		fprintf(out, "no map is missing");
}

static void describe_names(const struct step_source *source, FILE *out)
{
	const struct diagnosis *diagnosis = source->diagnosis;

	if (diagnosis->n_seen > 0)
		fprintf(out, "%u of %u LUN number%s lead%s to %s disk%s",
			diagnosis->n_leading, diagnosis->n_seen,
			diagnosis->n_seen == 1 ? "" : "s",
			diagnosis->n_seen == 1 ? "s" : "",
			diagnosis->n_seen == 1 ? "its" : "their",
			diagnosis->n_seen == 1 ? "" : "s");
}

static void step_describe(const struct step_source *source, enum step step,
			  struct check_step *ret_step)
{
	static void (*const describers[_STEP_MAX])(const struct step_source *, FILE *) = {
		[STEP_PARENT] = describe_parent,
		[STEP_LINK] = describe_link,
		[STEP_FABRIC] = describe_fabric,
		[STEP_VPORT] = describe_vport,
		[STEP_LOGIN] = describe_login,
		[STEP_REMOTE_PORTS] = describe_rports,
		[STEP_LUNS] = describe_luns,
		[STEP_DISKS] = describe_disks,
		[STEP_MULTIPATH] = describe_multipath,
		[STEP_NAMES] = describe_names,
	};
	FILE *out = fmemopen(ret_step->text, sizeof(ret_step->text) - 1, "w");

	if (!out)
		return;
	describers[step](source, out);
	fclose(out);
}

static enum step_state step_judge(const struct step_source *source, enum step step,
				  const char *text)
{
	enum step end = step_of_stage(source->diagnosis->stage);

	if (step == end)
		return STEP_BROKEN;
	if (step > end || !*text)
		return STEP_OPEN;
	/* The diagnosis checks the WWNs before it checks the link. */
	if (step == STEP_LINK && source->hba->state != PORT_ONLINE)
		return STEP_BROKEN;
	return STEP_OK;
}

int path_check_run(const struct inventory *inventory, const enum lun_readiness *readiness,
		   const struct wanted *wanted, struct path_check *ret_check)
{
	struct path_check check = { 0 };
	struct step_source source = {
		.inventory = inventory,
		.readiness = readiness,
		.wanted = wanted,
		.diagnosis = &check.diagnosis,
	};
	enum step broken;
	int r;

	assert(ret_check);

	r = diagnose(inventory, readiness, wanted, &check.diagnosis);
	if (r < 0)
		return r;
	source.hba = wanted->type == VHBA_HBA ? check.diagnosis.port :
						check.diagnosis.parent;
	for (enum step step = 0; step < _STEP_MAX; step++) {
		struct check_step *entry = &check.steps[step];

		step_describe(&source, step, entry);
		entry->state = step_judge(&source, step, entry->text);
	}
	broken = step_of_stage(check.diagnosis.stage);
	if (broken < _STEP_MAX && *check.diagnosis.detail)
		memcpy(check.steps[broken].text, check.diagnosis.detail,
		       sizeof(check.steps[broken].text));

	*ret_check = check;
	return 0;
}

const char *step_to_string(enum step step)
{
	assert(step < _STEP_MAX);

	return step_names[step];
}

const char *step_state_to_string(enum step_state state)
{
	assert(state < _STEP_STATE_MAX);

	return state_names[state];
}
