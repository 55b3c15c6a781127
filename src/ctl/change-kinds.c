// SPDX-License-Identifier: LGPL-2.1-or-later
/* What makes two items the same, what they are called, and which of their attributes may change. */
#include <inttypes.h>

#include "ctl/change-kinds.h"
#include "fc/wwn.h"

static void print_wwn(uint64_t wwn, char *buf, size_t size)
{
	char text[WWN_TEXT_SIZE];

	(void)snprintf(buf, size, "%s", wwn_is_usable(wwn) ? wwn_format(wwn, text) : "");
}

/* --- ports --- */

static void describe_port(const void *item, struct change *change,
			  char name[CHANGE_NAME_SIZE])
{
	const struct fc_port *port = item;

	(void)snprintf(name, CHANGE_NAME_SIZE, "host%" PRIu32, port->host);
	change->object = port->is_vport ? CHANGE_PORT : CHANGE_HBA;
	change->host = port->host;
	change->wwpn = port->wwpn;
}

static void print_port_state(const void *item, char *buf, size_t size)
{
	const struct fc_port *port = item;

	(void)snprintf(buf, size, "%s", port_state_to_string(port->state));
}

static void print_port_wwpn(const void *item, char *buf, size_t size)
{
	print_wwn(((const struct fc_port *)item)->wwpn, buf, size);
}

static void print_port_fabric(const void *item, char *buf, size_t size)
{
	print_wwn(((const struct fc_port *)item)->fabric_wwn, buf, size);
}

static void print_port_speed(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct fc_port *)item)->speed);
}

static void print_port_vports(const void *item, char *buf, size_t size)
{
	const struct fc_port *port = item;

	(void)snprintf(buf, size, "%" PRIu32, port->vports_inuse);
}

/* --- vports --- */

static void describe_vport(const void *item, struct change *change,
			   char name[CHANGE_NAME_SIZE])
{
	const struct fc_vport *vport = item;

	(void)snprintf(name, CHANGE_NAME_SIZE, "%s", vport->sysname);
	change->object = CHANGE_VPORT;
	change->host = vport->host;
	change->wwpn = vport->wwpn;
}

static void print_vport_state(const void *item, char *buf, size_t size)
{
	const struct fc_vport *vport = item;

	(void)snprintf(buf, size, "%s", vport_state_to_string(vport->state));
}

/* --- remote ports --- */

static void describe_rport(const void *item, struct change *change,
			   char name[CHANGE_NAME_SIZE])
{
	const struct fc_rport *rport = item;

	(void)snprintf(name, CHANGE_NAME_SIZE, "%s", rport->sysname);
	change->object = CHANGE_RPORT;
	change->host = rport->host;
	change->wwpn = rport->wwpn;
}

static void print_rport_state(const void *item, char *buf, size_t size)
{
	const struct fc_rport *rport = item;

	(void)snprintf(buf, size, "%s", port_state_to_string(rport->state));
}

static void print_rport_role(const void *item, char *buf, size_t size)
{
	const struct fc_rport *rport = item;

	(void)snprintf(buf, size, "%s", rport->is_target ? "target" : "");
}

/* --- LUNs --- */

static void describe_lun(const void *item, struct change *change,
			 char name[CHANGE_NAME_SIZE])
{
	const struct fc_lun *lun = item;

	(void)snprintf(name, CHANGE_NAME_SIZE,
		       "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64, lun->host,
		       lun->channel, lun->target, lun->kernel_lun);
	change->object = CHANGE_LUN;
	change->host = lun->host;
	change->wwpn = lun->target_wwpn;
	change->lun = lun;
}

static void print_lun_state(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct fc_lun *)item)->state);
}

static void print_lun_disk(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct fc_lun *)item)->disk);
}

static void print_lun_size(const void *item, char *buf, size_t size)
{
	const struct fc_lun *lun = item;

	*buf = '\0';
	if (*lun->disk)
		(void)snprintf(buf, size, "%" PRIu64, lun->size);
}

static void print_lun_wwid(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct fc_lun *)item)->wwid);
}

static void print_lun_access(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct fc_lun *)item)->access);
}

/* --- links --- */

static int compare_links(const void *a, const void *b)
{
	const struct named_link *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void describe_link(const void *item, struct change *change,
			  char name[CHANGE_NAME_SIZE])
{
	change->object = CHANGE_LINK;
	change->name =
		((const struct named_link *)item)->name; /* longer than a device's */
}

static void print_link_target(const void *item, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", ((const struct named_link *)item)->target);
}

const struct change_list_kind change_ports = {
	.size = sizeof(struct fc_port),
	.compare = inventory_compare_ports,
	.describe = describe_port,
	.attributes = {
		{ "state", print_port_state },
		{ "wwpn", print_port_wwpn }, /* drivers fill it in late */
		{ "fabric", print_port_fabric },
		{ "speed", print_port_speed },
		{ "vports", print_port_vports },
	},
};

const struct change_list_kind change_vports = {
	.size = sizeof(struct fc_vport),
	.compare = inventory_compare_vports,
	.describe = describe_vport,
	.attributes = { { "state", print_vport_state } },
};

const struct change_list_kind change_rports = {
	.size = sizeof(struct fc_rport),
	.compare = inventory_compare_rports,
	.describe = describe_rport,
	.attributes = {
		{ "state", print_rport_state },
		{ "role", print_rport_role },
	},
};

const struct change_list_kind change_luns = {
	.size = sizeof(struct fc_lun),
	.compare = inventory_compare_luns,
	.describe = describe_lun,
	.attributes = {
		{ "state", print_lun_state },
		{ "disk", print_lun_disk },
		{ "size", print_lun_size },
		{ "wwid", print_lun_wwid },
		{ "access", print_lun_access },
	},
};

const struct change_list_kind change_links = {
	.size = sizeof(struct named_link),
	.compare = compare_links,
	.describe = describe_link,
	.attributes = { { "target", print_link_target } },
};
