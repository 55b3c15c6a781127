// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml nodedev: a vHBA as the node device that libvirt shows, and makes. */
#include <inttypes.h>

#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "fc/wwn.h"
#include "libvirt/xml.h"

/* libvirt compares WWNs as texts with what sysfs says, less its 0x (virvhba.c). */
static char *bare_wwn(uint64_t wwn, char buf[static WWN_TEXT_SIZE])
{
	(void)snprintf(buf, WWN_TEXT_SIZE, "%016" PRIx64, wwn);
	return buf;
}

static void write_wwn(struct xml_out *xml, const char *name, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	xml_out_text(xml, name, bare_wwn(wwn, text));
}

static void write_parent_pair(struct xml_out *xml, const struct fc_port *parent)
{
	char text[WWN_TEXT_SIZE];

	xml_out_comment(xml, "now scsi_host%" PRIu32, parent->host);
	xml_out_open(xml, "parent");
	xml_out_attribute(xml, "wwnn", bare_wwn(parent->wwnn, text));
	xml_out_attribute(xml, "wwpn", bare_wwn(parent->wwpn, text));
	xml_out_close(xml);
}

/* By names that stay: those of the HBA that carries it or is configured to, else its fabric's. Where
 * neither is known, libvirt chooses. */
static void write_parent(const struct xml_request *request,
			 const struct overview_row *vhba, struct xml_out *xml)
{
	const struct inventory *inventory = &request->sources->inventory;
	const struct parent_rule *rule = vhba->config ? &vhba->config->parent : NULL;
	struct parent_choice choice = { 0 };
	char text[WWN_TEXT_SIZE];

	if (vhba->vport)
		choice.port = inventory_port_by_host(inventory, vhba->vport->parent_host);
	else if (rule && !parent_rule_is_empty(rule) && !rule->fabric_wwn)
		parent_choose(inventory, rule, &choice);
	if (choice.port) {
		write_parent_pair(xml, choice.port);
	} else if (rule && rule->fabric_wwn) {
		xml_out_open(xml, "parent");
		xml_out_attribute(xml, "fabric_wwn", bare_wwn(rule->fabric_wwn, text));
		xml_out_close(xml);
	}
}

static void write_capabilities(const struct overview_row *vhba, uint64_t wwnn,
			       struct xml_out *xml)
{
	char host[sizeof("4294967295")];

	/* The schema wants a number; for a device that is to be made libvirt does not read it. */
	(void)snprintf(host, sizeof(host), "%" PRIu32, vhba->port ? vhba->port->host : 0);
	xml_out_open(xml, "capability");
	xml_out_attribute(xml, "type", "scsi_host");
	xml_out_text(xml, "host", host);
	xml_out_open(xml, "capability");
	xml_out_attribute(xml, "type", "fc_host");
	write_wwn(xml, "wwnn", wwnn);
	write_wwn(xml, "wwpn", vhba->wwpn);
	if (vhba->port && wwn_is_usable(vhba->port->fabric_wwn))
		write_wwn(xml, "fabric_wwn", vhba->port->fabric_wwn);
	xml_out_close(xml);
	xml_out_close(xml);
}

static void write_nodedev(const struct xml_request *request,
			  const struct overview_row *vhba, uint64_t wwnn,
			  struct xml_out *xml)
{
	char name[sizeof("scsi_host4294967295")];

	if (vhba->port)
		xml_out_comment(
			xml,
			"%s, as it is now; libvirt reads no name and no host of what it is to make",
			vhba->name);
	else
		xml_out_comment(xml, "%s, for virsh nodedev-create; it is not up now",
				vhba->name);
	xml_out_open(xml, "device");
	if (vhba->port) {
		(void)snprintf(name, sizeof(name), "scsi_host%" PRIu32, vhba->port->host);
		xml_out_text(xml, "name", name);
	} else {
		xml_out_text(xml, "name", vhba->name);
	}
	write_parent(request, vhba, xml);
	write_capabilities(vhba, wwnn, xml);
	xml_out_close(xml);
}

int ctl_xml_nodedev(const struct xml_request *request, struct xml_out *xml)
{
	const struct overview_row *vhba;
	uint64_t wwnn;

	assert(request);
	assert(xml);

	vhba = xml_only_vhba(request);
	if (!vhba)
		return EXIT_FAILURE;
	wwnn = vhba->port   ? vhba->port->wwnn :
	       vhba->state  ? vhba->state->wwnn :
	       vhba->config ? vhba->config->wwnn :
			      0;
	if (!wwn_is_usable(vhba->wwpn) || !wwn_is_usable(wwnn)) {
		fprintf(stderr, "npivctl: the WWPN and WWNN of '%s' are not known now\n",
			vhba->name);
		return EXIT_FAILURE;
	}
	write_nodedev(request, vhba, wwnn, xml);
	return EXIT_SUCCESS;
}
