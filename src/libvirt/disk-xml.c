// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the disks in a guest's XML, and writes the XML of one disk. */
#include <inttypes.h>

#include "config/name.h"
#include "libvirt/disk-xml.h"
#include "libvirt/xml-in.h"
#include "libvirt/xml-out.h"

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && streq((const char *)node->name, name);
}

/* Returns 1, 0 if the attribute is missing or no such number, or -ENOMEM. */
static int read_number(const xmlNode *element, const char *name, unsigned *ret_number)
{
	_cleanup_free_ char *text = NULL;
	uint64_t number;
	int r;

	r = xml_in_attribute(element, name, &text);
	if (r < 0)
		return r;
	if (!text || parse_unsigned(text, INT32_MAX, &number) < 0)
		return 0;
	*ret_number = (unsigned)number;
	return 1;
}

/* Reads <address type='drive' controller='0' bus='0' target='0' unit='3'/>. */
static int read_place(const xmlNode *address, struct attach_disk *disk)
{
	const struct {
		const char *name;
		unsigned *number;
	} numbers[] = { { "controller", &disk->controller },
			{ "bus", &disk->bus },
			{ "target", &disk->target_id },
			{ "unit", &disk->unit } };
	int r = 1;

	for (size_t i = 0; i < ARRAY_SIZE(numbers) && r > 0; i++)
		r = read_number(address, numbers[i].name, numbers[i].number);
	disk->has_place = r > 0;
	return r < 0 ? r : 0;
}

/* Reads <adapter name='scsi_host8'/><address bus='0' target='1' unit='3'/>, and writes the kernel's form of the
 * address. */
static int read_address(const xmlNode *source, char **ret_source)
{
	const xmlNode *address = xml_in_child(source, "address");
	unsigned channel, target, unit;
	_cleanup_free_ char *name = NULL;
	const char *digits;
	uint64_t host;
	int r;

	r = xml_in_attribute(xml_in_child(source, "adapter"), "name", &name);
	digits = r >= 0 && name ? startswith(name, "scsi_host") : NULL;
	if (!digits || !address || parse_unsigned(digits, INT32_MAX, &host) < 0)
		return r;
	r = read_number(address, "bus", &channel);
	if (r > 0)
		r = read_number(address, "target", &target);
	if (r > 0)
		r = read_number(address, "unit", &unit);
	if (r <= 0)
		return r;
	return asprintf(ret_source, "%" PRIu64 ":%u:%u:%u", host, channel, target, unit) <
			       0 ?
		       -ENOMEM :
		       0;
}

static int read_source(const xmlNode *source, char **ret_source)
{
	int r;

	r = xml_in_attribute(source, "dev", ret_source);
	return r < 0 || *ret_source || !source ? r : read_address(source, ret_source);
}

/* Reads a <disk>, or a <hostdev>, which can have an address on a SCSI bus too. */
static int read_disk(const xmlNode *element, struct attach_guest *guest)
{
	const xmlNode *address = xml_in_child_with(element, "address", "type", "drive");
	struct attach_disk *disk =
		array_grow(&guest->disks, guest->n, sizeof(*guest->disks));
	int r;

	if (!disk)
		return -ENOMEM;
	guest->n++;
	r = xml_in_attribute(xml_in_child(element, "alias"), "name", &disk->alias);
	if (r >= 0)
		r = read_source(xml_in_child(element, "source"), &disk->source);
	if (r >= 0)
		r = xml_in_attribute(xml_in_child(element, "target"), "dev",
				     &disk->target);
	return r < 0 || !address ? r : read_place(address, disk);
}

static int read_controller(const xmlNode *element, struct attach_guest *guest)
{
	_cleanup_free_ char *type = NULL, *model = NULL;
	unsigned index;
	int r;

	r = xml_in_attribute(element, "type", &type);
	if (r >= 0)
		r = xml_in_attribute(element, "model", &model);
	if (r < 0)
		return r;
	/* The model is "virtio-scsi", or one of its transitional forms. */
	if (guest->controller >= 0 || !type || !streq(type, "scsi") || !model ||
	    !startswith(model, "virtio"))
		return 0;
	r = read_number(element, "index", &index);
	if (r > 0)
		guest->controller = (int)index;
	return r < 0 ? r : 0;
}

static int read_domain(const xmlNode *root, unsigned lines, void *context)
{
	const xmlNode *devices = xml_in_child(root, "devices");
	struct attach_guest *guest = context;
	int r = 0;

	for (const xmlNode *child = devices ? devices->children : NULL; child && r >= 0;
	     child = child->next) {
		if (is_element(child, "disk") || is_element(child, "hostdev"))
			r = read_disk(child, guest);
		else if (is_element(child, "controller"))
			r = read_controller(child, guest);
	}
	return r;
}

int guest_xml_read(const char *xml, struct attach_guest *ret_guest)
{
	_cleanup_(attach_guest_done) struct attach_guest guest = { .controller = -1 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	int r;

	assert(xml);
	assert(ret_guest);

	r = xml_in_read("libvirt", xml, strlen(xml), &messages, read_domain, &guest);
	if (r < 0)
		return r;
	if (messages.n_messages > 0)
		return -EBADMSG;

	*ret_guest = guest;
	guest = (struct attach_guest){ .controller = -1 };
	return 0;
}

static void write_place(const struct attach_step *step, struct xml_out *xml)
{
	xml_out_open(xml, "address");
	xml_out_attribute(xml, "type", "drive");
	xml_out_attribute_number(xml, "controller", step->controller);
	xml_out_attribute_number(xml, "bus", 0);
	xml_out_attribute_number(xml, "target", step->target_id);
	xml_out_attribute_number(xml, "unit", step->unit);
	xml_out_close(xml);
}

static void write_named(struct xml_out *xml, const char *element, const char *attribute,
			const char *value)
{
	xml_out_open(xml, element);
	xml_out_attribute(xml, attribute, value);
	xml_out_close(xml);
}

static void write_attached(const char *pool, const struct attach_step *step,
			   struct xml_out *xml)
{
	char path[sizeof(NPIV_DEV_DIR "/") + NPIV_LINK_MAX], link[NPIV_LINK_MAX];

	(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s",
		       link_by_lun(pool, step->lun->number, link));
	xml_out_open(xml, "driver");
	xml_out_attribute(xml, "name", "qemu");
	xml_out_attribute(xml, "type", "raw");
	/* As in `npivctl xml disk`: no data of a shared LUN in this host's page cache. */
	xml_out_attribute(xml, "cache", "none");
	xml_out_attribute(xml, "io", "native");
	xml_out_close(xml);
	write_named(xml, "source", "dev", path);
	write_named(xml, "alias", "name", step->alias);
	if (step->has_place)
		write_place(step, xml);
}

char *guest_xml_disk(const char *pool, const struct attach_step *step)
{
	_cleanup_(xml_out_done) struct xml_out xml = { 0 };
	const char *text;

	assert(pool);
	assert(step);

	if (xml_out_init(&xml) < 0)
		return NULL;
	xml_out_open(&xml, "disk");
	xml_out_attribute(&xml, "type", "block");
	xml_out_attribute(&xml, "device", guest_device_to_string(step->device));
	if (step->lun)
		write_attached(pool, step, &xml);
	xml_out_open(&xml, "target");
	xml_out_attribute(&xml, "dev",
			  step->detach ? step->detach->target : step->target);
	xml_out_attribute(&xml, "bus", guest_bus_to_string(GUEST_SCSI));
	xml_out_close(&xml);
	xml_out_close(&xml);
	return xml_out_read(&xml, &text) < 0 ? NULL : strdup(text);
}
