// SPDX-License-Identifier: LGPL-2.1-or-later
/* The whole switch, played from both ends without a wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "bytes.h"
#include "enode.h"
#include "fabric.h"

#define SENT_MAX    64
#define HBA_LINK    0
#define TARGET_LINK 1
#define HBA_WWPN    0x2000525400000001
#define TARGET_WWPN 0x200002fc0a010001
#define VPORT_WWPN  0x5001a4a000000001

static const uint8_t hba_mac[MAC_LEN] = { 0x52, 0x54, 0, 0, 0, 1 };
static const uint8_t target_mac[MAC_LEN] = { 2, 0xfc, 0, 0, 0, 1 };
static const uint8_t switch_mac[2][MAC_LEN] = { { 2, 0, 0, 0, 0, 1 },
						{ 2, 0, 0, 0, 0, 2 } };

static struct fabric fabric;
static struct sent {
	unsigned int link;
	uint32_t delay_msec;
	struct eth_frame eth;
} sent[SENT_MAX];
static size_t n_sent;

static void collect(void *context, unsigned int link, const uint8_t *frame, size_t len,
		    uint32_t delay_msec)
{
	assert_true(len >= ETH_FRAME_MIN && len <= ETH_FRAME_MAX);
	if (n_sent == SENT_MAX)
		return;
	sent[n_sent] = (struct sent){ .link = link, .delay_msec = delay_msec };
	sent[n_sent].eth.len = len;
	memcpy(sent[n_sent++].eth.data, frame, len);
}

static int setup(void **state)
{
	fabric_init(&fabric, "a");
	fabric.send = collect;
	fabric_add_link(&fabric, HBA_LINK, FABRIC_INITIATOR, switch_mac[HBA_LINK]);
	fabric_add_link(&fabric, TARGET_LINK, FABRIC_TARGET, switch_mac[TARGET_LINK]);
	n_sent = 0;
	return 0;
}

/* The switch receives a frame; what it sent before is forgotten. */
static void receive(unsigned int link, struct eth_frame *eth)
{
	n_sent = 0;
	fabric_receive(&fabric, link, eth->data, eth->len, 1000);
}

/* The link service in FIP reply number `i`. */
static struct fc_frame fip_reply(size_t i)
{
	const uint8_t *desc = sent[i].eth.data + ETH_HEADER_LEN + FIP_HEADER_LEN;
	struct fc_frame frame;

	assert_true(i < n_sent);
	assert_int_equal(get_be16(desc - FIP_HEADER_LEN + 2), FIP_OP_LINK_SERVICE);
	assert_int_equal(fc_parse(desc + 4, desc[1] * 4u - 4, &frame), 0);
	return frame;
}

static struct fc_frame fcoe_sent(size_t i)
{
	struct fc_frame frame;

	assert_true(i < n_sent);
	assert_int_equal(fcoe_parse(sent[i].eth.data, sent[i].eth.len, &frame), 0);
	return frame;
}

static struct fc_frame send_login(unsigned int link, uint8_t desc, uint64_t wwpn)
{
	struct eth_frame eth;

	enode_login(&eth, link == HBA_LINK ? hba_mac : target_mac, switch_mac[link], desc,
		    0, wwpn, 1);
	receive(link, &eth);
	return fip_reply(n_sent - 1);
}

static uint32_t log_in(unsigned int link, uint8_t desc, uint64_t wwpn)
{
	struct fc_frame reply = send_login(link, desc, wwpn);

	assert_int_equal(reply.payload[0], ELS_LS_ACC);
	return reply.d_id;
}

static void register_for_changes(unsigned int link, uint32_t fc_id)
{
	const uint8_t scr[8] = { ELS_SCR, 0, 0, 0, 0, 0, 0, 3 };
	struct eth_frame eth;

	enode_request(&eth, switch_mac[link], fc_id, FC_ID_CONTROLLER, FC_TYPE_ELS, scr,
		      8);
	receive(link, &eth);
}

