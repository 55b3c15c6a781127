// SPDX-License-Identifier: LGPL-2.1-or-later
/* A vHBA as libvirt's XML tells of it, as a file of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libvirt/libvirt-vhba.h"

static char wwpn[] = "50014c5000000001", wwnn[] = "50014c5000000101";
static char name[] = "web01";

/* host7 is an HBA, host8 a vHBA on it. */
static struct fc_port ports[] = {
	{ .host = 7,
	  .wwpn = 0x21000024ff543210,
	  .wwnn = 0x20000024ff543210,
	  .is_capable = true,
	  .parent_host = HOST_NONE },
	{ .host = 8,
	  .wwpn = 0x50014c5000000002,
	  .wwnn = 0x50014c5000000102,
	  .is_vport = true,
	  .parent_host = 7 },
};
static struct fc_vport vports[] = {
	{ .sysname = "vport-7:0-0",
	  .parent_host = 7,
	  .host = 8,
	  .wwpn = 0x50014c5000000002,
	  .wwnn = 0x50014c5000000102 },
};
static const struct inventory host = { .ports = ports,
				       .n_ports = ARRAY_SIZE(ports),
				       .vports = vports,
				       .n_vports = ARRAY_SIZE(vports) };

static struct libvirt_vhba pool(void)
{
	return (struct libvirt_vhba){
		.file = "pool.xml",
		.line = 4,
		.is_pool = true,
		.name = name,
		.wwpn = wwpn,
		.wwnn = wwnn,
	};
}

/* Converts it; what is written is text (NULL: nothing comes of it), and so much is said. */
static void check(const struct libvirt_vhba *vhba, const char *expected_name,
		  const char *text, size_t n_warnings)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	char found_name[NPIV_NAME_MAX + 1] = "";
	_cleanup_free_ char *found = NULL;
	size_t size;
	FILE *out = open_memstream(&found, &size);
	bool converted = libvirt_vhba_convert(vhba, &host, &messages, found_name, out);

	assert_int_equal(fclose(out), 0);
	assert_int_equal(converted, text != NULL);
	assert_int_equal(messages_count(&messages, MESSAGE_ERROR), text ? 0 : 1);
	if (!text)
		return;
	assert_string_equal(found, text);
	assert_string_equal(found_name, expected_name);
	assert_int_equal(messages_count(&messages, MESSAGE_WARNING), n_warnings);
}

#define HEAD "[vhba web01]\nwwpn = 0x50014c5000000001\nwwnn = 0x50014c5000000101\n"

static void test_libvirt_vhba_convert_parent_by_names(void **state)
{
	char parent[] = "scsi_host7", parent_wwpn[] = "0x21000024FF543210",
	     parent_wwnn[] = "20000024ff543210";
	struct libvirt_vhba vhba = pool();

	vhba.parent_wwpn = parent_wwpn;
	vhba.parent_wwnn = parent_wwnn;
	check(&vhba, "web01",
	      HEAD "parent_wwpn = 0x21000024ff543210\nparent_wwnn = 0x20000024ff543210\n",
	      0);
	vhba.parent = parent;
	check(&vhba, "web01",
	      HEAD "parent_wwpn = 0x21000024ff543210\nparent_wwnn = 0x20000024ff543210\n",
	      1);
}

static void test_libvirt_vhba_convert_parent_by_fabric(void **state)
{
	char fabric[] = "100000051e0a2b01";
	struct libvirt_vhba vhba = pool();

	vhba.parent_fabric_wwn = fabric;
	check(&vhba, "web01", HEAD "parent_fabric_wwn = 0x100000051e0a2b01\n", 0);
}

static void test_libvirt_vhba_convert_parent_by_number(void **state)
{
	char here[] = "scsi_host7", vport[] = "scsi_host8", gone[] = "scsi_host99",
	     fc_host[] = "fc_host7", nonsense[] = "computer";
	struct libvirt_vhba vhba = pool();

	vhba.parent = here;
	check(&vhba, "web01", HEAD "parent_wwpn = 0x21000024ff543210\n", 1);
	vhba.parent = vport;
	check(&vhba, "web01", HEAD "parent = host8\n", 1);
	vhba.parent = gone;
	check(&vhba, "web01", HEAD "parent = host99\n", 1);
	vhba.parent = fc_host;
	check(&vhba, "web01", HEAD "parent_wwpn = 0x21000024ff543210\n", 1);
	vhba.parent = nonsense;
	check(&vhba, "web01", HEAD, 2); /* and that it names no parent */
	vhba.parent = NULL;
	check(&vhba, "web01", HEAD, 1);
}

