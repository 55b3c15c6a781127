// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes the section of a configuration file for a vHBA of libvirt. */
#include <inttypes.h>

#include "libvirt/libvirt-vhba.h"
#include "config/name.h"
#include "diagnose/parent.h"
#include "lib/parse.h"
#include "fc/wwn.h"

struct conversion {
	const struct libvirt_vhba *xml;
	const struct inventory *inventory;
	struct messages *messages;
	uint64_t wwpn, wwnn; /* 0: of an HBA, whose names may be omitted */
	bool is_hba; /* a physical port of this host */
	char name[NPIV_NAME_MAX + 1];
	FILE *out;
};

#define SAY(conversion, severity, ...)                                          \
	messages_add((conversion)->messages, severity, (conversion)->xml->file, \
		     (conversion)->xml->line, __VA_ARGS__)
#define WARN(conversion, ...)	SAY(conversion, MESSAGE_WARNING, __VA_ARGS__)
#define REFUSE(conversion, ...) (SAY(conversion, MESSAGE_ERROR, __VA_ARGS__), false)

static void print_wwn(struct conversion *conversion, const char *key, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	fprintf(conversion->out, "%s = %s\n", key, wwn_format(wwn, text));
}

/* --- names ----------------------------------------------------------------------------------- */

static bool read_wwn(struct conversion *conversion, const char *key, const char *text,
		     uint64_t *ret)
{
	if (!text)
		return REFUSE(
			conversion,
			"there is no %s, because libvirt makes a new one at each start; 'virsh nodedev-dumpxml' of the running one has it",
			key);
	if (wwn_parse(text, ret) < 0)
		return REFUSE(conversion, "%s '%s' is not a WWN of 16 hex digits", key,
			      text);
	if (!wwn_is_usable(*ret))
		return REFUSE(conversion, "%s '%s' is not a WWN that a port can have",
			      key, text);
	return true;
}

/* A pool with the number of its host has no WWNs: uses those of the present host. */
static bool find_by_host(struct conversion *conversion)
{
	const char *text = conversion->xml->host;
	const struct fc_port *port = NULL;
	int host;

	if (parse_host(text, &host) >= 0)
		port = inventory_port_by_host(conversion->inventory, (uint32_t)host);
	if (!port || !wwn_is_usable(port->wwpn))
		return REFUSE(
			conversion,
			"its adapter is '%s', which is not a Fibre Channel port of this host now",
			text);
	conversion->wwpn = port->wwpn;
	conversion->wwnn = port->wwnn;
	conversion->is_hba = !port->is_vport;
	WARN(conversion,
	     "its adapter is '%s', a number that changes from boot to boot; took the port that has it now",
	     text);
	return true;
}

static bool find_wwns(struct conversion *conversion)
{
	const struct libvirt_vhba *xml = conversion->xml;
	const struct fc_port *port;

	if (xml->host)
		return find_by_host(conversion);
	if (!read_wwn(conversion, "wwpn", xml->wwpn, &conversion->wwpn) ||
	    !read_wwn(conversion, "wwnn", xml->wwnn, &conversion->wwnn))
		return false;
	port = inventory_port_by_wwpn(conversion->inventory, conversion->wwpn);
	conversion->is_hba = port && !port->is_vport;
	return true;
}

/* Removes characters of a pool's name that npiv does not allow. */
static bool tidy_name(struct conversion *conversion, const char *text)
{
	size_t n = 0;

	for (const char *p = text; *p && n < NPIV_NAME_MAX; p++) {
		char one[] = { *p, '\0' };

		/* A single character is a valid name only if it may begin a name. */
		if (name_is_valid(one) || (n > 0 && strchr("_.-", *p)))
			conversion->name[n++] = *p;
		else if (n > 0 && conversion->name[n - 1] != '-')
			conversion->name[n++] = '-';
	}
	while (n > 0 && conversion->name[n - 1] == '-' && text[strlen(text) - 1] != '-')
		n--;
	conversion->name[n] = '\0';
	if (n == 0)
		return false;
	if (!streq(conversion->name, text))
		WARN(conversion, "the name '%s' is not allowed here; it is now '%s'",
		     text, conversion->name);
	return true;
}

/* Chooses a name: libvirt names node devices by the current host number. */
static void choose_name(struct conversion *conversion)
{
	const struct libvirt_vhba *xml = conversion->xml;

	if (xml->is_pool && xml->name && tidy_name(conversion, xml->name))
		return;
	(void)snprintf(conversion->name, sizeof(conversion->name), "vhba-%016" PRIx64,
		       conversion->wwpn);
	if (xml->is_pool || !xml->name)
		WARN(conversion, "it has no name that is allowed here; it is now '%s'",
		     conversion->name);
	else
		WARN(conversion,
		     "'%s' is a host number, which changes from boot to boot; its name is now '%s'",
		     xml->name, conversion->name);
}

/* --- the parent ------------------------------------------------------------------------------ */

