// SPDX-License-Identifier: LGPL-2.1-or-later
/* A guest's XML: what is read of it, and what is written for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/disk-xml.h"

/* As libvirt 9.0 prints a guest that runs, shortened. */
static const char running[] =
	"<domain type='kvm' id='4'>\n"
	"  <name>db</name>\n"
	"  <devices>\n"
	"    <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"
	"    <disk type='file' device='disk'>\n"
	"      <source file='/srv/db.img' index='2'/>\n"
	"      <target dev='vda' bus='virtio'/>\n"
	"      <alias name='virtio-disk0'/>\n"
	"      <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>\n"
	"    </disk>\n"
	"    <disk type='block' device='lun'>\n"
	"      <source dev='/dev/npiv/web/3' index='1'/>\n"
	"      <target dev='sdb' bus='scsi'/>\n"
	"      <alias name='ua-npiv-web-3'/>\n"
	"      <address type='drive' controller='1' bus='0' target='2' unit='3'/>\n"
	"    </disk>\n"
	"    <controller type='scsi' index='0' model='lsilogic'/>\n"
	"    <controller type='scsi' index='1' model='virtio-scsi'/>\n"
	"    <controller type='scsi' index='2' model='virtio-scsi'/>\n"
	"    <hostdev mode='subsystem' type='scsi' managed='no'>\n"
	"      <source><adapter name='scsi_host0'/><address bus='0' target='0' unit='9'/></source>\n"
	"      <alias name='hostdev0'/>\n"
	"      <address type='drive' controller='0' bus='0' target='0' unit='5'/>\n"
	"    </hostdev>\n"
	"  </devices>\n"
	"</domain>\n";

static void test_guest_xml_read_disks_and_places(void **state)
{
	const struct attach_disk *disk;
	struct attach_guest guest;

	assert_int_equal(guest_xml_read(running, &guest), 0);
	assert_int_equal(guest.n, 3);
	assert_string_equal(guest.disks[2].source, "0:0:0:9");
	assert_int_equal(guest.controller, 1);

	disk = &guest.disks[0];
	assert_string_equal(disk->target, "vda");
	assert_null(disk->source);
	assert_false(disk->has_place);

	disk = &guest.disks[1];
	assert_string_equal(disk->alias, "ua-npiv-web-3");
	assert_string_equal(disk->source, "/dev/npiv/web/3");
	assert_string_equal(disk->target, "sdb");
	assert_true(disk->has_place);
	assert_int_equal(disk->controller, 1);
	assert_int_equal(disk->target_id, 2);
	assert_int_equal(disk->unit, 3);

	disk = &guest.disks[2];
	assert_null(disk->target);
	assert_true(disk->has_place);
	assert_int_equal(disk->unit, 5);
	attach_guest_done(&guest);
}

static void test_guest_xml_read_what_has_no_devices(void **state)
{
	struct attach_guest guest;

	assert_int_equal(guest_xml_read("<domain/>", &guest), 0);
	assert_int_equal(guest.n, 0);
	assert_int_equal(guest.controller, -1);
	attach_guest_done(&guest);
	assert_int_equal(guest_xml_read("<domain", &guest), -EBADMSG);
	assert_int_equal(guest_xml_read("", &guest), -EBADMSG);
}

static void expect_disk(const struct attach_step *step, const char *expected)
{
	_cleanup_free_ char *xml = guest_xml_disk("web", step);

	assert_non_null(xml);
	assert_string_equal(xml, expected);
}

static void test_guest_xml_disk_to_attach_and_to_detach(void **state)
{
	static char target[] = "sdc";
	static const struct attach_lun lun = { .number = 3, .device = "sdq" };
	static const struct attach_disk disk = { .target = target };
	struct attach_step step = {
		.lun = &lun,
		.alias = "ua-npiv-web-3",
		.target = "sdb",
		.device = GUEST_LUN,
		.has_place = true,
		.controller = 1,
		.target_id = 2,
		.unit = 3,
	};

	expect_disk(
		&step,
		"<disk type='block' device='lun'>\n"
		"  <driver name='qemu' type='raw' cache='none' io='native'/>\n"
		"  <source dev='/dev/npiv/web/3'/>\n"
		"  <alias name='ua-npiv-web-3'/>\n"
		"  <address type='drive' controller='1' bus='0' target='2' unit='3'/>\n"
		"  <target dev='sdb' bus='scsi'/>\n"
		"</disk>\n");
	step = (struct attach_step){ .detach = &disk, .device = GUEST_DISK };
	expect_disk(&step, "<disk type='block' device='disk'>\n"
			   "  <target dev='sdc' bus='scsi'/>\n"
			   "</disk>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guest_xml_read_disks_and_places),
		cmocka_unit_test(test_guest_xml_read_what_has_no_devices),
		cmocka_unit_test(test_guest_xml_disk_to_attach_and_to_detach),
	};

	return cmocka_run_group_tests_name("guest-xml", tests, NULL, NULL);
}
