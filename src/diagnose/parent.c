// SPDX-License-Identifier: LGPL-2.1-or-later
/* Judges HBAs as parents of a vHBA: whether the keys allow an HBA, what prevents its use, and which HBA is best. */
#include <inttypes.h>

#include "diagnose/parent.h"
#include "fc/wwn.h"

/* How close a port is to carrying one more vport; the order of the values is the order of choice. */
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

bool parent_rule_allows(const struct parent_rule *rule, const struct fc_port *port)
{
	struct parent_rule known;

	assert(rule);
	assert(port);

	known = *rule;
	if (port->state != PORT_ONLINE || port->fabric_wwn == 0)
		known.fabric_wwn = 0;
	return parent_rule_matches(&known, port);
}

static void rule_print_wwn(const char *key, uint64_t wwn, const char **separator,
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

	rule_print_wwn("parent_wwpn", rule->wwpn, &separator, out);
	rule_print_wwn("parent_wwnn", rule->wwnn, &separator, out);
	rule_print_wwn("parent_fabric_wwn", rule->fabric_wwn, &separator, out);
	if (rule->pci_address) {
		fprintf(out, "%sparent=%s", separator, rule->pci_address);
		separator = ", ";
	}
	if (rule->host >= 0)
		fprintf(out, "%sparent=host%d", separator, rule->host);
}

/* Returns a reason in the port itself; NULL if there is none. */
static const char *port_lasting_detail(const struct fc_port *port)
{
	if (port->is_vport)
		return "is itself a virtual port";
	/* On IBM Z the channel provides NPIV: the tools of the hypervisor assign the ports, Linux cannot create
	 * any. */
	if (streq(port->port_type, "NPIV VPORT"))
		return "is itself an NPIV port of its channel";
	if (streq(port->driver, "zfcp"))
		return "zfcp creates no virtual ports; NPIV is set up in the channel";
	if (!port->is_capable)
		return "its driver offers no vport_create";
	if (port->max_vports == 0)
		return "its limit of virtual ports is 0";
	if (port->is_target)
		return "is in target mode; only a parent key can choose it";
	return NULL;
}

static bool port_is_without_switch(const struct fc_port *port)
{
	return startswith(port->port_type, "LPort") ||
	       startswith(port->port_type, "Point-To-Point");
}

char *parent_detail(const struct fc_port *port, char buf[static PARENT_DETAIL_SIZE])
{
	const char *lasting;

	assert(port);

	lasting = port_lasting_detail(port);
	*buf = '\0';
	if (lasting)
		(void)snprintf(buf, PARENT_DETAIL_SIZE, "%s", lasting);
	else if (!wwn_is_usable(port->wwpn))
		(void)snprintf(buf, PARENT_DETAIL_SIZE,
			       "its driver has not set its WWPN");
	else if (port->state != PORT_ONLINE)
		(void)snprintf(buf, PARENT_DETAIL_SIZE, "has no link: %s",
			       port_state_to_string(port->state));
	else if (port_is_without_switch(port))
		(void)snprintf(buf, PARENT_DETAIL_SIZE,
			       "is connected without a switch, and NPIV needs one");
	else if (port->vports_inuse >= port->max_vports)
		(void)snprintf(buf, PARENT_DETAIL_SIZE,
			       "all of its %" PRIu32 " virtual ports are in use",
			       port->max_vports);
	return buf;
}

uint32_t parent_free_vports(const struct fc_port *port)
{
	assert(port);

	if (!port->is_capable || port->is_vport || port->vports_inuse >= port->max_vports)
		return 0;
	return port->max_vports - port->vports_inuse;
}

/* A rule with a fabric only, or without any key, allows several ports. */
static bool rule_names_one_port(const struct parent_rule *rule)
{
	return rule->wwpn || rule->wwnn || rule->pci_address || rule->host >= 0;
}

static enum rank port_rank(const struct fc_port *port)
{
	if (!port->is_capable || port->is_vport)
		return RANK_INCAPABLE;
	if (port->state != PORT_ONLINE)
		return RANK_NO_LINK;
	return port->vports_inuse >= port->max_vports ? RANK_FULL : RANK_FREE;
}

/* Compares free/max of two ports with room, without dividing: >0 if a has the larger share. */
static int port_compare_shares(const struct fc_port *a, const struct fc_port *b)
{
	uint64_t x = (uint64_t)(a->max_vports - a->vports_inuse) * b->max_vports;
	uint64_t y = (uint64_t)(b->max_vports - b->vports_inuse) * a->max_vports;

	return (x > y) - (x < y);
}

