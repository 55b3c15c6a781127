// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the choice of a parent HBA, and of what keeps an HBA from being one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/parent.h"

/* PORT() gives defaults that a test's own fields override. */
#pragma GCC diagnostic ignored "-Woverride-init"

#define PORT(n, ...)                                                                \
	{                                                                           \
		.host = (n), .wwpn = 0x100 + (n), .wwnn = 0x200 + (n),              \
		.state = PORT_ONLINE, .parent_host = HOST_NONE, .is_capable = true, \
		.max_vports = 100, __VA_ARGS__                                      \
	}

static const struct parent_rule no_rule = { .host = -1 };

static void choose(struct fc_port *ports, size_t n_ports, const struct parent_rule *rule,
		   struct parent_choice *ret)
{
	const struct inventory inventory = { .ports = ports, .n_ports = n_ports };

	parent_choose(&inventory, rule, ret);
}

static void test_parent_choose_none_there(void **state)
{
	struct parent_choice choice;

	choose(NULL, 0, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
	assert_null(choice.port);
	assert_non_null(strstr(choice.detail, "no Fibre Channel HBA"));
}

static void test_parent_choose_largest_share(void **state)
{
	/* 90 of 100 free is more than 200 of 254, though 200 is the larger number. */
	struct fc_port ports[] = {
		PORT(1, .max_vports = 254, .vports_inuse = 54),
		PORT(2, .vports_inuse = 10),
		PORT(3, .vports_inuse = 50),
	};
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_READY);
	assert_ptr_equal(choice.port, &ports[1]);
	assert_string_equal(choice.detail, "");
}

static void test_parent_choose_tie_takes_lowest_wwpn(void **state)
{
	struct fc_port ports[] = { PORT(5), PORT(3, .wwpn = 0x102), PORT(4) };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_ptr_equal(choice.port, &ports[1]);
}

static void test_parent_choose_order_of_hosts_does_not_matter(void **state)
{
	struct fc_port ports[] = { PORT(1, .vports_inuse = 10), PORT(2),
				   PORT(3, .vports_inuse = 5) };
	struct fc_port turned[] = { ports[2], ports[1], ports[0] };
	struct parent_choice a, b;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &a);
	choose(turned, ARRAY_SIZE(turned), &no_rule, &b);
	assert_int_equal(a.port->host, 2);
	assert_int_equal(b.port->host, 2);
}

static void test_parent_choose_shares_of_large_numbers(void **state)
{
	struct fc_port ports[] = {
		PORT(1, .max_vports = UINT32_MAX, .vports_inuse = 1),
		PORT(2, .max_vports = UINT32_MAX - 1, .vports_inuse = 0),
	};
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_ptr_equal(choice.port, &ports[1]);
}

