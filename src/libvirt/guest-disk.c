// SPDX-License-Identifier: LGPL-2.1-or-later
/* Disks as the guest sees them: kinds of devices, buses, names and addresses. */
#include "libvirt/guest-disk.h"

#define CONTROLLER_MAX 99U /* domaincommon.rng: two digits */

static const struct {
	const char *name;
	enum guest_bus bus; /* default bus */
	unsigned buses; /* bits of the possible buses */
} devices[_GUEST_DEVICE_MAX] = {
	[GUEST_DISK] = { "disk", GUEST_VIRTIO,
			 1U << GUEST_VIRTIO | 1U << GUEST_SCSI | 1U << GUEST_SATA |
				 1U << GUEST_IDE | 1U << GUEST_USB },
	/* libvirt allows virtio as well, but QEMU 5.0 and later do not. */
	[GUEST_LUN] = { "lun", GUEST_SCSI, 1U << GUEST_SCSI },
	[GUEST_CDROM] = { "cdrom", GUEST_SATA,
			  1U << GUEST_SCSI | 1U << GUEST_SATA | 1U << GUEST_IDE |
				  1U << GUEST_USB },
	[GUEST_FLOPPY] = { "floppy", GUEST_FDC, 1U << GUEST_FDC },
};

static const struct {
	const char *name;
	const char *prefix; /* of the names of the places on this bus in libvirt */
	unsigned places;
	unsigned units; /* number of units of one target; 0 if this bus has no drive addresses */
} buses[_GUEST_BUS_MAX] = {
	[GUEST_VIRTIO] = { "virtio", "vd", GUEST_TARGETS_MAX, 0 },
	[GUEST_SCSI] = { "scsi", "sd", GUEST_TARGETS_MAX, GUEST_UNIT_MAX + 1 },
	[GUEST_SATA] = { "sata", "sd", GUEST_TARGETS_MAX, 6 },
	[GUEST_IDE] = { "ide", "hd", 4, 2 },
	[GUEST_USB] = { "usb", "sd", GUEST_TARGETS_MAX, 0 },
	[GUEST_FDC] = { "fdc", "fd", 2, 2 },
};

int guest_device_parse(const char *text, enum guest_device *ret_device)
{
	assert(text);
	assert(ret_device);

	for (int i = 0; i < _GUEST_DEVICE_MAX; i++)
		if (streq(devices[i].name, text)) {
			*ret_device = (enum guest_device)i;
			return 0;
		}
	return -EINVAL;
}

int guest_bus_parse(const char *text, enum guest_bus *ret_bus)
{
	assert(text);
	assert(ret_bus);

	for (int i = 0; i < _GUEST_BUS_MAX; i++)
		if (streq(buses[i].name, text)) {
			*ret_bus = (enum guest_bus)i;
			return 0;
		}
	return -EINVAL;
}

const char *guest_device_to_string(enum guest_device device)
{
	return devices[device].name;
}

const char *guest_bus_to_string(enum guest_bus bus)
{
	return buses[bus].name;
}

enum guest_bus guest_bus_default(enum guest_device device)
{
	return devices[device].bus;
}

const char *guest_disk_fault(enum guest_device device, enum guest_bus bus)
{
	if (devices[device].buses & 1U << bus)
		return NULL;
	switch (device) {
	case GUEST_DISK:
		return "a disk needs the bus virtio, scsi, sata, ide or usb";
	case GUEST_LUN:
		return "a lun needs the bus scsi, because only that bus passes SCSI commands on";
	case GUEST_CDROM:
		return "a cdrom needs the bus sata, scsi, ide or usb";
	case GUEST_FLOPPY:
		return "a floppy needs the bus fdc";
	case _GUEST_DEVICE_MAX:
		break;
	}
	return "there is no such device";
}

unsigned guest_bus_places(enum guest_bus bus)
{
	return buses[bus].places;
}

char *guest_target_format(enum guest_bus bus, unsigned place,
			  char buf[static GUEST_TARGET_SIZE])
{
	char letters[sizeof("zzz")];
	size_t i = sizeof(letters) - 1;

	assert(place < GUEST_TARGETS_MAX);

	/* Digits from a to z without a zero: z is followed by aa. */
	letters[i] = '\0';
	for (unsigned n = place + 1; n > 0; n = (n - 1) / 26)
		letters[--i] = (char)('a' + (n - 1) % 26);
	(void)snprintf(buf, GUEST_TARGET_SIZE, "%s%s", buses[bus].prefix, letters + i);
	return buf;
}

int guest_target_parse(const char *text, enum guest_bus bus, unsigned *ret_place)
{
	const char *letters;
	unsigned n = 0;

	assert(text);
	assert(ret_place);

	letters = startswith(text, buses[bus].prefix);
	if (!letters || !*letters || strlen(letters) > 3)
		return -EINVAL;
	for (; *letters; letters++) {
		if (*letters < 'a' || *letters > 'z')
			return -EINVAL;
		n = n * 26 + (unsigned)(*letters - 'a') + 1;
	}

	*ret_place = n - 1;
	return 0;
}

/* Reads a number that ends before ':' or NUL. */
static int take_number(const char **text, uint64_t max, unsigned *ret)
{
	char digits[sizeof("4294967295")];
	size_t n = strcspn(*text, ":");
	uint64_t number;
	int r;

	if (n >= sizeof(digits))
		return -EINVAL;
	(void)snprintf(digits, sizeof(digits), "%.*s", (int)n, *text);
	r = parse_unsigned(digits, max, &number);
	if (r < 0)
		return r;

	*text += n;
	*ret = (unsigned)number;
	return 0;
}

static int parse_drive(const char *text, struct guest_address *address)
{
	unsigned *const numbers[] = { &address->controller, &address->bus,
				      &address->target, &address->unit };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		bool is_last = i == ARRAY_SIZE(numbers) - 1;
		int r = take_number(&text, is_last ? GUEST_UNIT_MAX : CONTROLLER_MAX,
				    numbers[i]);

		if (r < 0)
			return r;
		if (*text != (is_last ? '\0' : ':'))
			return -EINVAL;
		text++;
	}
	address->kind = GUEST_ADDRESS_DRIVE;
	return 0;
}

int guest_address_parse(const char *text, struct guest_address *ret_address)
{
	struct guest_address address = { 0 };
	int r = 0;

	assert(text);
	assert(ret_address);

	if (streq(text, "lun"))
		address.kind = GUEST_ADDRESS_LUN;
	else if (parse_pci_address(text, address.pci) >= 0)
		address.kind = GUEST_ADDRESS_PCI;
	else
		r = parse_drive(text, &address);
	if (r < 0)
		return r;

	*ret_address = address;
	return 0;
}

const char *guest_address_fault(const struct guest_address *address, enum guest_bus bus,
				size_t n)
{
	assert(address);

	switch (address->kind) {
	case GUEST_ADDRESS_NONE:
		break;
	case GUEST_ADDRESS_LUN:
		if (bus != GUEST_SCSI)
			return "the unit of a drive can be a LUN number only on the bus scsi";
		break;
	case GUEST_ADDRESS_DRIVE:
		if (buses[bus].units == 0)
			return "disks on this bus have no drive address";
		if (address->unit + n > buses[bus].units)
			return "a controller of this bus has no room for so many";
		break;
	case GUEST_ADDRESS_PCI:
		if (bus != GUEST_VIRTIO)
			return "only disks on the bus virtio have a PCI address";
		if (n > 1)
			return "a PCI address can be given for one disk only";
		break;
	}
	return NULL;
}
