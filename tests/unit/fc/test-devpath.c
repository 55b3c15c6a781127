// SPDX-License-Identifier: LGPL-2.1-or-later
/* Paths of disks in sysfs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fc/devpath.h"

#define PCI	     "../../devices/pci0000:00/0000:00:04.0"
#define BEHIND_RPORT "rport-8:0-1/target8:0:1/8:0:1:0/"

static void test_devpath_parse_disk_of_a_vport(void **state)
{
	struct devpath devpath;

	assert_int_equal(devpath_parse(PCI "/host7/vport-7:0-0/host8/" BEHIND_RPORT
					   "block/sdc",
				       &devpath),
			 0);
	assert_string_equal(devpath.vport, "vport-7:0-0");
	assert_string_equal(devpath.address, "8:0:1:0");
	assert_string_equal(devpath.disk, "sdc");
	assert_string_equal(devpath.partition, "");
}

static void test_devpath_parse_partition(void **state)
{
	struct devpath devpath;

	assert_int_equal(
		devpath_parse(PCI "/host8/" BEHIND_RPORT "block/sdc/sdc12", &devpath), 0);
	assert_string_equal(devpath.disk, "sdc");
	assert_string_equal(devpath.partition, "sdc12");
	assert_string_equal(devpath.vport, "");
}

static void test_devpath_vport(void **state)
{
	static const char *const without[] = {
		"",
		PCI "/host7/fc_host/host7",
		PCI "/host7/vport-7:0-0",
		PCI "/host7/vport-7:0-0/fc_vports/vport-7:0-0",
		PCI "/vport-with-a-name-that-is-longer-than-any/host8",
	};
	char vport[VPORT_NAME_SIZE];

	devpath_vport(PCI "/host7/vport-7:0-12/host8/fc_host/host8", vport);
	assert_string_equal(vport, "vport-7:0-12");
	for (size_t i = 0; i < ARRAY_SIZE(without); i++) {
		devpath_vport(without[i], vport);
		assert_string_equal(vport, "");
	}
}

static void test_devpath_parse_what_is_no_fibre_channel_disk(void **state)
{
	static const char *const paths[] = {
		"",
		"/",
		"rport-8:0-1/target8:0:1/8:0:1:0/block/sdc", /* no folder above */
		PCI "/virtio1/block/vda",
		PCI "/ata1/host0/target0:0:0/0:0:0:0/block/sda",
		PCI "/host8/rport-8:0-1",
		PCI "/host8/rport-8:0-1/fc_remote_ports/rport-8:0-1",
		PCI "/host8/" BEHIND_RPORT,
		PCI "/host8/" BEHIND_RPORT "block",
		PCI "/host8/" BEHIND_RPORT "block/",
		PCI "/host8/" BEHIND_RPORT "scsi_tape/st0",
		PCI "/host8/" BEHIND_RPORT "block/sdc/sdc1/holders",
		PCI "/host8/" BEHIND_RPORT
		    "block/a-name-that-is-longer-than-any-the-kernel-has",
		"/devices/virtual/block/dm-0",
	};
	struct devpath devpath;

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		assert_int_equal(devpath_parse(paths[i], &devpath), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devpath_parse_disk_of_a_vport),
		cmocka_unit_test(test_devpath_parse_partition),
		cmocka_unit_test(test_devpath_vport),
		cmocka_unit_test(test_devpath_parse_what_is_no_fibre_channel_disk),
	};

	return cmocka_run_group_tests_name("devpath", tests, NULL, NULL);
}