/* Reads a WWN; leaves out a malformed key. Returns 0 if there is none. */
static uint64_t read_parent_wwn(struct conversion *conversion, const char *key,
				const char *text)
{
	uint64_t wwn;

	if (!text)
		return 0;
	if (wwn_parse(text, &wwn) < 0 || !wwn_is_usable(wwn)) {
		WARN(conversion, "%s '%s' is not a WWN, leaving it out", key, text);
		return 0;
	}
	return wwn;
}

struct parent_names {
	uint64_t wwpn, wwnn; /* 0: not given */
};

static bool has_names(const struct parent_names *names)
{
	return names->wwpn || names->wwnn;
}

static bool are_names_of(const struct parent_names *names, const struct fc_port *port)
{
	return (!names->wwpn || names->wwpn == port->wwpn) &&
	       (!names->wwnn || names->wwnn == port->wwnn);
}

static void print_names(struct conversion *conversion, const struct parent_names *names)
{
	const struct fc_port *port =
		inventory_port_by_wwpn(conversion->inventory, names->wwpn);

	if (port && !are_names_of(names, port))
		WARN(conversion,
		     "parent_wwpn is that of host%" PRIu32
		     ", and parent_wwnn is not: both "
		     "have to hold, so no HBA here can carry it",
		     port->host);
	if (names->wwpn)
		print_wwn(conversion, "parent_wwpn", names->wwpn);
	if (names->wwnn)
		print_wwn(conversion, "parent_wwnn", names->wwnn);
}

/* Returns the HBA that carries the vHBA, if it is up. */
static const struct fc_port *find_carrier(const struct conversion *conversion)
{
	const struct fc_vport *vport =
		inventory_vport_by_wwpn(conversion->inventory, conversion->wwpn);

	return vport ? inventory_port_by_host(conversion->inventory, vport->parent_host) :
		       NULL;
}

/* Prints a parent that is on this host now. libvirt reads the WWNs only if there is no parent
 * (virNodeDeviceCreateVport() of its node_device_util.c), so the parent has priority over the WWNs. */
static void print_port(struct conversion *conversion, const struct fc_port *port,
		       const struct parent_names *names, const char *what)
{
	const char *text = conversion->xml->parent;
	char wwpn[WWN_TEXT_SIZE];

	if (has_names(names) && are_names_of(names, port)) {
		WARN(conversion,
		     "the parent '%s' is left out, because the WWNs name the same HBA",
		     text);
		print_names(conversion, names);
		return;
	}
	print_wwn(conversion, "parent_wwpn", port->wwpn);
	wwn_format(port->wwpn, wwpn);
	if (has_names(names))
		WARN(conversion,
		     "the parent '%s' and the WWNs beside it name two HBAs; libvirt uses the parent, so parent_wwpn is that of the HBA that %s now, %s; change it if the WWNs are right",
		     text, what, wwpn);
	else
		WARN(conversion,
		     "the parent '%s' is a number that changes from boot to boot; took the HBA that %s now, %s",
		     text, what, wwpn);
}

/* Replaces a host number by the WWPN of the HBA that has it now. Returns whether a key was printed. */
static bool print_host(struct conversion *conversion, int host,
		       const struct parent_names *names)
{
	const char *text = conversion->xml->parent;
	const struct fc_port *port = find_carrier(conversion);
	char wwpn[WWN_TEXT_SIZE];
	bool is_carrier = port;

	if (!port)
		port = inventory_port_by_host(conversion->inventory, (uint32_t)host);
	if (port && !port->is_vport && wwn_is_usable(port->wwpn)) {
		print_port(conversion, port, names,
			   is_carrier ? "carries it" : "has that number");
		return true;
	}
	if (port && port->is_vport)
		WARN(conversion,
		     "the parent '%s' is now a virtual HBA itself, %s, which cannot carry another one%s",
		     text, wwn_format(port->wwpn, wwpn),
		     has_names(names) ? "; took the WWNs" :
					"; give the parent_wwpn of an HBA");
	else if (has_names(names))
		WARN(conversion,
		     "the parent '%s' is not an HBA of this host now; took the WWNs",
		     text);
	else
		WARN(conversion, "the parent '%s' is not an HBA of this host now", text);
	if (has_names(names))
		return false;
	fprintf(conversion->out, "parent = host%d\n", host);
	return true;
}

/* Reads libvirt's name of a PCI device: "pci_0000_04_00_1" is 0000:04:00.1. */
static int parse_pci_name(const char *text, char address[static PCI_ADDRESS_SIZE])
{
	char copy[PCI_ADDRESS_SIZE];
	const char *rest = startswith(text, "pci_");

	if (!rest || strlen(rest) >= sizeof(copy))
		return -EINVAL;
	(void)snprintf(copy, sizeof(copy), "%s", rest);
	for (char *p = copy; (p = strchr(p, '_'));)
		*p = strchr(p + 1, '_') ? ':' : '.';
	return parse_pci_address(copy, address);
}