/* Whether a port is in a fabric and can carry vports there, even if it has no room now. */
static bool port_is_up(const struct fc_port *port)
{
	return port_rank(port) >= RANK_FULL && port->max_vports > 0;
}

/* Fabrics are ordered by name; a port whose fabric is not known comes last. */
static uint64_t port_fabric_order(const struct fc_port *port)
{
	return port->fabric_wwn ? port->fabric_wwn : UINT64_MAX;
}

/* The number of free vports changes from start to start, but the fabric must not change with it, because another
 * fabric has other zones. So if the rule names no port (by_fabric), fabrics are compared first. */
static bool port_is_better(const struct fc_port *a, const struct fc_port *b,
			   bool by_fabric)
{
	enum rank x = port_rank(a), y = port_rank(b);
	int share;

	if (by_fabric && port_is_up(a) != port_is_up(b))
		return port_is_up(a);
	if (by_fabric && port_is_up(a) && port_fabric_order(a) != port_fabric_order(b))
		return port_fabric_order(a) < port_fabric_order(b);
	if (x != y)
		return x > y;
	share = x == RANK_FREE ? port_compare_shares(a, b) : 0;
	return share ? share > 0 : a->wwpn < b->wwpn;
}

/* Whether a port may be chosen without a key that names it. Drivers set the WWPN after the kernel has announced
 * the port: until then it is no candidate. */
static bool port_may_be_chosen(const struct fc_port *port)
{
	return wwn_is_usable(port->wwpn) && !port->is_target && !port->is_vport;
}

static bool fabrics_contain(const uint64_t *fabrics, size_t n, uint64_t fabric)
{
	for (size_t i = 0; i < n; i++)
		if (fabrics[i] == fabric)
			return true;
	return false;
}

size_t parent_list_fabrics(const struct inventory *inventory,
			   uint64_t ret_fabrics[static PARENT_FABRICS_MAX])
{
	size_t n = 0;

	assert(inventory);

	for (size_t i = 0; i < inventory->n_ports && n < PARENT_FABRICS_MAX; i++) {
		const struct fc_port *port = &inventory->ports[i];
		size_t place = n;

		if (!port_may_be_chosen(port) || !port_is_up(port) || !port->fabric_wwn ||
		    fabrics_contain(ret_fabrics, n, port->fabric_wwn))
			continue;
		for (; place > 0 && ret_fabrics[place - 1] > port->fabric_wwn; place--)
			ret_fabrics[place] = ret_fabrics[place - 1];
		ret_fabrics[place] = port->fabric_wwn;
		n++;
	}
	return n;
}

void parent_print_fabrics(const uint64_t *fabrics, size_t n, FILE *out)
{
	char text[WWN_TEXT_SIZE];

	assert(fabrics);
	assert(out);

	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s%s",
			i == 0	  ? "" :
			i + 1 < n ? ", " :
				    " and ",
			wwn_format(fabrics[i], text));
}

static const struct fc_port *parent_find_best(const struct inventory *inventory,
					      const struct parent_rule *rule)
{
	const struct fc_port *best = NULL;
	bool is_named = rule_names_one_port(rule);

	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		if (!wwn_is_usable(port->wwpn) || !parent_rule_matches(rule, port) ||
		    (!is_named && !port_may_be_chosen(port)))
			continue;
		if (!best || port_is_better(port, best, !is_named))
			best = port;
	}
	return best;
}

