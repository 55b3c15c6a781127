// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of ports, zoning, injected faults and the queue of delayed frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "delay-queue.h"
#include "fault.h"
#include "port.h"
#include "zone.h"

static struct port_table table;

static int setup(void **state)
{
	memset(&table, 0, sizeof(table));
	table.domain = 0x62;
	return 0;
}

static struct port *log_in(unsigned int link, bool is_virtual, uint64_t wwpn)
{
	struct port *port;

	assert_int_equal(ports_login(&table, link, is_virtual, wwpn, 1, &port), 0);
	return port;
}

static void test_ports_login_fc_id_says_domain_and_link(void **state)
{
	assert_int_equal(log_in(3, false, 0x10)->fc_id, 0x620300);
	assert_int_equal(log_in(3, true, 0x11)->fc_id, 0x620301);
	assert_int_equal(log_in(3, true, 0x12)->fc_id, 0x620302);
	assert_int_equal(ports_count_virtual(&table, 3), 2);
}

static void test_ports_login_same_wwpn_gets_its_id_back(void **state)
{
	uint32_t fc_id;

	log_in(0, true, 0x10);
	fc_id = log_in(0, true, 0x11)->fc_id;
	port_logout(ports_by_wwpn(&table, 0x10));
	port_logout(ports_by_wwpn(&table, 0x11));
	assert_null(ports_by_id(&table, fc_id));
	assert_int_equal(log_in(0, true, 0x12)->fc_id, fc_id + 1);
	assert_int_equal(log_in(0, true, 0x11)->fc_id, fc_id);
}

static void test_ports_login_wwpn_elsewhere_is_refused(void **state)
{
	struct port *port;

	log_in(0, true, 0x10);
	assert_int_equal(ports_login(&table, 1, true, 0x10, 1, &port), -EADDRINUSE);
	assert_int_equal(ports_login(&table, 0, false, 0x10, 1, &port), -EADDRINUSE);
	log_in(0, false, 0x20);
	assert_int_equal(ports_login(&table, 0, false, 0x21, 1, &port), -EADDRINUSE);
}

static void test_ports_login_until_the_link_is_full(void **state)
{
	struct port *port;

	for (uint64_t i = 1; i <= 255; i++)
		log_in(0, true, i);
	assert_int_equal(ports_login(&table, 0, true, 999, 1, &port), -ENOSPC);
	port_logout(ports_by_wwpn(&table, 7));
	assert_int_equal(log_in(0, true, 999)->fc_id, 0x620007);
}

static void test_ports_login_until_the_table_is_full(void **state)
{
	struct port *port;
	int r = 0;
	uint64_t n = 0;

	while (r == 0)
		r = ports_login(&table, (unsigned int)(n / 200), true, 1000 + n, 1,
				&port),
		n++;
	assert_int_equal(r, -ENOSPC);
	assert_int_equal(n - 1, PORTS_MAX);
}

static void test_zone_hide_works_both_ways(void **state)
{
	struct zone zone = { 0 };

	assert_true(zone_allows(&zone, 1, 2));
	assert_int_equal(zone_hide(&zone, 1, 2), 0);
	assert_false(zone_allows(&zone, 1, 2));
	assert_false(zone_allows(&zone, 2, 1));
	assert_true(zone_allows(&zone, 1, 3));
	assert_int_equal(zone_show(&zone, 2, 1), 0);
	assert_true(zone_allows(&zone, 1, 2));
	assert_int_equal(zone_show(&zone, 2, 1), -ENOENT);
}

static void test_zone_hide_zero_is_everybody(void **state)
{
	struct zone zone = { 0 };

	assert_int_equal(zone_hide(&zone, 1, 0), 0);
	assert_false(zone_allows(&zone, 1, 77));
	assert_false(zone_allows(&zone, 77, 1));
	assert_true(zone_allows(&zone, 77, 78));
}