static void test_parent_choose_skips_target_mode(void **state)
{
	struct fc_port ports[] = { PORT(1, .is_target = true),
				   PORT(2, .vports_inuse = 99) };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_ptr_equal(choice.port, &ports[1]);
	choose(ports, 1, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

/* Which fabric it is must not change with the room that there is, nor with the order of hosts. */
static void test_parent_choose_fabric_comes_before_room(void **state)
{
	for (unsigned in_use = 0; in_use <= 100; in_use += 10) {
		struct fc_port ports[] = {
			PORT(1, .fabric_wwn = 9),
			PORT(2, .fabric_wwn = 8, .vports_inuse = in_use),
			PORT(3, .fabric_wwn = 7, .is_target = true),
			PORT(4, .fabric_wwn = 7, .max_vports = 0),
			PORT(5, .fabric_wwn = 7, .is_capable = false),
			PORT(6, .fabric_wwn = 7, .state = PORT_LINKDOWN),
			PORT(7, .fabric_wwn = 8, .vports_inuse = 50),
			PORT(8),
		};
		struct fc_port turned[ARRAY_SIZE(ports)];
		struct parent_choice a, b;

		for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
			turned[i] = ports[ARRAY_SIZE(ports) - 1 - i];
		choose(ports, ARRAY_SIZE(ports), &no_rule, &a);
		choose(turned, ARRAY_SIZE(ports), &no_rule, &b);
		assert_int_equal(a.stage, STAGE_READY);
		assert_int_equal(a.port->host, in_use <= 50 ? 2 : 7);
		assert_int_equal(b.port->host, a.port->host);
	}
}

static void test_parent_choose_full_fabric_is_told(void **state)
{
	struct fc_port ports[] = {
		PORT(1, .fabric_wwn = 9),
		PORT(2, .fabric_wwn = 8, .max_vports = 2, .vports_inuse = 2),
	};
	const struct parent_rule rule = { .host = -1, .fabric_wwn = 8 };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_NO_FREE_VPORT);
	assert_string_equal(
		choice.detail,
		"host2 (0x0000000000000102) has 2 of 2 virtual ports in use, and no HBA of its fabric has room; if another fabric will do, name it with parent_fabric_wwn");
	choose(ports, ARRAY_SIZE(ports), &rule, &choice);
	assert_string_equal(choice.detail,
			    "host2 (0x0000000000000102) has 2 of 2 virtual ports in use");
}

static void test_parent_choose_unknown_fabric_comes_last(void **state)
{
	struct fc_port ports[] = { PORT(1),
				   PORT(2, .fabric_wwn = 9, .vports_inuse = 99) };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_ptr_equal(choice.port, &ports[1]);
}

static void test_parent_list_fabrics(void **state)
{
	struct fc_port ports[20] = {
		PORT(1, .fabric_wwn = 9),
		PORT(2, .fabric_wwn = 8, .vports_inuse = 100),
		PORT(3, .fabric_wwn = 7, .is_target = true),
		PORT(4, .fabric_wwn = 9),
		PORT(5, .fabric_wwn = 6, .is_vport = true),
		PORT(6, .fabric_wwn = 5, .state = PORT_LINKDOWN),
		PORT(7),
	};
	const struct inventory inventory = { .ports = ports, .n_ports = 7 };
	const struct inventory many = { .ports = ports, .n_ports = 20 };
	uint64_t fabrics[PARENT_FABRICS_MAX];
	char text[128] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_int_equal(parent_list_fabrics(&inventory, fabrics), 2);
	assert_true(fabrics[0] == 8 && fabrics[1] == 9);
	parent_print_fabrics(fabrics, 2, out);
	fclose(out);
	assert_string_equal(text, "0x0000000000000008 and 0x0000000000000009");
	for (uint32_t i = 0; i < 20; i++)
		ports[i] = (struct fc_port)PORT(i, .fabric_wwn = 100 - i);
	assert_int_equal(parent_list_fabrics(&many, fabrics), PARENT_FABRICS_MAX);
	for (size_t i = 1; i < PARENT_FABRICS_MAX; i++)
		assert_true(fabrics[i - 1] < fabrics[i]);
}

static void test_parent_choose_fabric_skips_target_mode(void **state)
{
	struct fc_port ports[] = {
		PORT(1, .fabric_wwn = 7, .is_target = true),
		PORT(2, .fabric_wwn = 7, .vports_inuse = 99),
		PORT(3, .fabric_wwn = 8),
	};
	const struct parent_rule rule = { .host = -1, .fabric_wwn = 7 };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &rule, &choice);
	assert_ptr_equal(choice.port, &ports[1]);
}

static void test_parent_choose_named_target_mode_is_taken(void **state)
{
	struct fc_port ports[] = { PORT(1, .is_target = true), PORT(2) };
	const struct parent_rule rule = { .host = -1, .wwpn = 0x101 };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &rule, &choice);
	assert_int_equal(choice.stage, STAGE_READY);
	assert_ptr_equal(choice.port, &ports[0]);
}

static void test_parent_choose_never_a_vport_by_itself(void **state)
{
	struct fc_port ports[] = { PORT(1, .is_vport = true, .parent_host = 2) };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

static void test_parent_choose_named_vport_is_incapable(void **state)
{
	struct fc_port ports[] = { PORT(1, .is_vport = true, .parent_host = 2) };
	const struct parent_rule rule = { .host = 1 };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_INCAPABLE);
	assert_non_null(strstr(choice.detail, "is itself a virtual port"));
}