/* Prints the parent by its host number or PCI address. Returns whether a key was printed. */
static bool print_place(struct conversion *conversion, const struct parent_names *names)
{
	const char *text = conversion->xml->parent;
	char address[PCI_ADDRESS_SIZE];
	int host;

	/* libvirt also accepts "fc_host7" for host7 (virSCSIHostGetNumber()). */
	if (parse_host(startswith(text, "fc_host") ? text + strlen("fc_") : text,
		       &host) >= 0)
		return print_host(conversion, host, names);
	if (parse_pci_name(text, address) < 0) {
		WARN(conversion, "the parent '%s' is not an HBA, leaving it out", text);
		return false;
	}
	WARN(conversion,
	     "the parent '%s' is a PCI device, which libvirt does not use as a parent; %s",
	     text, has_names(names) ? "took the names" : "took the HBA there");
	if (has_names(names))
		return false;
	fprintf(conversion->out, "parent = %s\n", address);
	return true;
}

/* Prints, if no parent is given, the fabric of the vHBA if there are several. */
static void print_fabric(struct conversion *conversion)
{
	const struct fc_port *carrier = find_carrier(conversion);
	uint64_t fabrics[PARENT_FABRICS_MAX];

	if (parent_list_fabrics(conversion->inventory, fabrics) < 2) {
		WARN(conversion,
		     "it names no parent; each start uses the HBA with the most free virtual ports");
	} else if (carrier && carrier->fabric_wwn) {
		WARN(conversion, "it names no parent; took the fabric that it is in now");
		print_wwn(conversion, "parent_fabric_wwn", carrier->fabric_wwn);
	} else {
		WARN(conversion,
		     "it names no parent, and HBAs of this host are in several fabrics; choose one with parent_fabric_wwn");
	}
}

static void print_parent(struct conversion *conversion)
{
	const struct libvirt_vhba *xml = conversion->xml;
	const struct parent_names names = {
		.wwpn = read_parent_wwn(conversion, "parent_wwpn", xml->parent_wwpn),
		.wwnn = read_parent_wwn(conversion, "parent_wwnn", xml->parent_wwnn),
	};
	uint64_t fabric;

	if (xml->parent && print_place(conversion, &names))
		return;
	if (has_names(&names)) {
		print_names(conversion, &names);
		return;
	}
	if (xml->host && find_carrier(conversion)) {
		print_wwn(conversion, "parent_wwpn", find_carrier(conversion)->wwpn);
		return;
	}
	/* libvirt uses the fabric only if no other key is given; in npiv all given keys must match. */
	fabric = read_parent_wwn(conversion, "parent_fabric_wwn", xml->parent_fabric_wwn);
	if (fabric)
		print_wwn(conversion, "parent_fabric_wwn", fabric);
	else
		print_fabric(conversion);
}

/* --- the rest -------------------------------------------------------------------------------- */

static void print_managed(struct conversion *conversion)
{
	const char *managed = conversion->xml->managed;
	bool is_managed = true;

	if (!managed)
		return;
	if (parse_bool(managed, &is_managed) < 0)
		WARN(conversion, "managed='%s' is neither yes nor no, leaving it out",
		     managed);
	if (is_managed)
		return;
	WARN(conversion, "managed='no', so a stop keeps the port (on_stop = keep)");
	fputs("on_stop = keep\n", conversion->out);
}

bool libvirt_vhba_convert(const struct libvirt_vhba *vhba,
			  const struct inventory *inventory, struct messages *messages,
			  char ret_name[static NPIV_NAME_MAX + 1], FILE *out)
{
	struct conversion conversion = {
		.xml = vhba,
		.inventory = inventory,
		.messages = messages,
		.out = out,
	};

	assert(vhba);
	assert(inventory);
	assert(messages);
	assert(out);

	if (vhba->is_hba)
		return REFUSE(&conversion, "'%s' is a physical HBA, not a virtual one",
			      vhba->name ? vhba->name : "");
	if (!find_wwns(&conversion))
		return false;
	/* An HBA without vport_ops: the parent of a vHBA is a SCSI host. */
	if (!vhba->is_pool && !conversion.is_hba && vhba->parent &&
	    startswith(vhba->parent, "pci_"))
		return REFUSE(
			&conversion,
			"'%s' has the PCI device '%s' as its parent, so it is a physical HBA and not a virtual one",
			vhba->name ? vhba->name : "", vhba->parent);
	choose_name(&conversion);
	fprintf(out, "[vhba %s]\n", conversion.name);
	print_wwn(&conversion, "wwpn", conversion.wwpn);
	print_wwn(&conversion, "wwnn", conversion.wwnn);
	if (conversion.is_hba) {
		WARN(&conversion, "it is a physical HBA of this host: type = hba");
		fputs("type = hba\n", out);
	} else {
		print_parent(&conversion);
		print_managed(&conversion);
	}
	(void)snprintf(ret_name, NPIV_NAME_MAX + 1, "%s", conversion.name);
	return true;
}

void libvirt_vhba_done(struct libvirt_vhba *vhba)
{
	char *const texts[] = {
		vhba->name,	   vhba->host,
		vhba->wwpn,	   vhba->wwnn,
		vhba->parent,	   vhba->parent_wwpn,
		vhba->parent_wwnn, vhba->parent_fabric_wwn,
		vhba->managed,
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		free(texts[i]);
	*vhba = (struct libvirt_vhba){ 0 };
}
