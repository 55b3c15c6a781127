// SPDX-License-Identifier: LGPL-2.1-or-later
/* FC frames, their CRC, and FCoE. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "crc32.h"
#include "enode.h"
#include "frame.h"

static const uint8_t switch_mac[MAC_LEN] = { 2, 0, 0, 0, 0, 1 };
static const uint8_t payload[8] = { ELS_SCR, 0, 0, 0, 0, 0, 0, 3 };

static void test_crc32_fc_check_value_of_the_polynomial(void **state)
{
	/* The check value that catalogues of CRCs give for CRC-32. */
	assert_int_equal(crc32_fc((const uint8_t *)"123456789", 9), 0xcbf43926);
	assert_int_equal(crc32_fc(NULL, 0), 0);
}

static void test_fcoe_parse_gives_back_what_was_built(void **state)
{
	struct eth_frame eth;
	struct fc_frame frame;

	enode_request(&eth, switch_mac, 0x620001, FC_ID_CONTROLLER, FC_TYPE_ELS, payload,
		      sizeof(payload));
	assert_int_equal(eth.len, 14 + 14 + 24 + 8 + 8);
	assert_int_equal(eth.data[ETH_HEADER_LEN + FCOE_SOF_OFFSET], SOF_I3);
	assert_int_equal(fcoe_parse(eth.data, eth.len, &frame), 0);
	assert_int_equal(frame.s_id, 0x620001);
	assert_int_equal(frame.d_id, FC_ID_CONTROLLER);
	assert_int_equal(frame.ox_id, 0x42);
	assert_int_equal(frame.rx_id, FC_XID_UNKNOWN);
	assert_int_equal(frame.type, FC_TYPE_ELS);
	assert_int_equal(frame.payload_len, sizeof(payload));
	assert_memory_equal(frame.payload, payload, sizeof(payload));
}

static void test_fcoe_parse_every_flipped_byte_is_noticed(void **state)
{
	struct eth_frame eth;
	struct fc_frame frame;

	enode_request(&eth, switch_mac, 1, 2, FC_TYPE_ELS, payload, sizeof(payload));
	for (size_t i = ETH_HEADER_LEN + FCOE_HEADER_LEN; i < eth.len - 4; i++) {
		eth.data[i] ^= 0x10;
		assert_int_equal(fcoe_parse(eth.data, eth.len, &frame), -EBADMSG);
		eth.data[i] ^= 0x10;
	}
	assert_int_equal(fcoe_parse(eth.data, eth.len, &frame), 0);
}

static void test_fcoe_parse_every_truncation_is_refused(void **state)
{
	struct eth_frame eth;
	struct fc_frame frame;

	enode_request(&eth, switch_mac, 1, 2, FC_TYPE_ELS, payload, sizeof(payload));
	for (size_t len = 0; len < eth.len; len++)
		assert_int_equal(fcoe_parse(eth.data, len, &frame), -EBADMSG);
}

static void test_fcoe_parse_unknown_version_is_refused(void **state)
{
	struct eth_frame eth;
	struct fc_frame frame;

	enode_request(&eth, switch_mac, 1, 2, FC_TYPE_ELS, payload, sizeof(payload));
	eth.data[ETH_HEADER_LEN] = 0x10;
	assert_int_equal(fcoe_parse(eth.data, eth.len, &frame), -EBADMSG);
}

static void test_fc_parse_lengths(void **state)
{
	uint8_t data[FC_FRAME_MAX + 1] = { 0 };
	struct fc_frame frame;

	assert_int_equal(fc_parse(data, FC_HEADER_LEN - 1, &frame), -EBADMSG);
	assert_int_equal(fc_parse(data, FC_HEADER_LEN, &frame), 0);
	assert_int_equal(frame.payload_len, 0);
	assert_int_equal(fc_parse(data, FC_FRAME_MAX, &frame), 0);
	assert_int_equal(fc_parse(data, FC_FRAME_MAX + 1, &frame), -EBADMSG);
}

static void test_fc_reply_belongs_to_the_exchange(void **state)
{
	const struct fc_frame request = { .s_id = 0x620001,
					  .d_id = FC_ID_NAME_SERVER,
					  .type = FC_TYPE_CT,
					  .ox_id = 7 };
	struct fc_frame reply =
		fc_reply(&request, R_CTL_CT_REPLY, FC_ID_NAME_SERVER, NULL, 0);

	assert_int_equal(reply.d_id, 0x620001);
	assert_int_equal(reply.s_id, FC_ID_NAME_SERVER);
	assert_int_equal(reply.ox_id, 7);
	assert_int_equal(reply.type, FC_TYPE_CT);
	assert_int_equal(reply.f_ctl, 0x980000);
}

static void test_fc_id_to_mac_default_prefix(void **state)
{
	const uint8_t want[MAC_LEN] = { 0x0e, 0xfc, 0x00, 0x62, 0x01, 0x0a };
	uint8_t mac[MAC_LEN];

	fc_id_to_mac(0x62010a, mac);
	assert_memory_equal(mac, want, MAC_LEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_crc32_fc_check_value_of_the_polynomial),
		cmocka_unit_test(test_fcoe_parse_gives_back_what_was_built),
		cmocka_unit_test(test_fcoe_parse_every_flipped_byte_is_noticed),
		cmocka_unit_test(test_fcoe_parse_every_truncation_is_refused),
		cmocka_unit_test(test_fcoe_parse_unknown_version_is_refused),
		cmocka_unit_test(test_fc_parse_lengths),
		cmocka_unit_test(test_fc_reply_belongs_to_the_exchange),
		cmocka_unit_test(test_fc_id_to_mac_default_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
