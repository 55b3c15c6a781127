// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml disk: prints LUNs as disks of a guest, by stable names. */
#include <inttypes.h>

#include "diagnose/stage.h"
#include "libvirt/xml.h"
#include "state/environment.h"
#include "fc/sysfs.h"

/* Whether the guest's discards have an effect: the LUN is thin (Documentation/ABI/stable/sysfs-block,
 * discard_max_bytes: 0 if it supports none). */
static bool takes_discard(const struct xml_request *request, const struct xml_lun *lun)
{
	char path[sizeof("class/block//queue/discard_max_bytes") + DEVICE_NAME_SIZE];
	uint64_t bytes;

	(void)snprintf(path, sizeof(path), "class/block/%s/queue/discard_max_bytes",
		       lun->leads_to);
	return *lun->leads_to &&
	       sysfs_read_number(request->model->sysfs_fd, path, &bytes) >= 0 &&
	       bytes > 0;
}

static void write_driver(const struct xml_request *request, const struct xml_lun *lun,
			 struct xml_out *xml)
{
	xml_out_open(xml, "driver");
	xml_out_attribute(xml, "name", "qemu");
	xml_out_attribute(xml, "type", "raw");
	/* The host's page cache could hold data that another host changes, and native asynchronous I/O does not
	 * work with it. */
	xml_out_attribute(xml, "cache", "none");
	xml_out_attribute(xml, "io", "native");
	if (request->device == GUEST_DISK && takes_discard(request, lun))
		xml_out_attribute(xml, "discard", "unmap");
	xml_out_close(xml);
}

static void write_drive_address(const struct guest_address *address, uint64_t unit,
				struct xml_out *xml)
{
	xml_out_open(xml, "address");
	xml_out_attribute(xml, "type", "drive");
	xml_out_attribute_number(xml, "controller", address->controller);
	xml_out_attribute_number(xml, "bus", address->bus);
	xml_out_attribute_number(xml, "target", address->target);
	xml_out_attribute_number(xml, "unit", unit);
	xml_out_close(xml);
}

/* libvirt needs the parts of a PCI address as separate hex numbers. */
static void write_pci_address(const char *pci, struct xml_out *xml)
{
	static const char *const parts[] = { "domain", "bus", "slot", "function" };
	char hex[sizeof("0x00000000")];

	xml_out_open(xml, "address");
	xml_out_attribute(xml, "type", "pci");
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		size_t n = strcspn(pci, ":.");

		(void)snprintf(hex, sizeof(hex), "0x%.*s", (int)n, pci);
		xml_out_attribute(xml, parts[i], hex);
		pci += n + (pci[n] != '\0');
	}
	xml_out_close(xml);
}

static void write_address(const struct xml_request *request, const struct xml_lun *lun,
			  unsigned n, struct xml_out *xml)
{
	const struct guest_address *address = &request->address;

	switch (address->kind) {
	case GUEST_ADDRESS_NONE:
		break;
	case GUEST_ADDRESS_LUN:
		write_drive_address(address, lun->number, xml);
		break;
	case GUEST_ADDRESS_DRIVE:
		write_drive_address(address, address->unit + n, xml);
		break;
	case GUEST_ADDRESS_PCI:
		write_pci_address(address->pci, xml);
		break;
	}
}

static void disk_comment(const struct xml_lun *lun, struct xml_out *xml)
{
	_cleanup_free_ char *text = lun->lun ? xml_describe_lun(lun->lun) : NULL;

	xml_out_comment(xml, "LUN %" PRIu64 " of %s: %s", lun->number, lun->vhba->pool,
			text ? text : "did not exist when this was written");
}

