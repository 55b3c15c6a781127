// SPDX-License-Identifier: LGPL-2.1-or-later
/* Differences between two looks: each kind of device comes, goes and changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ctl/host-event.h"

/* What was told, one line an event. */
struct told {
	char text[2048];
	size_t length;
};

static void tell(const struct host_event *event, void *context)
{
	struct told *told = context;

	told->length += (size_t)snprintf(
		told->text + told->length, sizeof(told->text) - told->length,
		"%s %s %s %s [%s] [%s]\n", event_object_to_string(event->object),
		event->name, event_kind_to_string(event->kind),
		event->attribute ? event->attribute : "-", event->before, event->after);
}

static void compare(const struct inventory *before, const struct inventory *after,
		    const char *wanted)
{
	struct told told = { 0 };

	inventory_compare(before, after, tell, &told);
	assert_string_equal(told.text, wanted);
}

static struct fc_port ports[] = {
	{ .host = 7, .wwpn = 0x71, .state = PORT_ONLINE, .speed = "16 Gbit" },
	{ .host = 8, .wwpn = 0x81, .state = PORT_ONLINE, .is_vport = true },
};
static struct fc_vport vports[] = {
	{ .sysname = "vport-7:0-2", .parent_host = 7, .state = VPORT_ACTIVE },
	{ .sysname = "vport-7:0-10", .parent_host = 7, .state = VPORT_ACTIVE },
};
static struct fc_rport rports[] = {
	{ .sysname = "rport-8:0-0", .host = 8, .wwpn = 0x91, .state = PORT_ONLINE },
};
static struct fc_lun luns[] = {
	{ .host = 8, .lun = 0, .state = "running", .disk = "sda", .size = 512 },
	{ .host = 8, .lun = 1, .kernel_lun = 1, .state = "running" },
};

static struct inventory everything(void)
{
	return (struct inventory){
		.ports = ports,
		.n_ports = ARRAY_SIZE(ports),
		.vports = vports,
		.n_vports = ARRAY_SIZE(vports),
		.rports = rports,
		.n_rports = ARRAY_SIZE(rports),
		.luns = luns,
		.n_luns = ARRAY_SIZE(luns),
	};
}

static void test_inventory_compare_same(void **state)
{
	const struct inventory all = everything();

	compare(&all, &all, "");
}

static void test_inventory_compare_coming_and_going(void **state)
{
	const struct inventory all = everything(), none = { 0 };

	compare(&none, &all,
		"hba host7 added - [] [Online]\n"
		"port host8 added - [] [Online]\n"
		"vport vport-7:0-2 added - [] [Active]\n"
		"vport vport-7:0-10 added - [] [Active]\n"
		"rport rport-8:0-0 added - [] [Online]\n"
		"lun 8:0:0:0 added - [] [running]\n"
		"lun 8:0:0:1 added - [] [running]\n");
	compare(&all, &none,
		"hba host7 removed - [Online] []\n"
		"port host8 removed - [Online] []\n"
		"vport vport-7:0-2 removed - [Active] []\n"
		"vport vport-7:0-10 removed - [Active] []\n"
		"rport rport-8:0-0 removed - [Online] []\n"
		"lun 8:0:0:0 removed - [running] []\n"
		"lun 8:0:0:1 removed - [running] []\n");
}

static void test_inventory_compare_one_of_many(void **state)
{
	const struct inventory all = everything();
	struct inventory fewer = everything();

	fewer.vports = &vports[1];
	fewer.n_vports = 1;
	fewer.n_luns = 1;
	compare(&all, &fewer,
		"vport vport-7:0-2 removed - [Active] []\n"
		"lun 8:0:0:1 removed - [running] []\n");
	compare(&fewer, &all,
		"vport vport-7:0-2 added - [] [Active]\n"
		"lun 8:0:0:1 added - [] [running]\n");
}

static void test_inventory_compare_attributes(void **state)
{
	const struct inventory all = everything();
	struct inventory changed = everything();
	struct fc_port other_ports[ARRAY_SIZE(ports)];
	struct fc_lun other_luns[ARRAY_SIZE(luns)];

	memcpy(other_ports, ports, sizeof(ports));
	memcpy(other_luns, luns, sizeof(luns));
	other_ports[0].state = PORT_LINKDOWN;
	other_ports[0].vports_inuse = 2;
	other_luns[0].size = 1024;
	(void)snprintf(other_luns[0].wwid, sizeof(other_luns[0].wwid), "naa.5");
	(void)snprintf(other_luns[1].state, sizeof(other_luns[1].state), "blocked");
	changed.ports = other_ports;
	changed.luns = other_luns;
	compare(&all, &changed,
		"hba host7 changed state [Online] [Linkdown]\n"
		"hba host7 changed vports [0] [2]\n"
		"lun 8:0:0:0 changed size [512] [1024]\n"
		"lun 8:0:0:0 changed wwid [] [naa.5]\n"
		"lun 8:0:0:1 changed state [running] [blocked]\n");
}

static void test_links_compare(void **state)
{
	char *const names[] = { strdup("web/0"), strdup("web/1"), strdup("web/0"),
				strdup("web/2") };
	char *const targets[] = { strdup("sda"), strdup("sdb"), strdup("dm-0"),
				  strdup("sdc") };
	struct link_list before = { 0 }, after = { 0 };
	struct told told = { 0 };

	for (size_t i = 4; i-- > 0;) { /* in the wrong order */
		struct link_list *list = i < 2 ? &before : &after;
		struct named_link *link =
			array_grow(&list->links, list->n++, sizeof(*link));

		assert_non_null(link);
		*link = (struct named_link){ names[i], targets[i] };
	}
	link_list_sort(&before);
	link_list_sort(&after);
	links_compare(&before, &after, tell, &told);
	assert_string_equal(told.text, "link web/0 changed target [sda] [dm-0]\n"
				       "link web/1 removed - [sdb] []\n"
				       "link web/2 added - [] [sdc]\n");
	link_list_done(&before);
	link_list_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inventory_compare_same),
		cmocka_unit_test(test_inventory_compare_coming_and_going),
		cmocka_unit_test(test_inventory_compare_one_of_many),
		cmocka_unit_test(test_inventory_compare_attributes),
		cmocka_unit_test(test_links_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