static void test_parent_choose_unset_names_are_no_port_yet(void **state)
{
	struct fc_port ports[] = { PORT(1, .wwpn = UINT64_MAX, .wwnn = UINT64_MAX) };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

/* While no HBA is logged in to the fabric, the one whose cable is out is the cause. */
static void test_parent_choose_without_link_is_in_no_fabric(void **state)
{
	struct fc_port ports[] = {
		PORT(1, .fabric_wwn = 9),
		PORT(2, .state = PORT_LINKDOWN, .is_capable = false),
		PORT(3, .state = PORT_LINKDOWN, .is_target = true),
		PORT(4),
		PORT(5, .state = PORT_LINKDOWN),
		PORT(6, .fabric_wwn = 8),
	};
	struct parent_rule rule = { .host = -1, .fabric_wwn = 8 };
	struct parent_choice choice;

	choose(ports, 4, &rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
	choose(ports, 5, &rule, &choice);
	assert_int_equal(choice.stage, STAGE_LINK_DOWN);
	assert_ptr_equal(choice.port, &ports[4]);
	assert_string_equal(
		choice.detail,
		"host5 (0x0000000000000105) is Linkdown, and no HBA is logged in to fabric 0x0000000000000008");
	choose(ports, 6, &rule, &choice);
	assert_int_equal(choice.stage, STAGE_READY);
	assert_ptr_equal(choice.port, &ports[5]);
	rule.wwpn = 0x101;
	choose(ports, 5, &rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

static void test_parent_choose_nearest_to_ready_tells_the_stage(void **state)
{
	struct fc_port ports[] = {
		PORT(1, .is_capable = false),
		PORT(2, .state = PORT_LINKDOWN),
		PORT(3, .max_vports = 2, .vports_inuse = 2),
	};
	struct parent_choice choice;

	choose(ports, 1, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_INCAPABLE);
	choose(ports, 2, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_LINK_DOWN);
	assert_string_equal(choice.detail, "host2 (0x0000000000000102) is Linkdown");
	choose(ports, 3, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_NO_FREE_VPORT);
	assert_string_equal(choice.detail,
			    "host3 (0x0000000000000103) has 2 of 2 virtual ports in use");
}

static void test_parent_choose_no_room_at_all_is_full(void **state)
{
	struct fc_port ports[] = { PORT(1, .max_vports = 0) };
	struct parent_choice choice;

	choose(ports, 1, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_NO_FREE_VPORT);
}

static void test_parent_choose_more_in_use_than_maximum_is_full(void **state)
{
	struct fc_port ports[] = { PORT(1, .max_vports = 1, .vports_inuse = 2) };
	struct parent_choice choice;

	choose(ports, 1, &no_rule, &choice);
	assert_int_equal(choice.stage, STAGE_NO_FREE_VPORT);
}

static void test_parent_choose_by_each_key(void **state)
{
	struct fc_port ports[] = {
		PORT(1),
		PORT(2, .pci_address = "0000:04:00.1", .fabric_wwn = 9,
		     .vports_inuse = 50),
	};
	const struct parent_rule rules[] = {
		{ .host = -1, .wwpn = 0x102 },
		{ .host = -1, .wwnn = 0x202 },
		{ .host = -1, .wwpn = 0x102, .wwnn = 0x202 },
		{ .host = -1, .fabric_wwn = 9 },
		{ .host = 2 },
		{ .host = -1, .pci_address = (char[]){ "0000:04:00.1" } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct parent_choice choice;

		choose(ports, ARRAY_SIZE(ports), &rules[i], &choice);
		assert_int_equal(choice.stage, STAGE_READY);
		assert_ptr_equal(choice.port, &ports[1]);
	}
}

static void test_parent_choose_keys_that_disagree(void **state)
{
	struct fc_port ports[] = { PORT(1), PORT(2) };
	const struct parent_rule rule = { .host = -1, .wwpn = 0x101, .wwnn = 0x202 };
	struct parent_choice choice;

	choose(ports, ARRAY_SIZE(ports), &rule, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
	assert_string_equal(
		choice.detail,
		"no HBA has parent_wwpn=0x0000000000000101, "
		"parent_wwnn=0x0000000000000202; the nearest is host1 with WWPN "
		"0x0000000000000101, WWNN 0x0000000000000201");
}

static void test_parent_rule_print_all_keys(void **state)
{
	struct parent_rule rule = { .wwpn = 1, .fabric_wwn = 3, .host = 7 };
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	rule.pci_address = (char[]){ "0000:04:00.1" };
	parent_rule_print(&rule, out);
	fclose(out);
	assert_string_equal(text, "parent_wwpn=0x0000000000000001, "
				  "parent_fabric_wwn=0x0000000000000003, "
				  "parent=0000:04:00.1, parent=host7");
}

static void test_parent_find_hba_by_own_names(void **state)
{
	struct fc_port ports[] = { PORT(1),
				   PORT(2, .is_capable = false, .max_vports = 0) };
	const struct inventory inventory = { .ports = ports, .n_ports = 2 };
	struct parent_choice choice;

	parent_find_hba(&inventory, &no_rule, 0x102, 0, &choice);
	assert_int_equal(choice.stage, STAGE_READY);
	assert_ptr_equal(choice.port, &ports[1]);
	parent_find_hba(&inventory, &no_rule, 0x102, 0x201, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

static void test_parent_find_hba_by_parent_keys(void **state)
{
	struct fc_port ports[] = { PORT(1), PORT(2, .state = PORT_LINKDOWN) };
	const struct inventory inventory = { .ports = ports, .n_ports = 2 };
	const struct parent_rule rule = { .host = 2 };
	struct parent_choice choice;

	parent_find_hba(&inventory, &rule, 0, 0, &choice);
	assert_int_equal(choice.stage, STAGE_LINK_DOWN);
	parent_find_hba(&inventory, &rule, 0x101, 0, &choice);
	assert_int_equal(choice.stage, STAGE_PARENT_MISSING);
}

static const struct fc_port fine = {
	.host = 7,
	.wwpn = 0x21000024ff543210,
	.state = PORT_ONLINE,
	.is_capable = true,
	.parent_host = HOST_NONE,
	.max_vports = 254,
	.vports_inuse = 4,
	.driver = "qla2xxx",
	.port_type = "NPort (fabric via point-to-point)",
};

static void assert_detail(const struct fc_port *port, const char *words)
{
	char buf[PARENT_DETAIL_SIZE];

	assert_string_equal(parent_detail(port, buf), words);
}

static void test_parent_detail_none(void **state)
{
	assert_detail(&fine, "");
	assert_int_equal(parent_free_vports(&fine), 250);
}

static void test_parent_detail_of_the_port_itself(void **state)
{
	struct fc_port port = fine;

	port.is_target = true;
	assert_detail(&port, "is in target mode; only a parent key can choose it");
	port.max_vports = 0;
	assert_detail(&port, "its limit of virtual ports is 0");
	port.is_capable = false;
	assert_detail(&port, "its driver offers no vport_create");
	assert_int_equal(parent_free_vports(&port), 0);
	(void)snprintf(port.driver, sizeof(port.driver), "zfcp");
	assert_detail(&port,
		      "zfcp creates no virtual ports; NPIV is set up in the channel");
	(void)snprintf(port.port_type, sizeof(port.port_type), "NPIV VPORT");
	assert_detail(&port, "is itself an NPIV port of its channel");
	port.is_vport = true;
	assert_detail(&port, "is itself a virtual port");
}

static void test_parent_detail_of_the_moment(void **state)
{
	struct fc_port port = fine;

	port.vports_inuse = 254;
	assert_detail(&port, "all of its 254 virtual ports are in use");
	assert_int_equal(parent_free_vports(&port), 0);
	port.vports_inuse = 300; /* a driver that lowered its limit */
	assert_int_equal(parent_free_vports(&port), 0);
	(void)snprintf(port.port_type, sizeof(port.port_type), "LPort (private loop)");
	assert_detail(&port, "is connected without a switch, and NPIV needs one");
	port.state = PORT_LINKDOWN;
	assert_detail(&port, "has no link: Linkdown");
	port.wwpn = UINT64_MAX;
	assert_detail(&port, "its driver has not set its WWPN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parent_choose_none_there),
		cmocka_unit_test(test_parent_choose_largest_share),
		cmocka_unit_test(test_parent_choose_tie_takes_lowest_wwpn),
		cmocka_unit_test(test_parent_choose_order_of_hosts_does_not_matter),
		cmocka_unit_test(test_parent_choose_shares_of_large_numbers),
		cmocka_unit_test(test_parent_choose_skips_target_mode),
		cmocka_unit_test(test_parent_choose_fabric_comes_before_room),
		cmocka_unit_test(test_parent_choose_full_fabric_is_told),
		cmocka_unit_test(test_parent_choose_unknown_fabric_comes_last),
		cmocka_unit_test(test_parent_list_fabrics),
		cmocka_unit_test(test_parent_choose_fabric_skips_target_mode),
		cmocka_unit_test(test_parent_choose_named_target_mode_is_taken),
		cmocka_unit_test(test_parent_choose_never_a_vport_by_itself),
		cmocka_unit_test(test_parent_choose_named_vport_is_incapable),
		cmocka_unit_test(test_parent_choose_unset_names_are_no_port_yet),
		cmocka_unit_test(test_parent_choose_without_link_is_in_no_fabric),
		cmocka_unit_test(test_parent_choose_nearest_to_ready_tells_the_stage),
		cmocka_unit_test(test_parent_choose_no_room_at_all_is_full),
		cmocka_unit_test(test_parent_choose_more_in_use_than_maximum_is_full),
		cmocka_unit_test(test_parent_choose_by_each_key),
		cmocka_unit_test(test_parent_choose_keys_that_disagree),
		cmocka_unit_test(test_parent_rule_print_all_keys),
		cmocka_unit_test(test_parent_find_hba_by_own_names),
		cmocka_unit_test(test_parent_find_hba_by_parent_keys),
		cmocka_unit_test(test_parent_detail_none),
		cmocka_unit_test(test_parent_detail_of_the_port_itself),
		cmocka_unit_test(test_parent_detail_of_the_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
