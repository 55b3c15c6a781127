// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names of states, and searches in the inventory. */
#include "fc/inventory.h"

static const char *const port_state_names[_PORT_STATE_MAX] = {
	[PORT_UNKNOWN] = "Unknown",
	[PORT_NOT_PRESENT] = "Not Present",
	[PORT_ONLINE] = "Online",
	[PORT_OFFLINE] = "Offline",
	[PORT_BLOCKED] = "Blocked",
	[PORT_BYPASSED] = "Bypassed",
	[PORT_DIAGNOSTICS] = "Diagnostics",
	[PORT_LINKDOWN] = "Linkdown",
	[PORT_ERROR] = "Error",
	[PORT_LOOPBACK] = "Loopback",
	[PORT_DELETED] = "Deleted",
	[PORT_MARGINAL] = "Marginal",
};

static const char *const vport_state_names[_VPORT_STATE_MAX] = {
	[VPORT_UNKNOWN] = "Unknown",
	[VPORT_ACTIVE] = "Active",
	[VPORT_DISABLED] = "Disabled",
	[VPORT_LINKDOWN] = "Linkdown",
	[VPORT_INITIALIZING] = "Initializing",
	[VPORT_NO_FABRIC_SUPPORT] = "No Fabric Support",
	[VPORT_NO_FABRIC_RESOURCES] = "No Fabric Resources",
	[VPORT_FABRIC_LOGOUT] = "Fabric Logout",
	[VPORT_FABRIC_REJECTED_WWN] = "Fabric Rejected WWN",
	[VPORT_FAILED] = "VPort Failed",
};

/* Returns the index of text in names; 0, which is "Unknown" in both tables, if there is none. */
static unsigned find_name(const char *const *names, unsigned n_names, const char *text)
{
	for (unsigned i = 1; i < n_names; i++)
		if (streq(names[i], text))
			return i;
	return 0;
}

enum port_state port_state_from_string(const char *text)
{
	assert(text);

	return find_name(port_state_names, _PORT_STATE_MAX, text);
}

const char *port_state_to_string(enum port_state state)
{
	assert(state < _PORT_STATE_MAX);

	return port_state_names[state];
}

enum vport_state vport_state_from_string(const char *text)
{
	assert(text);

	return find_name(vport_state_names, _VPORT_STATE_MAX, text);
}

const char *vport_state_to_string(enum vport_state state)
{
	assert(state < _VPORT_STATE_MAX);

	return vport_state_names[state];
}

bool lun_is_idle(const struct fc_lun *lun)
{
	assert(lun);

	return streq(lun->access, "standby") || streq(lun->access, "unavailable") ||
	       streq(lun->access, "offline");
}

const struct fc_port *inventory_port_by_host(const struct inventory *inventory,
					     uint32_t host)
{
	assert(inventory);

	for (size_t i = 0; i < inventory->n_ports; i++)
		if (inventory->ports[i].host == host)
			return &inventory->ports[i];
	return NULL;
}

const struct fc_port *inventory_port_by_wwpn(const struct inventory *inventory,
					     uint64_t wwpn)
{
	assert(inventory);

	for (size_t i = 0; i < inventory->n_ports; i++)
		if (inventory->ports[i].wwpn == wwpn)
			return &inventory->ports[i];
	return NULL;
}

const struct fc_vport *inventory_vport_by_wwpn(const struct inventory *inventory,
					       uint64_t wwpn)
{
	assert(inventory);

	for (size_t i = 0; i < inventory->n_vports; i++)
		if (inventory->vports[i].wwpn == wwpn)
			return &inventory->vports[i];
	return NULL;
}

const struct fc_vport *inventory_vport_below(const struct inventory *inventory,
					     uint64_t wwpn, uint32_t parent_host)
{
	assert(inventory);

	for (size_t i = 0; i < inventory->n_vports; i++)
		if (inventory->vports[i].wwpn == wwpn &&
		    inventory->vports[i].parent_host == parent_host)
			return &inventory->vports[i];
	return NULL;
}

const struct fc_rport *inventory_rport_online(const struct inventory *inventory,
					      uint64_t wwpn)
{
	assert(inventory);

	for (size_t i = 0; i < inventory->n_rports; i++)
		if (inventory->rports[i].wwpn == wwpn &&
		    inventory->rports[i].state == PORT_ONLINE)
			return &inventory->rports[i];
	return NULL;
}

struct inventory inventory_of_host(const struct inventory *inventory, uint32_t host)
{
	struct inventory view = *inventory;
	size_t first = 0, end;

	while (first < inventory->n_rports && inventory->rports[first].host != host)
		first++;
	for (end = first;
	     end < inventory->n_rports && inventory->rports[end].host == host;)
		end++;
	view.rports = end > first ? inventory->rports + first : NULL;
	view.n_rports = end - first;

	first = 0;
	while (first < inventory->n_luns && inventory->luns[first].host != host)
		first++;
	for (end = first; end < inventory->n_luns && inventory->luns[end].host == host;)
		end++;
	view.luns = end > first ? inventory->luns + first : NULL;
	view.n_luns = end - first;
	return view;
}

const struct fc_lun *inventory_lun_at(const struct inventory *inventory,
				      const struct fc_lun *place)
{
	assert(inventory);
	assert(place);

	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host == place->host && lun->channel == place->channel &&
		    lun->target == place->target && lun->kernel_lun == place->kernel_lun)
			return lun;
	}
	return NULL;
}

#define COMPARE(x, y) (((x) > (y)) - ((x) < (y)))

int inventory_compare_ports(const void *a, const void *b)
{
	const struct fc_port *x = a, *y = b;

	return COMPARE(x->host, y->host);
}

int inventory_compare_vports(const void *a, const void *b)
{
	const struct fc_vport *x = a, *y = b;

	return COMPARE(x->parent_host, y->parent_host) ?:
							 strverscmp(x->sysname, y->sysname);
}

int inventory_compare_rports(const void *a, const void *b)
{
	const struct fc_rport *x = a, *y = b;

	return COMPARE(x->host, y->host) ?: COMPARE(x->wwpn, y->wwpn);
}

int inventory_compare_luns(const void *a, const void *b)
{
	const struct fc_lun *x = a, *y = b;

	return COMPARE(x->host, y->host)		       ?:
		       COMPARE(x->lun, y->lun)		       ?:
		       COMPARE(x->target_wwpn, y->target_wwpn) ?:
		       COMPARE(x->kernel_lun, y->kernel_lun);
}

static void sort_items(void *items, size_t n, size_t size,
		       int (*compare)(const void *, const void *))
{
	if (n > 0) /* qsort() may not be given NULL */
		qsort(items, n, size, compare);
}

void inventory_sort(struct inventory *inventory)
{
	assert(inventory);

	sort_items(inventory->ports, inventory->n_ports, sizeof(struct fc_port),
		   inventory_compare_ports);
	sort_items(inventory->vports, inventory->n_vports, sizeof(struct fc_vport),
		   inventory_compare_vports);
	sort_items(inventory->rports, inventory->n_rports, sizeof(struct fc_rport),
		   inventory_compare_rports);
	sort_items(inventory->luns, inventory->n_luns, sizeof(struct fc_lun),
		   inventory_compare_luns);
}

void inventory_done(struct inventory *inventory)
{
	free(inventory->ports);
	free(inventory->vports);
	free(inventory->rports);
	free(inventory->luns);
	*inventory = (struct inventory){ 0 };
}