/* The fabric that it is in now, where there are several that it could be in. */
static void test_libvirt_vhba_convert_no_parent_in_two_fabrics(void **state)
{
	char up_wwpn[] = "50014c5000000002", up_wwnn[] = "50014c5000000102";
	struct fc_port two[] = {
		ports[0],
		ports[1],
		{ .host = 9,
		  .wwpn = 0x21000024ff543211,
		  .is_capable = true,
		  .state = PORT_ONLINE,
		  .max_vports = 1,
		  .fabric_wwn = 0x100000051e0a2b00 },
	};
	const struct inventory many = { .ports = two,
					.n_ports = ARRAY_SIZE(two),
					.vports = vports,
					.n_vports = ARRAY_SIZE(vports) };
	_cleanup_(messages_done) struct messages messages = { 0 };
	struct libvirt_vhba vhba = pool();
	char found_name[NPIV_NAME_MAX + 1];
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	two[0].state = PORT_ONLINE;
	two[0].max_vports = 1;
	two[0].fabric_wwn = 0x100000051e0a2b01;
	vhba.wwpn = up_wwpn;
	vhba.wwnn = up_wwnn;
	assert_true(libvirt_vhba_convert(&vhba, &many, &messages, found_name, out));
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "[vhba web01]\nwwpn = 0x50014c5000000002\n"
				  "wwnn = 0x50014c5000000102\n"
				  "parent_fabric_wwn = 0x100000051e0a2b01\n");
}

/* Where the parent and the names are two HBAs, libvirt takes the parent. */
static void test_libvirt_vhba_convert_parent_and_names_differ(void **state)
{
	char here[] = "scsi_host7", vport[] = "scsi_host8", gone[] = "scsi_host99",
	     pci[] = "pci_0000_04_00_1", other_wwpn[] = "21000024ff543211",
	     other_wwnn[] = "20000024ff543211", here_wwpn[] = "21000024ff543210";
	static const char names[] = HEAD
		"parent_wwpn = 0x21000024ff543211\nparent_wwnn = 0x20000024ff543211\n";
	struct libvirt_vhba vhba = pool();

	vhba.parent_wwpn = other_wwpn;
	vhba.parent_wwnn = other_wwnn;
	vhba.parent = here;
	check(&vhba, "web01", HEAD "parent_wwpn = 0x21000024ff543210\n", 1);
	vhba.parent = vport;
	check(&vhba, "web01", names, 1);
	vhba.parent = gone;
	check(&vhba, "web01", names, 1);
	vhba.parent = pci;
	check(&vhba, "web01", names, 1);
	vhba.parent = NULL;
	check(&vhba, "web01", names, 0);
	/* The names of two. */
	vhba.parent_wwpn = here_wwpn;
	check(&vhba, "web01",
	      HEAD "parent_wwpn = 0x21000024ff543210\nparent_wwnn = 0x20000024ff543211\n",
	      1);
}

static void test_libvirt_vhba_convert_parent_by_pci_name(void **state)
{
	static const struct {
		const char *text, *key;
		size_t n_warnings;
	} parents[] = {
		{ "pci_0000_04_00_1", "parent = 0000:04:00.1\n", 1 },
		{ "pci_10000_AF_1f_7", "parent = 10000:af:1f.7\n", 1 },
		{ "pci_0000_04_00", "", 2 },
		{ "pci_0000_04_00_1_2", "", 2 },
		{ "pci_0000_04_00_1\n", "", 2 },
		{ "pci_", "", 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(parents); i++) {
		_cleanup_free_ char *text = NULL, *parent = strdup(parents[i].text);
		struct libvirt_vhba vhba = pool();

		vhba.parent = parent;
		assert_true(asprintf(&text, HEAD "%s", parents[i].key) > 0);
		check(&vhba, "web01", text, parents[i].n_warnings);
	}
}

/* What carries it now is its parent, whatever number that had when the XML was written. */
static void test_libvirt_vhba_convert_parent_that_carries_it(void **state)
{
	char up_wwpn[] = "50014c5000000002", up_wwnn[] = "50014c5000000102",
	     stale[] = "scsi_host3";
	struct libvirt_vhba vhba = pool();

	vhba.wwpn = up_wwpn;
	vhba.wwnn = up_wwnn;
	vhba.parent = stale;
	check(&vhba, "web01",
	      "[vhba web01]\nwwpn = 0x50014c5000000002\nwwnn = 0x50014c5000000102\n"
	      "parent_wwpn = 0x21000024ff543210\n",
	      1);
}

static void test_libvirt_vhba_convert_refuses_bad_names(void **state)
{
	char zero[] = "0000000000000000", letters[] = "50014c500000000g", empty[] = "",
	     more[] = "50014c50000000010\non_stop = keep";
	char *const wrong[] = { NULL, zero, letters, empty, more };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct libvirt_vhba vhba = pool();

		vhba.wwpn = wrong[i];
		check(&vhba, NULL, NULL, 0);
		vhba = pool();
		vhba.wwnn = wrong[i];
		check(&vhba, NULL, NULL, 0);
	}
}

static void test_libvirt_vhba_convert_refuses_an_hba(void **state)
{
	char pci[] = "pci_0000_04_00_1";
	struct libvirt_vhba vhba = pool();

	vhba.is_pool = false;
	vhba.is_hba = true;
	check(&vhba, NULL, NULL, 0);
	/* Without vport_ops its place tells. */
	vhba.is_hba = false;
	vhba.parent = pci;
	check(&vhba, NULL, NULL, 0);
}