/* Finds a port that one key names although another key excludes it. */
static const struct fc_port *parent_find_contradicted(const struct inventory *inventory,
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

static void choice_explain_missing(const struct inventory *inventory,
				   const struct parent_rule *rule,
				   struct parent_choice *choice)
{
	_cleanup_fclose_ FILE *out =
		fmemopen(choice->detail, sizeof(choice->detail) - 1, "w");
	const struct fc_port *other = parent_find_contradicted(inventory, rule);
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

static void choice_explain_port(const char *what, struct parent_choice *choice)
{
	char wwpn[WWN_TEXT_SIZE];

	(void)snprintf(choice->detail, sizeof(choice->detail), "host%" PRIu32 " (%s) %s",
		       choice->port->host, wwn_format(choice->port->wwpn, wwpn), what);
}

static void choice_explain_link(struct parent_choice *choice)
{
	char what[64];

	choice->stage = STAGE_LINK_DOWN;
	(void)snprintf(what, sizeof(what), "is %s",
		       port_state_to_string(choice->port->state));
	choice_explain_port(what, choice);
}

/* Finds a port that may well match the key of a fabric when it has a link. */
static const struct fc_port *parent_find_unlinked(const struct inventory *inventory,
						  const struct parent_rule *rule)
{
	for (size_t i = 0; i < inventory->n_ports && rule->fabric_wwn; i++) {
		const struct fc_port *port = &inventory->ports[i];

		if (port_rank(port) == RANK_NO_LINK && parent_rule_allows(rule, port) &&
		    (rule_names_one_port(rule) || port_may_be_chosen(port)))
			return port;
	}
	return NULL;
}

static void choice_explain_none(const struct inventory *inventory,
				const struct parent_rule *rule,
				struct parent_choice *choice)
{
	char fabric[WWN_TEXT_SIZE];
	size_t n;

	choice->port = parent_find_unlinked(inventory, rule);
	if (!choice->port) {
		choice->stage = STAGE_PARENT_MISSING;
		choice_explain_missing(inventory, rule, choice);
		return;
	}
	choice_explain_link(choice);
	n = strlen(choice->detail);
	(void)snprintf(choice->detail + n, sizeof(choice->detail) - n,
		       ", and no HBA is logged in to fabric %s",
		       wwn_format(rule->fabric_wwn, fabric));
}

/* Whether a fabric other than that of a full port has room. */
static bool port_has_room_elsewhere(const struct inventory *inventory,
				    const struct fc_port *full)
{
	for (size_t i = 0; i < inventory->n_ports; i++)
		if (port_may_be_chosen(&inventory->ports[i]) &&
		    port_rank(&inventory->ports[i]) == RANK_FREE &&
		    inventory->ports[i].fabric_wwn != full->fabric_wwn)
			return true;
	return false;
}

static void choice_explain_full(const struct inventory *inventory,
				const struct parent_rule *rule,
				struct parent_choice *choice)
{
	char what[256];
	int n;

	choice->stage = STAGE_NO_FREE_VPORT;
	n = snprintf(what, sizeof(what),
		     "has %" PRIu32 " of %" PRIu32 " virtual ports in use",
		     choice->port->vports_inuse, choice->port->max_vports);
	if (parent_rule_is_empty(rule) &&
	    port_has_room_elsewhere(inventory, choice->port))
		(void)snprintf(
			what + n, sizeof(what) - (size_t)n,
			", and no HBA of its fabric has room; if another fabric will do, name it with parent_fabric_wwn");
	choice_explain_port(what, choice);
}

void parent_choose(const struct inventory *inventory, const struct parent_rule *rule,
		   struct parent_choice *ret_choice)
{
	assert(inventory);
	assert(rule);
	assert(ret_choice);

	*ret_choice = (struct parent_choice){ .port = parent_find_best(inventory, rule) };
	if (!ret_choice->port) {
		choice_explain_none(inventory, rule, ret_choice);
		return;
	}

	switch (port_rank(ret_choice->port)) {
	case RANK_INCAPABLE:
		ret_choice->stage = STAGE_PARENT_INCAPABLE;
		choice_explain_port(ret_choice->port->is_vport ?
					    "is itself a virtual port" :
					    "offers no vport_create",
				    ret_choice);
		break;
	case RANK_NO_LINK:
		choice_explain_link(ret_choice);
		break;
	case RANK_FULL:
		choice_explain_full(inventory, rule, ret_choice);
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

	/* The port's own names are keys like those of the parent: if both are given, both must match. */
	own = *rule;
	own.wwpn = wwpn ? wwpn : rule->wwpn;
	own.wwnn = wwnn ? wwnn : rule->wwnn;
	*ret_choice = (struct parent_choice){ .port = parent_find_best(inventory, &own) };
	if (ret_choice->port && !parent_rule_matches(rule, ret_choice->port))
		ret_choice->port = NULL;

	if (!ret_choice->port) {
		ret_choice->stage = STAGE_PARENT_MISSING;
		choice_explain_missing(inventory, &own, ret_choice);
	} else if (ret_choice->port->state != PORT_ONLINE) {
		choice_explain_link(ret_choice);
	}
}
