// SPDX-License-Identifier: LGPL-2.1-or-later
/* Choice of the HBA that carries a vHBA: match, rank, and say what is in the way. */
#include <inttypes.h>

#include "core/parent.h"
#include "core/wwn.h"

/* How near a port is to carrying one more vport; the order of the values is the order of choice. */
enum rank {
	RANK_INCAPABLE,
	RANK_NO_LINK,
	RANK_FULL,
	RANK_FREE,
};

bool parent_rule_is_empty(const struct parent_rule *rule)
{
	assert(rule);

	return !rule->wwpn && !rule->wwnn && !rule->fabric_wwn && !rule->pci_address &&
	       rule->host < 0;
}

bool parent_rule_matches(const struct parent_rule *rule, const struct fc_port *port)
{
	assert(rule);
	assert(port);

	return (!rule->wwpn || rule->wwpn == port->wwpn) &&
	       (!rule->wwnn || rule->wwnn == port->wwnn) &&
	       (!rule->fabric_wwn || rule->fabric_wwn == port->fabric_wwn) &&
	       (!rule->pci_address || streq(rule->pci_address, port->pci_address)) &&
	       (rule->host < 0 || (uint32_t)rule->host == port->host);
}

static void print_wwn_key(const char *key, uint64_t wwn, const char **separator,
			  FILE *out)
{
	char text[WWN_TEXT_SIZE];

	if (!wwn)
		return;
	fprintf(out, "%s%s=%s", *separator, key, wwn_format(wwn, text));
	*separator = ", ";
}

void parent_rule_print(const struct parent_rule *rule, FILE *out)
{
	const char *separator = "";

	assert(rule);
	assert(out);

	print_wwn_key("parent_wwpn", rule->wwpn, &separator, out);
	print_wwn_key("parent_wwnn", rule->wwnn, &separator, out);
	print_wwn_key("parent_fabric_wwn", rule->fabric_wwn, &separator, out);
	if (rule->pci_address) {
		fprintf(out, "%sparent=%s", separator, rule->pci_address);
		separator = ", ";
	}
	if (rule->host >= 0)
		fprintf(out, "%sparent=host%d", separator, rule->host);
}

/* A fabric, or no key at all, leaves the choice to us. */
static bool names_one_port(const struct parent_rule *rule)
{
	return rule->wwpn || rule->wwnn || rule->pci_address || rule->host >= 0;
}

static enum rank rank_port(const struct fc_port *port)
{
	if (!port->is_capable || port->is_vport)
		return RANK_INCAPABLE;
	if (port->state != PORT_ONLINE)
		return RANK_NO_LINK;
	return port->vports_inuse >= port->max_vports ? RANK_FULL : RANK_FREE;
}

/* Compares free/max of two ports with room, without dividing: >0 where a has the larger share. */
static int compare_shares(const struct fc_port *a, const struct fc_port *b)
{
	uint64_t x = (uint64_t)(a->max_vports - a->vports_inuse) * b->max_vports;
	uint64_t y = (uint64_t)(b->max_vports - b->vports_inuse) * a->max_vports;

	return (x > y) - (x < y);
}

static bool is_better(const struct fc_port *a, const struct fc_port *b)
{
	enum rank x = rank_port(a), y = rank_port(b);
	int share;

	if (x != y)
		return x > y;
	share = x == RANK_FREE ? compare_shares(a, b) : 0;
	return share ? share > 0 : a->wwpn < b->wwpn;
}

static const struct fc_port *find_best(const struct inventory *inventory,
				       const struct parent_rule *rule)
{
	const struct fc_port *best = NULL;
	bool may_be_any = names_one_port(rule);

	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		/* Drivers fill the names in after the port was announced: until then it is none. */
		if (!wwn_is_usable(port->wwpn) || !parent_rule_matches(rule, port) ||
		    (!may_be_any && (port->is_target || port->is_vport)))
			continue;
		if (!best || is_better(port, best))
			best = port;
	}
	return best;
}