/* Writes the n-th disk. */
static void write_disk(const struct xml_request *request, const struct xml_lun *lun,
		       unsigned n, struct xml_out *xml)
{
	char path[sizeof(NPIV_DEV_DIR "/") + NPIV_LINK_MAX], target[GUEST_TARGET_SIZE];

	(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s", lun->link);
	disk_comment(lun, xml);
	xml_out_open(xml, "disk");
	xml_out_attribute(xml, "type", "block");
	xml_out_attribute(xml, "device", guest_device_to_string(request->device));
	write_driver(request, lun, xml);
	xml_out_open(xml, "source");
	xml_out_attribute(xml, "dev", path);
	xml_out_close(xml);
	xml_out_open(xml, "target");
	xml_out_attribute(xml, "dev",
			  guest_target_format(request->bus, request->place + n, target));
	xml_out_attribute(xml, "bus", guest_bus_to_string(request->bus));
	xml_out_close(xml);
	if (request->device == GUEST_CDROM) {
		xml_out_open(xml, "readonly");
		xml_out_close(xml);
	}
	write_address(request, lun, n, xml);
	xml_out_close(xml);
}

/* Whether a guest can get this LUN by its name; reports why not. */
static bool is_usable(const struct xml_lun *lun)
{
	const char *pool = lun->vhba->pool;

	if (!*lun->link) {
		fprintf(stderr,
			"npivctl: LUN %" PRIu64 " of '%s' has no name of that kind\n",
			lun->number, pool);
		return false;
	}
	if (*lun->leads_to)
		return true;
	/* A name that another logical unit also claims cannot be used. */
	if (lun->lun && lun->vhba->state) {
		fprintf(stderr,
			"npivctl: " NPIV_DEV_DIR "/%s does not lead to LUN %" PRIu64
			" now, leaving it out; 'npivctl luns %s' shows the LUN\n",
			lun->link, lun->number, pool);
		return false;
	}
	fprintf(stderr, "npivctl: warning: " NPIV_DEV_DIR "/%s does not exist now\n",
		lun->link);
	return true;
}

static int warn_of_users(const struct xml_request *request,
			 const struct xml_lun_list *list)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	int r = 0;

	/* LUNs below another root are not those of this host. */
	for (size_t i = 0; !*environment_root() && r >= 0 && i < list->n; i++)
		if (*list->luns[i].leads_to)
			r = block_tree_add_lun(&tree, request->model->sysfs_fd, HOST_NONE,
					       list->luns[i].lun);
	return r < 0 ? r : xml_warn_of_users(&tree);
}

static const char *find_fault(const struct xml_request *request,
			      const struct xml_lun_list *list)
{
	if (request->place + list->n > guest_bus_places(request->bus))
		return "a guest has no room for so many disks on this bus";
	for (size_t i = 0; i < list->n; i++)
		if (request->address.kind == GUEST_ADDRESS_LUN &&
		    list->luns[i].number > GUEST_UNIT_MAX)
			return "a LUN number is too high for the unit of an address";
	return guest_address_fault(&request->address, request->bus, list->n);
}

static int write_disks(const struct xml_request *request, const struct xml_lun_list *list,
		       struct xml_out *xml)
{
	const char *fault = find_fault(request, list);
	unsigned n = 0;

	if (list->n == 0 && request->lun)
		fprintf(stderr, "npivctl: there is no disk and no alias '%s' in '%s'\n",
			request->lun, request->name);
	else if (list->n == 0)
		fputs("npivctl: there are no disks\n", stderr);
	else if (fault)
		fprintf(stderr, "npivctl: %s\n", fault);
	if (list->n == 0 || fault)
		return EXIT_FAILURE;
	for (size_t i = 0; i < list->n; i++)
		if (is_usable(&list->luns[i]))
			write_disk(request, &list->luns[i], n++, xml);
	return n == list->n ? EXIT_SUCCESS : EXIT_FAILURE;
}

int xml_write_disk(const struct xml_request *request, struct xml_out *xml)
{
	_cleanup_(xml_luns_done) struct xml_lun_list list = { 0 };
	int r;

	assert(request);
	assert(xml);

	if (!xml_has_one_pool(request))
		return EXIT_FAILURE;
	r = xml_luns_choose(request, &list);
	if (r >= 0)
		r = warn_of_users(request, &list);
	if (r < 0)
		return r;
	if (list.n_others > 0)
		fputs("npivctl: LUNs that are not disks are left out; 'npivctl xml hostdev' prints them\n",
		      stderr);
	return write_disks(request, &list, xml);
}