static void test_zone_hide_list_is_bounded(void **state)
{
	struct zone zone = { 0 };

	for (uint64_t i = 0; i < ZONE_HIDES_MAX; i++)
		assert_int_equal(zone_hide(&zone, 1, 100 + i), 0);
	assert_int_equal(zone_hide(&zone, 2, 3), -ENOSPC);
	assert_int_equal(zone_hide(&zone, 1, 100), 0);
}

static void test_fault_rule_for_own_rule_wins(void **state)
{
	const struct fault_rule all = { .action = FAULT_REJECT, .reason = 5 };
	const struct fault_rule one = { .wwpn = 7, .action = FAULT_IGNORE };
	const struct fault_rule none = { .action = FAULT_ACCEPT };
	struct fault fault = { 0 };

	assert_int_equal(fault_rule_for(&fault, 7).action, FAULT_ACCEPT);
	assert_int_equal(fault_set_rule(&fault, &one), 0);
	assert_int_equal(fault_set_rule(&fault, &all), 0);
	assert_int_equal(fault_rule_for(&fault, 7).action, FAULT_IGNORE);
	assert_int_equal(fault_rule_for(&fault, 8).action, FAULT_REJECT);
	assert_int_equal(fault_rule_for(&fault, 8).reason, 5);
	assert_int_equal(fault_set_rule(&fault, &none), 0);
	assert_int_equal(fault_rule_for(&fault, 7).action, FAULT_ACCEPT);
}

static void test_fault_drops_frame_about_as_many_as_asked(void **state)
{
	struct fault fault = { .random = 1 };
	int n = 0;

	for (int i = 0; i < 1000; i++)
		n += fault_drops_frame(&fault);
	assert_int_equal(n, 0);
	fault.drop_percent = 20;
	for (int i = 0; i < 10000; i++)
		n += fault_drops_frame(&fault);
	assert_true(n >= 1700 && n <= 2300);
	fault.drop_percent = 100;
	assert_true(fault_drops_frame(&fault));
}

static unsigned int pop_link(struct delay_queue *queue, uint64_t now_msec)
{
	struct delayed_frame *frame = delay_queue_pop(queue, now_msec);
	unsigned int link;

	assert_non_null(frame);
	link = frame->link;
	free(frame);
	return link;
}

static void test_delay_queue_pop_in_order_of_time(void **state)
{
	struct delay_queue queue = { 0 };

	assert_int_equal(delay_queue_due(&queue), UINT64_MAX);
	assert_int_equal(delay_queue_push(&queue, 1, (const uint8_t *)"x", 1, 300), 0);
	assert_int_equal(delay_queue_push(&queue, 2, (const uint8_t *)"x", 1, 100), 0);
	assert_int_equal(delay_queue_push(&queue, 3, (const uint8_t *)"x", 1, 300), 0);
	assert_int_equal(delay_queue_due(&queue), 100);
	assert_null(delay_queue_pop(&queue, 99));
	assert_int_equal(pop_link(&queue, 100), 2);
	assert_null(delay_queue_pop(&queue, 299));
	assert_int_equal(pop_link(&queue, 300), 1);
	assert_int_equal(pop_link(&queue, 300), 3);
	assert_int_equal(queue.n_frames, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_ports_login_fc_id_says_domain_and_link,
				       setup),
		cmocka_unit_test_setup(test_ports_login_same_wwpn_gets_its_id_back,
				       setup),
		cmocka_unit_test_setup(test_ports_login_wwpn_elsewhere_is_refused, setup),
		cmocka_unit_test_setup(test_ports_login_until_the_link_is_full, setup),
		cmocka_unit_test_setup(test_ports_login_until_the_table_is_full, setup),
		cmocka_unit_test(test_zone_hide_works_both_ways),
		cmocka_unit_test(test_zone_hide_zero_is_everybody),
		cmocka_unit_test(test_zone_hide_list_is_bounded),
		cmocka_unit_test(test_fault_rule_for_own_rule_wins),
		cmocka_unit_test(test_fault_drops_frame_about_as_many_as_asked),
		cmocka_unit_test(test_delay_queue_pop_in_order_of_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