static void test_solicitation_is_answered_to_the_asker(void **state)
{
	struct eth_frame eth;

	enode_solicit(&eth, hba_mac, 2158);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 1);
	assert_int_equal(sent[0].link, HBA_LINK);
	assert_memory_equal(sent[0].eth.data, hba_mac, MAC_LEN);
	assert_memory_equal(sent[0].eth.data + MAC_LEN, switch_mac[HBA_LINK], MAC_LEN);
	assert_int_equal(sent[0].eth.len, ETH_HEADER_LEN + 2158);
}

static void test_flogi_accept_announces_npiv(void **state)
{
	struct fc_frame reply = send_login(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);

	assert_int_equal(reply.payload[0], ELS_LS_ACC);
	assert_int_equal(reply.ox_id, 0x1234);
	assert_int_equal(get_be16(reply.payload + 8), FEATURE_F_PORT | FEATURE_NPIV_ACC);
	assert_int_equal(get_be64(reply.payload + 28), fabric.fabric_name);
	fabric.npiv = false;
	reply = send_login(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	assert_int_equal(get_be16(reply.payload + 8), FEATURE_F_PORT);
}

static void test_fdisc_needs_a_physical_port(void **state)
{
	struct fc_frame reply = send_login(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);

	assert_int_equal(reply.payload[0], ELS_LS_RJT);
	assert_int_equal(reply.payload[5], ELS_REASON_LOGICAL);
	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	assert_int_not_equal(log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN), 0);
}

static void test_fdisc_limit_and_zero_name(void **state)
{
	struct fc_frame reply;

	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	reply = send_login(HBA_LINK, FIP_DESC_FDISC, 0);
	assert_int_equal(reply.payload[6], ELS_EXPLAIN_PORT_NAME);
	fabric.npiv_limit = 1;
	log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	reply = send_login(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN + 1);
	assert_int_equal(reply.payload[0], ELS_LS_RJT);
	assert_int_equal(reply.payload[6], ELS_EXPLAIN_RESOURCES);
	/* A vport that logs in again is no new one. */
	log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
}

static void test_fdisc_faults(void **state)
{
	const struct fault_rule no = { VPORT_WWPN, FAULT_REJECT, 0x0b, 0x2c };
	const struct fault_rule silence = { VPORT_WWPN, FAULT_IGNORE, 0, 0 };
	struct eth_frame eth;
	struct fc_frame reply;

	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	assert_int_equal(fault_set_rule(&fabric.fault, &no), 0);
	reply = send_login(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	assert_int_equal(reply.payload[5], 0x0b);
	assert_int_equal(reply.payload[6], 0x2c);
	assert_int_equal(fault_set_rule(&fabric.fault, &silence), 0);
	enode_login(&eth, hba_mac, switch_mac[HBA_LINK], FIP_DESC_FDISC, 0, VPORT_WWPN,
		    1);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 0);
	fabric.fault.fdisc_delay_msec = 700;
	log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN + 1);
	assert_int_equal(sent[0].delay_msec, 700);
}

static void test_frames_are_forwarded_with_new_addresses_only(void **state)
{
	const uint8_t data[16] = "sixteen bytes...";
	uint32_t from = log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	uint32_t to = log_in(TARGET_LINK, FIP_DESC_FLOGI, TARGET_WWPN);
	uint8_t mac[MAC_LEN];
	struct eth_frame eth;

	enode_request(&eth, switch_mac[HBA_LINK], from, to, FC_TYPE_FCP, data,
		      sizeof(data));
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 1);
	assert_int_equal(sent[0].link, TARGET_LINK);
	fc_id_to_mac(to, mac);
	assert_memory_equal(sent[0].eth.data, mac, MAC_LEN);
	assert_memory_equal(sent[0].eth.data + MAC_LEN, switch_mac[TARGET_LINK], MAC_LEN);
	assert_memory_equal(sent[0].eth.data + 12, eth.data + 12, eth.len - 12);
	assert_int_equal(fcoe_sent(0).s_id, from);
}

