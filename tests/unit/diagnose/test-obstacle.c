// SPDX-License-Identifier: LGPL-2.1-or-later
/* Why an HBA cannot carry a virtual port. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diagnose/obstacle.h"

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

static void assert_obstacle(const struct fc_port *port, const char *words)
{
	char buf[OBSTACLE_SIZE];

	assert_string_equal(port_obstacle(port, buf), words);
}

static void test_port_obstacle_none(void **state)
{
	assert_obstacle(&fine, "");
	assert_int_equal(port_free_vports(&fine), 250);
}

static void test_port_obstacle_of_the_port_itself(void **state)
{
	struct fc_port port = fine;

	port.is_target = true;
	assert_obstacle(&port, "is in target mode: only where a parent key names it");
	port.max_vports = 0;
	assert_obstacle(&port, "its limit of virtual ports is 0");
	port.is_capable = false;
	assert_obstacle(&port, "its driver offers no vport_create");
	assert_int_equal(port_free_vports(&port), 0);
	(void)snprintf(port.driver, sizeof(port.driver), "zfcp");
	assert_obstacle(&port,
			"zfcp makes no virtual ports: NPIV is set up in the channel");
	(void)snprintf(port.port_type, sizeof(port.port_type), "NPIV VPORT");
	assert_obstacle(&port, "is itself an NPIV port, made by its channel");
	port.is_vport = true;
	assert_obstacle(&port, "is itself a virtual port");
}

static void test_port_obstacle_of_the_moment(void **state)
{
	struct fc_port port = fine;

	port.vports_inuse = 254;
	assert_obstacle(&port, "all of its 254 virtual ports are in use");
	assert_int_equal(port_free_vports(&port), 0);
	port.vports_inuse = 300; /* a driver that lowered its limit */
	assert_int_equal(port_free_vports(&port), 0);
	(void)snprintf(port.port_type, sizeof(port.port_type), "LPort (private loop)");
	assert_obstacle(&port, "is connected without a switch, and NPIV takes one");
	port.state = PORT_LINKDOWN;
	assert_obstacle(&port, "has no link: Linkdown");
	port.wwpn = UINT64_MAX;
	assert_obstacle(&port, "its driver has not set its WWPN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_port_obstacle_none),
		cmocka_unit_test(test_port_obstacle_of_the_port_itself),
		cmocka_unit_test(test_port_obstacle_of_the_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
