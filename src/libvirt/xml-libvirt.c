// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads a vHBA from a document of libvirt, in the forms of libvirt's schemas nodedev.rng and storagepool.rng. */
#include "libvirt/xml-libvirt.h"

struct document {
	const char *file;
	unsigned lines;
	struct messages *messages;
	struct libvirt_vhba vhba;
};

static unsigned line_of(const struct document *document, const xmlNode *element)
{
	return xml_in_line(element, document->lines);
}

static int document_refuse(const struct document *document, const xmlNode *element,
			   const char *why)
{
	messages_add(document->messages, MESSAGE_ERROR, document->file,
		     line_of(document, element), "<%s>: %s", (const char *)element->name,
		     why);
	return 0;
}

/* Reports each child that is not one of known (NULL-terminated): it is not carried over. */
static void warn_unknown(const struct document *document, const xmlNode *parent,
			 const char *const *known)
{
	for (const xmlNode *child = parent ? parent->children : NULL; child;
	     child = child->next) {
		bool is_known = child->type != XML_ELEMENT_NODE;

		for (size_t i = 0; !is_known && known[i]; i++)
			is_known = streq((const char *)child->name, known[i]);
		if (!is_known)
			messages_add(document->messages, MESSAGE_WARNING, document->file,
				     line_of(document, child), "<%s> is not converted",
				     (const char *)child->name);
	}
}

/* An element or attribute, and the field for its text. */
struct field {
	const char *name;
	char **text;
};

static int read_texts(const xmlNode *parent, const struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int r = xml_in_text(xml_in_child(parent, fields[i].name), fields[i].text);

		if (r < 0)
			return r;
	}
	return 0;
}

static int read_attributes(const xmlNode *element, const struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int r = xml_in_attribute(element, fields[i].name, fields[i].text);

		if (r < 0)
			return r;
	}
	return 0;
}

/* --- a node device --------------------------------------------------------------------------- */

static int read_parent(struct libvirt_vhba *vhba, const xmlNode *parent)
{
	const struct field attributes[] = {
		{ "wwnn", &vhba->parent_wwnn },
		{ "wwpn", &vhba->parent_wwpn },
		{ "fabric_wwn", &vhba->parent_fabric_wwn },
	};
	int r = xml_in_text(parent, &vhba->parent);

	return r < 0 ? r : read_attributes(parent, attributes, ARRAY_SIZE(attributes));
}

static int read_device(struct document *document, const xmlNode *root)
{
	static const char *const known[] = { "name",   "path",	     "devnode", "parent",
					     "driver", "capability", NULL };
	struct libvirt_vhba *vhba = &document->vhba;
	const xmlNode *host, *port;
	const struct field names[] = { { "wwnn", &vhba->wwnn }, { "wwpn", &vhba->wwpn } };
	int r;

	host = xml_in_child_with(root, "capability", "type", "scsi_host");
	port = xml_in_child_with(host, "capability", "type", "fc_host");
	if (!port)
		return document_refuse(
			document, root,
			"it has no capability fc_host within scsi_host, so it is not an HBA");
	vhba->is_hba = xml_in_child_with(host, "capability", "type", "vport_ops");
	warn_unknown(document, root, known);
	r = xml_in_text(xml_in_child(root, "name"), &vhba->name);
	if (r >= 0)
		r = read_parent(vhba, xml_in_child(root, "parent"));
	if (r >= 0)
		r = read_texts(port, names, ARRAY_SIZE(names));
	return r < 0 ? r : 1;
}

/* --- a storage pool -------------------------------------------------------------------------- */

/* Warns of parts of <target> that are not carried over. Permissions are those of the folder at which a pool is
 * mounted or built ("Storage pool and volume XML format", target/permissions); libvirt does not apply them to the
 * LUNs of a pool of type scsi. */