static void test_libvirt_vhba_convert_name_that_is_none_here(void **state)
{
	static const struct {
		const char *from, *to;
	} names[] = {
		{ "my pool", "my-pool" },
		{ "..a//b\n[vhba x]", "a-b-vhba-x" },
		{ "pool (old)", "pool-old" },
		{ "\xc3\xa9", "vhba-50014c5000000001" },
		{ "---", "vhba-50014c5000000001" },
	};
	char fabric[] = "100000051e0a2b01";

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct libvirt_vhba vhba = pool();
		_cleanup_free_ char *text = NULL, *from = strdup(names[i].from);

		vhba.name = from;
		vhba.parent_fabric_wwn = fabric;
		assert_true(asprintf(&text,
				     "[vhba %s]\nwwpn = 0x50014c5000000001\n"
				     "wwnn = 0x50014c5000000101\n"
				     "parent_fabric_wwn = 0x100000051e0a2b01\n",
				     names[i].to) > 0);
		check(&vhba, names[i].to, text, 1);
	}
}

static void test_libvirt_vhba_convert_long_name_is_cut(void **state)
{
	char fabric[] = "100000051e0a2b01", found_name[NPIV_NAME_MAX + 1], from[200];
	_cleanup_(messages_done) struct messages messages = { 0 };
	struct libvirt_vhba vhba = pool();
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	memset(from, 'x', sizeof(from) - 1);
	from[sizeof(from) - 1] = '\0';
	vhba.name = from;
	vhba.parent_fabric_wwn = fabric;
	assert_true(libvirt_vhba_convert(&vhba, &host, &messages, found_name, out));
	assert_int_equal(fclose(out), 0);
	assert_int_equal(strlen(found_name), NPIV_NAME_MAX);
}

static void test_libvirt_vhba_convert_node_device_has_no_name(void **state)
{
	char device[] = "scsi_host8", fabric[] = "100000051e0a2b01";
	struct libvirt_vhba vhba = pool();

	vhba.is_pool = false;
	vhba.name = device;
	vhba.parent_fabric_wwn = fabric;
	check(&vhba, "vhba-50014c5000000001",
	      "[vhba vhba-50014c5000000001]\nwwpn = 0x50014c5000000001\n"
	      "wwnn = 0x50014c5000000101\nparent_fabric_wwn = 0x100000051e0a2b01\n",
	      1);
}

static void test_libvirt_vhba_convert_managed(void **state)
{
	char yes[] = "yes", no[] = "no", other[] = "perhaps",
	     fabric[] = "100000051e0a2b01";
	struct libvirt_vhba vhba = pool();

	vhba.parent_fabric_wwn = fabric;
	vhba.managed = yes;
	check(&vhba, "web01", HEAD "parent_fabric_wwn = 0x100000051e0a2b01\n", 0);
	vhba.managed = no;
	check(&vhba, "web01",
	      HEAD "parent_fabric_wwn = 0x100000051e0a2b01\non_stop = keep\n", 1);
	vhba.managed = other;
	check(&vhba, "web01", HEAD "parent_fabric_wwn = 0x100000051e0a2b01\n", 1);
}

static void test_libvirt_vhba_convert_pool_by_host_number(void **state)
{
	char hba[] = "scsi_host7", vport[] = "host8", other[] = "host0";
	struct libvirt_vhba vhba = pool();

	vhba.wwpn = vhba.wwnn = NULL;
	vhba.host = hba;
	check(&vhba, "web01",
	      "[vhba web01]\nwwpn = 0x21000024ff543210\nwwnn = 0x20000024ff543210\n"
	      "type = hba\n",
	      2);
	vhba.host = vport;
	check(&vhba, "web01",
	      "[vhba web01]\nwwpn = 0x50014c5000000002\nwwnn = 0x50014c5000000102\n"
	      "parent_wwpn = 0x21000024ff543210\n",
	      1);
	vhba.host = other;
	check(&vhba, NULL, NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_libvirt_vhba_convert_parent_by_names),
		cmocka_unit_test(test_libvirt_vhba_convert_parent_by_fabric),
		cmocka_unit_test(test_libvirt_vhba_convert_parent_by_number),
		cmocka_unit_test(test_libvirt_vhba_convert_no_parent_in_two_fabrics),
		cmocka_unit_test(test_libvirt_vhba_convert_parent_and_names_differ),
		cmocka_unit_test(test_libvirt_vhba_convert_parent_by_pci_name),
		cmocka_unit_test(test_libvirt_vhba_convert_parent_that_carries_it),
		cmocka_unit_test(test_libvirt_vhba_convert_refuses_bad_names),
		cmocka_unit_test(test_libvirt_vhba_convert_refuses_an_hba),
		cmocka_unit_test(test_libvirt_vhba_convert_name_that_is_none_here),
		cmocka_unit_test(test_libvirt_vhba_convert_long_name_is_cut),
		cmocka_unit_test(test_libvirt_vhba_convert_node_device_has_no_name),
		cmocka_unit_test(test_libvirt_vhba_convert_managed),
		cmocka_unit_test(test_libvirt_vhba_convert_pool_by_host_number),
	};

	return cmocka_run_group_tests_name("libvirt-vhba", tests, NULL, NULL);
}