static void test_frames_under_a_wrong_address_are_dropped(void **state)
{
	uint32_t from = log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	uint32_t to = log_in(TARGET_LINK, FIP_DESC_FLOGI, TARGET_WWPN);
	uint64_t dropped = fabric.n_dropped;
	struct eth_frame eth;

	/* Another's FC_ID, a link that is not its own, nobody's FC_ID, a forged source. */
	enode_request(&eth, switch_mac[HBA_LINK], to, from, FC_TYPE_FCP, NULL, 0);
	receive(HBA_LINK, &eth);
	enode_request(&eth, switch_mac[TARGET_LINK], from, to, FC_TYPE_FCP, NULL, 0);
	receive(TARGET_LINK, &eth);
	enode_request(&eth, switch_mac[HBA_LINK], from, 0x010101, FC_TYPE_FCP, NULL, 0);
	receive(HBA_LINK, &eth);
	enode_request(&eth, switch_mac[HBA_LINK], from, to, FC_TYPE_FCP, NULL, 0);
	memcpy(eth.data + MAC_LEN, hba_mac, MAC_LEN);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 0);
	assert_int_equal(fabric.n_dropped, dropped + 4);
}

static void test_zoning_stops_frames_and_tells_the_initiator(void **state)
{
	uint32_t from = log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	uint32_t to = log_in(TARGET_LINK, FIP_DESC_FLOGI, TARGET_WWPN);
	struct eth_frame eth;

	register_for_changes(HBA_LINK, from);
	n_sent = 0;
	assert_int_equal(fabric_hide(&fabric, TARGET_WWPN, HBA_WWPN), 0);
	assert_int_equal(n_sent, 1);
	assert_int_equal(fcoe_sent(0).payload[0], ELS_RSCN);
	assert_int_equal(get_be24(fcoe_sent(0).payload + 5), to);
	enode_request(&eth, switch_mac[HBA_LINK], from, to, FC_TYPE_FCP, NULL, 0);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 0);
	assert_int_equal(fabric_show(&fabric, HBA_WWPN, TARGET_WWPN), 0);
	enode_request(&eth, switch_mac[HBA_LINK], from, to, FC_TYPE_FCP, NULL, 0);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 1);
}

static void test_scr_of_a_target_notifies_initiators(void **state)
{
	uint32_t hba = log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	uint32_t vport = log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	uint32_t target;

	register_for_changes(HBA_LINK, hba);
	register_for_changes(HBA_LINK, vport);
	assert_int_equal(n_sent, 1);
	target = log_in(TARGET_LINK, FIP_DESC_FLOGI, TARGET_WWPN);
	register_for_changes(TARGET_LINK, target);
	assert_int_equal(n_sent, 3);
	assert_int_equal(fcoe_sent(0).payload[0], ELS_LS_ACC);
	assert_int_equal(fcoe_sent(1).d_id, hba);
	assert_int_equal(fcoe_sent(2).d_id, vport);
	assert_int_equal(get_be24(fcoe_sent(2).payload + 5), target);
}

static void test_logo_and_new_flogi_end_logins(void **state)
{
	uint32_t vport;
	struct eth_frame eth;

	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	vport = log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	enode_login(&eth, hba_mac, switch_mac[HBA_LINK], FIP_DESC_LOGO, vport, VPORT_WWPN,
		    1);
	receive(HBA_LINK, &eth);
	assert_int_equal(fip_reply(0).payload[0], ELS_LS_ACC);
	assert_null(ports_by_wwpn(&fabric.ports, VPORT_WWPN));
	log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	assert_null(ports_by_wwpn(&fabric.ports, VPORT_WWPN));
	assert_non_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
}

static void test_tick_ends_logins_that_are_not_kept_alive(void **state)
{
	struct eth_frame eth;

	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	log_in(HBA_LINK, FIP_DESC_FDISC, VPORT_WWPN);
	fabric_tick(&fabric, 1000 + 20000);
	assert_non_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
	enode_keep_alive(&eth, hba_mac, switch_mac[HBA_LINK]);
	fabric_receive(&fabric, HBA_LINK, eth.data, eth.len, 15000);
	fabric_tick(&fabric, 15000 + 20000);
	assert_non_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
	fabric_tick(&fabric, 15000 + 20001);
	assert_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
	assert_null(ports_by_wwpn(&fabric.ports, VPORT_WWPN));
}

