// SPDX-License-Identifier: LGPL-2.1-or-later
/* Puts what is there of each link into words, and marks the one that the diagnosis stopped at. */
#include <inttypes.h>

#include "diagnose/chain.h"
#include "fc/lun.h"
#include "fc/wwn.h"

#define MAX_PRINTED 4U /* remote ports by name; the others are counted */

static const char *const part_names[_CHAIN_MAX] = {
	[CHAIN_PARENT] = "parent",	 [CHAIN_LINK] = "link",
	[CHAIN_FABRIC] = "fabric",	 [CHAIN_VPORT] = "vport",
	[CHAIN_LOGIN] = "login",	 [CHAIN_REMOTE_PORTS] = "remote-ports",
	[CHAIN_LUNS] = "luns",		 [CHAIN_DISKS] = "disks",
	[CHAIN_MULTIPATH] = "multipath", [CHAIN_NAMES] = "names",
};

static const char *const verdict_names[_CHAIN_VERDICT_MAX] = {
	[CHAIN_OK] = "ok",
	[CHAIN_BROKEN] = "broken",
	[CHAIN_OPEN] = "open",
};

/* What the descriptions look at. */
struct scene {
	const struct inventory *inventory;
	const enum lun_readiness *readiness;
	const struct wanted *wanted;
	const struct diagnosis *diagnosis;
	const struct fc_port *hba; /* the physical port: the parent, or the port itself */
};

enum chain_part chain_part_of_stage(enum npiv_stage stage)
{
	switch (stage) {
	case STAGE_PARENT_MISSING:
	case STAGE_PARENT_INCAPABLE:
		return CHAIN_PARENT;
	case STAGE_LINK_DOWN:
		return CHAIN_LINK;
	case STAGE_NO_FABRIC_SUPPORT:
		return CHAIN_FABRIC;
	case STAGE_NO_FREE_VPORT:
	case STAGE_WWN_REFUSED:
	case STAGE_VPORT_FAILED:
		return CHAIN_VPORT;
	case STAGE_LOGIN:
		return CHAIN_LOGIN;
	case STAGE_NO_REMOTE_PORTS:
		return CHAIN_REMOTE_PORTS;
	case STAGE_NO_LUNS:
	case STAGE_LUNS_MISSING:
		return CHAIN_LUNS;
	case STAGE_NO_BLOCK_DEVICE:
		return CHAIN_DISKS;
	case STAGE_MULTIPATH_PENDING:
		return CHAIN_MULTIPATH;
	case STAGE_NAME_AMBIGUOUS:
	case STAGE_LINKS_PENDING:
		return CHAIN_NAMES;
	case STAGE_READY:
	case STAGE_CONFIG:
	case STAGE_BUSY:
	case _STAGE_MAX:
		break;
	}
	return _CHAIN_MAX;
}