static void warn_of_target(const struct document *document, const xmlNode *target)
{
	static const char *const known[] = { "path", "permissions", NULL };
	const xmlNode *permissions = xml_in_child(target, "permissions");

	warn_unknown(document, target, known);
	if (permissions)
		messages_add(
			document->messages, MESSAGE_WARNING, document->file,
			line_of(document, permissions),
			"<permissions> is not converted, because it is for a folder; owner, group and mode of [pool NAME] are for LUNs");
}

static int read_fc_adapter(struct document *document, const xmlNode *adapter)
{
	struct libvirt_vhba *vhba = &document->vhba;
	const struct field fields[] = {
		{ "wwnn", &vhba->wwnn },
		{ "wwpn", &vhba->wwpn },
		{ "parent", &vhba->parent },
		{ "parent_wwnn", &vhba->parent_wwnn },
		{ "parent_wwpn", &vhba->parent_wwpn },
		{ "parent_fabric_wwn", &vhba->parent_fabric_wwn },
		{ "managed", &vhba->managed },
	};
	int r = read_attributes(adapter, fields, ARRAY_SIZE(fields));

	return r < 0 ? r : 1;
}

/* Reads an adapter of type fc_host, or of type scsi_host (the default) with a name. */
static int read_adapter(struct document *document, const xmlNode *adapter)
{
	_cleanup_free_ char *type = NULL;
	int r;

	r = xml_in_attribute(adapter, "type", &type);
	if (r < 0)
		return r;
	if (type && streq(type, "fc_host"))
		return read_fc_adapter(document, adapter);
	if (type && !streq(type, "scsi_host"))
		return document_refuse(document, adapter, "its type is not fc_host");
	r = xml_in_attribute(adapter, "name", &document->vhba.host);
	if (r < 0)
		return r;
	return document->vhba.host ?
		       1 :
		       document_refuse(
			       document, adapter,
			       "it names a SCSI host by its place, and not a vHBA by its WWNs");
}

static int read_pool(struct document *document, const xmlNode *root)
{
	static const char *const known[] = { "name",	   "uuid",	"capacity",
					     "allocation", "available", "source",
					     "target",	   NULL };
	static const char *const known_source[] = { "adapter", NULL };
	const xmlNode *source = xml_in_child(root, "source");
	const xmlNode *adapter = xml_in_child(source, "adapter");
	_cleanup_free_ char *type = NULL;
	int r;

	r = xml_in_attribute(root, "type", &type);
	if (r < 0)
		return r;
	if (!type || !streq(type, "scsi") || !adapter)
		return document_refuse(document, root,
				       "it is not a pool of type scsi with an adapter");
	document->vhba.is_pool = true;
	document->vhba.line = line_of(document, adapter);
	warn_unknown(document, root, known);
	warn_unknown(document, source, known_source);
	warn_of_target(document, xml_in_child(root, "target"));
	r = xml_in_text(xml_in_child(root, "name"), &document->vhba.name);
	return r < 0 ? r : read_adapter(document, adapter);
}

int xml_libvirt_read(const char *file, const xmlNode *root, unsigned lines,
		     struct messages *messages, struct libvirt_vhba *ret_vhba)
{
	struct document document = { .file = file, .lines = lines, .messages = messages };
	int r;

	assert(file);
	assert(root);
	assert(messages);
	assert(ret_vhba);

	/* Files of running pools, in /run/libvirt/storage, contain the pool in a <poolstate>. */
	if (streq((const char *)root->name, "poolstate") && xml_in_child(root, "pool"))
		root = xml_in_child(root, "pool");
	document.vhba.file = file;
	document.vhba.line = line_of(&document, root);
	if (streq((const char *)root->name, "device"))
		r = read_device(&document, root);
	else if (streq((const char *)root->name, "pool"))
		r = read_pool(&document, root);
	else
		r = document_refuse(
			&document, root,
			"it is neither a node device (<device>) nor a storage pool "
			"(<pool>)");
	if (r <= 0) {
		libvirt_vhba_done(&document.vhba);
		return r;
	}

	*ret_vhba = document.vhba;
	return 1;
}