/* The one port that a key alone would mean, where another key says no to it. */
static const struct fc_port *find_contradicted(const struct inventory *inventory,
					       const struct parent_rule *rule)
{
	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		if ((rule->wwpn && rule->wwpn == port->wwpn) ||
		    (rule->wwnn && rule->wwnn == port->wwnn))
			return port;
	}
	return NULL;
}

static void explain_missing(const struct inventory *inventory,
			    const struct parent_rule *rule, struct parent_choice *choice)
{
	_cleanup_fclose_ FILE *out =
		fmemopen(choice->detail, sizeof(choice->detail) - 1, "w");
	const struct fc_port *other = find_contradicted(inventory, rule);
	char wwpn[WWN_TEXT_SIZE], wwnn[WWN_TEXT_SIZE];

	if (!out)
		return;
	if (parent_rule_is_empty(rule)) {
		fprintf(out, "this host has no Fibre Channel HBA in initiator mode");
		return;
	}
	fprintf(out, "no HBA has ");
	parent_rule_print(rule, out);
	if (other)
		fprintf(out, "; the nearest is host%" PRIu32 " with WWPN %s, WWNN %s",
			other->host, wwn_format(other->wwpn, wwpn),
			wwn_format(other->wwnn, wwnn));
}

static void explain_port(const char *what, struct parent_choice *choice)
{
	char wwpn[WWN_TEXT_SIZE];

	(void)snprintf(choice->detail, sizeof(choice->detail), "host%" PRIu32 " (%s) %s",
		       choice->port->host, wwn_format(choice->port->wwpn, wwpn), what);
}

static void explain_link(struct parent_choice *choice)
{
	char what[64];

	choice->stage = STAGE_LINK_DOWN;
	(void)snprintf(what, sizeof(what), "is %s",
		       port_state_to_string(choice->port->state));
	explain_port(what, choice);
}

static void explain_full(struct parent_choice *choice)
{
	char what[96];

	choice->stage = STAGE_NO_FREE_VPORT;
	(void)snprintf(what, sizeof(what),
		       "has %" PRIu32 " of %" PRIu32 " virtual ports in use",
		       choice->port->vports_inuse, choice->port->max_vports);
	explain_port(what, choice);
}

void parent_choose(const struct inventory *inventory, const struct parent_rule *rule,
		   struct parent_choice *ret_choice)
{
	assert(inventory);
	assert(rule);
	assert(ret_choice);

	*ret_choice = (struct parent_choice){ .port = find_best(inventory, rule) };
	if (!ret_choice->port) {
		ret_choice->stage = STAGE_PARENT_MISSING;
		explain_missing(inventory, rule, ret_choice);
		return;
	}

	switch (rank_port(ret_choice->port)) {
	case RANK_INCAPABLE:
		ret_choice->stage = STAGE_PARENT_INCAPABLE;
		explain_port(ret_choice->port->is_vport ? "is itself a virtual port" :
							  "offers no vport_create",
			     ret_choice);
		break;
	case RANK_NO_LINK:
		explain_link(ret_choice);
		break;
	case RANK_FULL:
		explain_full(ret_choice);
		break;
	case RANK_FREE:
		ret_choice->stage = STAGE_READY;
		break;
	}
}

void parent_find_hba(const struct inventory *inventory, const struct parent_rule *rule,
		     uint64_t wwpn, uint64_t wwnn, struct parent_choice *ret_choice)
{
	struct parent_rule own = { .host = -1 };

	assert(inventory);
	assert(rule);
	assert(ret_choice);

	/* Its own names are keys like the parent's: both must hold where both are given. */
	own = *rule;
	own.wwpn = wwpn ? wwpn : rule->wwpn;
	own.wwnn = wwnn ? wwnn : rule->wwnn;
	*ret_choice = (struct parent_choice){ .port = find_best(inventory, &own) };
	if (ret_choice->port && !parent_rule_matches(rule, ret_choice->port))
		ret_choice->port = NULL;

	if (!ret_choice->port) {
		ret_choice->stage = STAGE_PARENT_MISSING;
		explain_missing(inventory, &own, ret_choice);
	} else if (ret_choice->port->state != PORT_ONLINE) {
		explain_link(ret_choice);
	}
}