static void describe_parent(const struct scene *scene, FILE *out)
{
	const struct fc_port *hba = scene->hba;
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

static void describe_link(const struct scene *scene, FILE *out)
{
	const struct fc_port *hba = scene->hba;

	if (!hba)
		return;
	fputs(port_state_to_string(hba->state), out);
	if (*hba->speed && !streq(hba->speed, "unknown"))
		fprintf(out, ", %s", hba->speed);
}

static void describe_fabric(const struct scene *scene, FILE *out)
{
	char name[WWN_TEXT_SIZE];

	if (scene->hba && scene->hba->fabric_wwn)
		fprintf(out, "%s", wwn_format(scene->hba->fabric_wwn, name));
	else if (scene->hba && *scene->hba->port_type)
		fprintf(out, "%s", scene->hba->port_type);
}

static void describe_vport(const struct scene *scene, FILE *out)
{
	const struct fc_vport *vport = scene->diagnosis->vport;

	if (vport)
		fprintf(out, "%s is %s", vport->sysname,
			vport_state_to_string(vport->state));
	else if (scene->wanted->type == VHBA_HBA && scene->hba)
		fprintf(out, "the physical port itself");
}

static void describe_login(const struct scene *scene, FILE *out)
{
	const struct fc_port *port = scene->diagnosis->port;
	char wwpn[WWN_TEXT_SIZE];

	if (port)
		fprintf(out, "host%" PRIu32 " (%s) is %s", port->host,
			wwn_format(port->wwpn, wwpn), port_state_to_string(port->state));
}

static void describe_rports(const struct scene *scene, FILE *out)
{
	const struct inventory *inventory = scene->inventory;
	char wwpn[WWN_TEXT_SIZE];
	unsigned n = 0;

	for (size_t i = 0; i < inventory->n_rports; i++)
		if (inventory->rports[i].is_target)
			n++;
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

/* Prints "0-3,7": each number once; LUNs come in order of numbers. Returns how many. */
static unsigned print_numbers(const struct inventory *inventory, FILE *out)
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

static void describe_luns(const struct scene *scene, FILE *out)
{
	char numbers[NPIV_DETAIL_MAX / 2] = "";
	_cleanup_fclose_ FILE *list = fmemopen(numbers, sizeof(numbers) - 1, "w");
	unsigned n;

	if (!list || scene->inventory->n_luns == 0)
		return;
	n = print_numbers(scene->inventory, list);
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

static void describe_disks(const struct scene *scene, FILE *out)
{
	const struct inventory *inventory = scene->inventory;
	unsigned n = 0, n_running = 0;

	for (size_t i = 0; i < inventory->n_luns; i++) {
		if (!*inventory->luns[i].disk)
			continue;
		n++;
		n_running += streq(inventory->luns[i].state, "running");
	}
	if (n > 0)
		fprintf(out, "%u disk%s, %u running", n, n == 1 ? "" : "s", n_running);
	if (n > 0 && scene->diagnosis->port)
		describe_undriven(inventory, scene->diagnosis->port->host, out);
}

static void describe_multipath(const struct scene *scene, FILE *out)
{
	unsigned n = 0;

	if (scene->inventory->n_luns == 0)
		return;
	for (size_t i = 0; i < scene->inventory->n_luns; i++)
		n += scene->readiness[i] == LUN_NO_MAP;
	if (n > 0)
		fprintf(out, "%u disk%s without the map that is to be made of %s", n,
			n == 1 ? "" : "s", n == 1 ? "it" : "them");
	else
		fprintf(out, "no disk waits for a map");
}

static void describe_names(const struct scene *scene, FILE *out)
{
	const struct diagnosis *diagnosis = scene->diagnosis;

	if (diagnosis->n_seen > 0)
		fprintf(out, "%u of %u LUN number%s lead%s to %s disk%s",
			diagnosis->n_leading, diagnosis->n_seen,
			diagnosis->n_seen == 1 ? "" : "s",
			diagnosis->n_seen == 1 ? "s" : "",
			diagnosis->n_seen == 1 ? "its" : "their",
			diagnosis->n_seen == 1 ? "" : "s");
}

static void describe(const struct scene *scene, enum chain_part part,
		     struct chain_link *link)
{
	static void (*const describers[_CHAIN_MAX])(const struct scene *, FILE *) = {
		[CHAIN_PARENT] = describe_parent,
		[CHAIN_LINK] = describe_link,
		[CHAIN_FABRIC] = describe_fabric,
		[CHAIN_VPORT] = describe_vport,
		[CHAIN_LOGIN] = describe_login,
		[CHAIN_REMOTE_PORTS] = describe_rports,
		[CHAIN_LUNS] = describe_luns,
		[CHAIN_DISKS] = describe_disks,
		[CHAIN_MULTIPATH] = describe_multipath,
		[CHAIN_NAMES] = describe_names,
	};
	FILE *out = fmemopen(link->text, sizeof(link->text) - 1, "w");

	if (!out)
		return;
	describers[part](scene, out);
	fclose(out);
}

static enum chain_verdict judge(const struct scene *scene, enum chain_part part,
				const char *text)
{
	enum chain_part end = chain_part_of_stage(scene->diagnosis->stage);

	if (part == end)
		return CHAIN_BROKEN;
	if (part > end || !*text)
		return CHAIN_OPEN;
	/* The diagnosis asks for names before it asks for the link. */
	if (part == CHAIN_LINK && scene->hba->state != PORT_ONLINE)
		return CHAIN_BROKEN;
	return CHAIN_OK;
}

int chain_follow(const struct inventory *inventory, const enum lun_readiness *readiness,
		 const struct wanted *wanted, struct chain *ret_chain)
{
	struct chain chain = { 0 };
	struct scene scene = {
		.inventory = inventory,
		.readiness = readiness,
		.wanted = wanted,
		.diagnosis = &chain.diagnosis,
	};
	int r;

	assert(ret_chain);

	r = diagnose(inventory, readiness, wanted, &chain.diagnosis);
	if (r < 0)
		return r;
	scene.hba = wanted->type == VHBA_HBA ? chain.diagnosis.port :
					       chain.diagnosis.parent;
	for (enum chain_part part = 0; part < _CHAIN_MAX; part++) {
		struct chain_link *link = &chain.links[part];

		describe(&scene, part, link);
		link->verdict = judge(&scene, part, link->text);
		if (part == chain_part_of_stage(chain.diagnosis.stage) &&
		    *chain.diagnosis.detail)
			memcpy(link->text, chain.diagnosis.detail, sizeof(link->text));
	}

	*ret_chain = chain;
	return 0;
}

const char *chain_part_to_string(enum chain_part part)
{
	assert(part < _CHAIN_MAX);

	return part_names[part];
}

const char *chain_verdict_to_string(enum chain_verdict verdict)
{
	assert(verdict < _CHAIN_VERDICT_MAX);

	return verdict_names[verdict];
}
