/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a guest sees a disk: kinds of device, buses, and the names and addresses on them, by the rules
 * of libvirt 9.0 (qemu_validate.c, domain_validate.c) and of the hardware that QEMU plays. */
#pragma once

#include "lib/parse.h"

enum guest_device {
	GUEST_DISK,
	GUEST_LUN, /* SCSI commands of the guest go to the logical unit itself */
	GUEST_CDROM,
	GUEST_FLOPPY,
	_GUEST_DEVICE_MAX,
};

enum guest_bus {
	GUEST_VIRTIO,
	GUEST_SCSI,
	GUEST_SATA,
	GUEST_IDE,
	GUEST_USB,
	GUEST_FDC,
	_GUEST_BUS_MAX,
};

/* As libvirt writes them: "disk", "lun", …, "virtio", "scsi", …. -EINVAL for no such word. */
int guest_device_parse(const char *text, enum guest_device *ret_device) _must_check_;
int guest_bus_parse(const char *text, enum guest_bus *ret_bus) _must_check_;
const char *guest_device_to_string(enum guest_device device);
const char *guest_bus_to_string(enum guest_bus bus);

/* The bus that such a device has if nobody asks for one. */
enum guest_bus guest_bus_default(enum guest_device device);

/* Why a device cannot be on this bus, in words; NULL if it can. */
const char *guest_disk_fault(enum guest_device device, enum guest_bus bus);

/* How many disks a guest can have there: the IDE and floppy controllers have few places. */
unsigned guest_bus_places(enum guest_bus bus);

/* The most that a name can be counted up to: three letters. */
#define GUEST_TARGETS_MAX (26U + 26U * 26U + 26U * 26U * 26U)
#define GUEST_TARGET_SIZE sizeof("vdzzz")

/* "vda", "vdb", … "vdz", "vdaa": the name of place 0, 1, … of a bus. Returns buf. */
char *guest_target_format(enum guest_bus bus, unsigned place,
			  char buf[static GUEST_TARGET_SIZE]);

/* Reads such a name. -EINVAL for anything else, and for a name that another bus has. */
int guest_target_parse(const char *text, enum guest_bus bus,
		       unsigned *ret_place) _must_check_;

#define GUEST_UNIT_MAX 16383U /* QEMU's virtio-scsi takes LUN numbers up to here */

enum guest_address_kind {
	GUEST_ADDRESS_NONE, /* libvirt makes one, of the target's name */
	GUEST_ADDRESS_LUN, /* a drive's, whose unit is the LUN number */
	GUEST_ADDRESS_DRIVE, /* a drive's, counted up from here */
	GUEST_ADDRESS_PCI,
};

struct guest_address {
	enum guest_address_kind kind;
	unsigned controller, bus, target, unit; /* of a drive */
	char pci[PCI_ADDRESS_SIZE];
};

/* Reads "lun", "CONTROLLER:BUS:TARGET:UNIT" or a PCI address. -EINVAL for anything else, -ERANGE for
 * a number that libvirt's schema has no room for. */
int guest_address_parse(const char *text, struct guest_address *ret_address) _must_check_;

/* Why n disks on this bus cannot have such addresses, in words; NULL if they can. */
const char *guest_address_fault(const struct guest_address *address, enum guest_bus bus,
				size_t n);
