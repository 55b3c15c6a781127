// SPDX-License-Identifier: LGPL-2.1-or-later
/* How a guest sees a disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/guest-disk.h"

static void test_guest_device_parse(void **state)
{
	enum guest_device device;
	enum guest_bus bus;

	for (int i = 0; i < _GUEST_DEVICE_MAX; i++) {
		const char *name = guest_device_to_string((enum guest_device)i);

		assert_int_equal(guest_device_parse(name, &device), 0);
		assert_int_equal(device, i);
		assert_null(guest_disk_fault(device, guest_bus_default(device)));
	}
	for (int i = 0; i < _GUEST_BUS_MAX; i++) {
		const char *name = guest_bus_to_string((enum guest_bus)i);

		assert_int_equal(guest_bus_parse(name, &bus), 0);
		assert_int_equal(bus, i);
	}
	assert_int_equal(guest_device_parse("Disk", &device), -EINVAL);
	assert_int_equal(guest_bus_parse("", &bus), -EINVAL);
}

static void test_guest_disk_fault_by_bus(void **state)
{
	assert_null(guest_disk_fault(GUEST_DISK, GUEST_USB));
	assert_non_null(guest_disk_fault(GUEST_DISK, GUEST_FDC));
	assert_non_null(guest_disk_fault(GUEST_LUN, GUEST_VIRTIO));
	assert_non_null(guest_disk_fault(GUEST_LUN, GUEST_SATA));
	assert_non_null(guest_disk_fault(GUEST_CDROM, GUEST_VIRTIO));
	assert_non_null(guest_disk_fault(GUEST_FLOPPY, GUEST_IDE));
}

static void test_guest_target_counts_past_z(void **state)
{
	static const struct {
		unsigned place;
		const char *name;
	} targets[] = {
		{ 0, "vda" },	{ 25, "vdz" },	 { 26, "vdaa" },   { 51, "vdaz" },
		{ 52, "vdba" }, { 701, "vdzz" }, { 702, "vdaaa" }, { 18277, "vdzzz" },
	};
	char name[GUEST_TARGET_SIZE];
	unsigned place;

	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		assert_string_equal(guest_target_format(GUEST_VIRTIO, targets[i].place,
							name),
				    targets[i].name);
		assert_int_equal(guest_target_parse(name, GUEST_VIRTIO, &place), 0);
		assert_int_equal(place, targets[i].place);
	}
	assert_int_equal(targets[7].place, GUEST_TARGETS_MAX - 1);
}

static void test_guest_target_parse_refuses(void **state)
{
	static const char *const wrong[] = { "",    "vd",   "vdA",    "vd1",
					     "sda", "vda1", "vdaaaa", " vda" };
	unsigned place;

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(guest_target_parse(wrong[i], GUEST_VIRTIO, &place),
				 -EINVAL);
	assert_int_equal(guest_target_parse("fdb", GUEST_FDC, &place), 0);
	assert_int_equal(place, 1);
}

static void test_guest_address_parse(void **state)
{
	struct guest_address address;

	assert_int_equal(guest_address_parse("lun", &address), 0);
	assert_int_equal(address.kind, GUEST_ADDRESS_LUN);
	assert_int_equal(guest_address_parse("1:2:3:16383", &address), 0);
	assert_int_equal(address.kind, GUEST_ADDRESS_DRIVE);
	assert_int_equal(address.controller, 1);
	assert_int_equal(address.bus, 2);
	assert_int_equal(address.target, 3);
	assert_int_equal(address.unit, 16383);
	assert_int_equal(guest_address_parse("05:00.0", &address), 0);
	assert_int_equal(address.kind, GUEST_ADDRESS_PCI);
	assert_string_equal(address.pci, "0000:05:00.0");
}

static void test_guest_address_parse_refuses(void **state)
{
	struct guest_address address;

	assert_int_equal(guest_address_parse("", &address), -EINVAL);
	assert_int_equal(guest_address_parse("0:0:0", &address), -EINVAL);
	assert_int_equal(guest_address_parse("0:0:0:0:0", &address), -EINVAL);
	assert_int_equal(guest_address_parse("0:0:0:-1", &address), -EINVAL);
	assert_int_equal(guest_address_parse("0:0:0:x", &address), -EINVAL);
	assert_int_equal(guest_address_parse("100:0:0:0", &address), -ERANGE);
	assert_int_equal(guest_address_parse("0:0:0:16384", &address), -ERANGE);
	assert_int_equal(guest_address_parse("0:0:0:99999999999", &address), -EINVAL);
}

static void test_guest_address_fault_by_bus(void **state)
{
	const struct guest_address none = { 0 };
	const struct guest_address lun = { .kind = GUEST_ADDRESS_LUN };
	const struct guest_address drive = { .kind = GUEST_ADDRESS_DRIVE, .unit = 1 };
	const struct guest_address pci = { .kind = GUEST_ADDRESS_PCI };

	assert_null(guest_address_fault(&none, GUEST_USB, 99));
	assert_null(guest_address_fault(&lun, GUEST_SCSI, 99));
	assert_non_null(guest_address_fault(&lun, GUEST_SATA, 1));
	assert_null(guest_address_fault(&drive, GUEST_SATA, 5));
	assert_non_null(guest_address_fault(&drive, GUEST_SATA, 6));
	assert_non_null(guest_address_fault(&drive, GUEST_VIRTIO, 1));
	assert_null(guest_address_fault(&pci, GUEST_VIRTIO, 1));
	assert_non_null(guest_address_fault(&pci, GUEST_VIRTIO, 2));
	assert_non_null(guest_address_fault(&pci, GUEST_SCSI, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guest_device_parse),
		cmocka_unit_test(test_guest_disk_fault_by_bus),
		cmocka_unit_test(test_guest_target_counts_past_z),
		cmocka_unit_test(test_guest_target_parse_refuses),
		cmocka_unit_test(test_guest_address_parse),
		cmocka_unit_test(test_guest_address_parse_refuses),
		cmocka_unit_test(test_guest_address_fault_by_bus),
	};

	return cmocka_run_group_tests_name("guest-disk", tests, NULL, NULL);
}
