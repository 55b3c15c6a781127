/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks as the guest sees them: kinds of devices, buses, names and addresses, by the rules of libvirt 9.0
 * (qemu_validate.c, domain_validate.c) and of the hardware that QEMU emulates. */
#pragma once

#include "lib/parse.h"

enum guest_device {
	GUEST_DISK,
	GUEST_LUN, /* SCSI commands of the guest are passed to the logical unit */
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

/* Words of libvirt: "disk", "lun", …, "virtio", "scsi", …. Return -EINVAL for any other word. */
int guest_device_parse(const char *text, enum guest_device *ret_device) _must_check_;
int guest_bus_parse(const char *text, enum guest_bus *ret_bus) _must_check_;
const char *guest_device_to_string(enum guest_device device);
const char *guest_bus_to_string(enum guest_bus bus);

/* Returns the default bus of such a device. */
enum guest_bus guest_bus_default(enum guest_device device);

/* Returns why a device cannot be on this bus; NULL if it can. */
const char *guest_disk_fault(enum guest_device device, enum guest_bus bus);

/* Returns how many disks a guest can have on this bus: IDE and floppy controllers have few places. */
unsigned guest_bus_places(enum guest_bus bus);

/* The number of names with up to three letters. */
#define GUEST_TARGETS_MAX (26U + 26U * 26U + 26U * 26U * 26U)
#define GUEST_TARGET_SIZE sizeof("vdzzz")

/* Writes "vda", "vdb", … "vdz", "vdaa": the name of place 0, 1, … of a bus. Returns buf. */
char *guest_target_format(enum guest_bus bus, unsigned place,
			  char buf[static GUEST_TARGET_SIZE]);

/* Reads such a name. Returns -EINVAL for any other text, and for a name on another bus. */
int guest_target_parse(const char *text, enum guest_bus bus,
		       unsigned *ret_place) _must_check_;

#define GUEST_UNIT_MAX 16383U /* the highest LUN number of QEMU's virtio-scsi */

enum guest_address_kind {
	GUEST_ADDRESS_NONE, /* libvirt derives one from the target's name */
	GUEST_ADDRESS_LUN, /* address of a drive; the unit is the LUN number */
	GUEST_ADDRESS_DRIVE, /* address of the first drive; the units of the others follow */
	GUEST_ADDRESS_PCI,
};

struct guest_address {
	enum guest_address_kind kind;
	unsigned controller, bus, target, unit; /* for a drive */
	char pci[PCI_ADDRESS_SIZE];
};

/* Reads "lun", "CONTROLLER:BUS:TARGET:UNIT" or a PCI address. Returns -EINVAL for any other text, -ERANGE for a
 * number that libvirt's schema does not allow. */
int guest_address_parse(const char *text, struct guest_address *ret_address) _must_check_;

/* Returns why n disks on this bus cannot have such addresses; NULL if they can. */
const char *guest_address_fault(const struct guest_address *address, enum guest_bus bus,
				size_t n);