static void test_tick_advertises_once_a_period(void **state)
{
	fabric_tick(&fabric, 100);
	assert_int_equal(n_sent, 2);
	fabric_tick(&fabric, 8099);
	assert_int_equal(n_sent, 2);
	fabric_tick(&fabric, 8100);
	assert_int_equal(n_sent, 4);
	fabric_enable(&fabric, false);
	fabric_tick(&fabric, 50000);
	assert_int_equal(n_sent, 4);
}

static void test_disabled_fabric_clears_links_and_is_silent(void **state)
{
	struct eth_frame eth;

	log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	n_sent = 0;
	fabric_enable(&fabric, false);
	assert_int_equal(n_sent, 1);
	assert_int_equal(get_be16(sent[0].eth.data + ETH_HEADER_LEN + 2), FIP_OP_CONTROL);
	assert_memory_equal(sent[0].eth.data, hba_mac, MAC_LEN);
	enode_solicit(&eth, hba_mac, 2158);
	receive(HBA_LINK, &eth);
	assert_int_equal(n_sent, 0);
}

static void test_service_answers_plogi_and_refuses_the_rest(void **state)
{
	uint8_t els[ELS_LOGIN_LEN] = { ELS_PLOGI };
	uint32_t from = log_in(HBA_LINK, FIP_DESC_FLOGI, HBA_WWPN);
	struct eth_frame eth;

	enode_request(&eth, switch_mac[HBA_LINK], from, FC_ID_NAME_SERVER, FC_TYPE_ELS,
		      els, sizeof(els));
	receive(HBA_LINK, &eth);
	assert_int_equal(fcoe_sent(0).payload[0], ELS_LS_ACC);
	assert_int_equal(fcoe_sent(0).s_id, FC_ID_NAME_SERVER);
	els[0] = 0x7f;
	enode_request(&eth, switch_mac[HBA_LINK], from, FC_ID_NAME_SERVER, FC_TYPE_ELS,
		      els, 4);
	receive(HBA_LINK, &eth);
	assert_int_equal(fcoe_sent(0).payload[0], ELS_LS_RJT);
	enode_request(&eth, switch_mac[HBA_LINK], from, FC_ID_NAME_SERVER, FC_TYPE_ELS,
		      NULL, 0);
	receive(HBA_LINK, &eth);
	assert_int_equal(fcoe_sent(0).payload[0], ELS_LS_RJT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_solicitation_is_answered_to_the_asker, setup),
		cmocka_unit_test_setup(test_flogi_accept_announces_npiv, setup),
		cmocka_unit_test_setup(test_fdisc_needs_a_physical_port, setup),
		cmocka_unit_test_setup(test_fdisc_limit_and_zero_name, setup),
		cmocka_unit_test_setup(test_fdisc_faults, setup),
		cmocka_unit_test_setup(test_frames_are_forwarded_with_new_addresses_only,
				       setup),
		cmocka_unit_test_setup(test_frames_under_a_wrong_address_are_dropped,
				       setup),
		cmocka_unit_test_setup(test_zoning_stops_frames_and_tells_the_initiator,
				       setup),
		cmocka_unit_test_setup(test_scr_of_a_target_notifies_initiators, setup),
		cmocka_unit_test_setup(test_logo_and_new_flogi_end_logins, setup),
		cmocka_unit_test_setup(test_tick_ends_logins_that_are_not_kept_alive,
				       setup),
		cmocka_unit_test_setup(test_tick_advertises_once_a_period, setup),
		cmocka_unit_test_setup(test_disabled_fabric_clears_links_and_is_silent,
				       setup),
		cmocka_unit_test_setup(test_service_answers_plogi_and_refuses_the_rest,
				       setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
