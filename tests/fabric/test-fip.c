// SPDX-License-Identifier: LGPL-2.1-or-later
/* FIP messages in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "bytes.h"
#include "enode.h"
#include "fip.h"

static const uint8_t hba[MAC_LEN] = { 0x52, 0x54, 0, 0, 0, 1 };
static const struct fip_switch self = {
	.mac = { 2, 0, 0, 0, 0, 1 },
	.switch_name = 0x10000efc00620001,
	.fabric_name = 0x10000efc00620000,
	.keep_alive_msec = 8000,
};

/* The descriptor of a type in a FIP frame that was built, or NULL. */
static const uint8_t *find_desc(const struct eth_frame *eth, uint8_t type)
{
	const uint8_t *p = eth->data + ETH_HEADER_LEN + FIP_HEADER_LEN;
	const uint8_t *end = p + get_be16(eth->data + ETH_HEADER_LEN + 6) * 4;

	for (; p < end; p += p[1] * 4)
		if (p[0] == type)
			return p;
	return NULL;
}

static void test_fip_parse_solicitation(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_solicit(&eth, hba, 2158);
	assert_int_equal(fip_parse(eth.data, eth.len, &message), 0);
	assert_int_equal(message.op, FIP_OP_DISCOVERY);
	assert_int_equal(message.subcode, FIP_SOLICITATION);
	assert_true(message.has_mac);
	assert_memory_equal(message.mac, hba, MAC_LEN);
	assert_int_equal(message.size, 2158);
}

static void test_fip_parse_flogi(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_login(&eth, hba, self.mac, FIP_DESC_FLOGI, 0, 0x2000525400000001, 1);
	assert_int_equal(fip_parse(eth.data, eth.len, &message), 0);
	assert_int_equal(message.els_desc, FIP_DESC_FLOGI);
	assert_int_equal(message.els.d_id, FC_ID_FABRIC);
	assert_int_equal(message.els.ox_id, 0x1234);
	assert_int_equal(message.els.payload[0], ELS_FLOGI);
	assert_int_equal(message.els.payload_len, ELS_LOGIN_LEN);
}

static void test_fip_parse_every_truncation_is_refused(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_login(&eth, hba, self.mac, FIP_DESC_FDISC, 0, 1, 1);
	for (size_t len = 0; len < eth.len; len++)
		assert_int_equal(fip_parse(eth.data, len, &message), -EBADMSG);
}

static void test_fip_parse_wrong_descriptor_lengths(void **state)
{
	struct fip_message message;
	struct eth_frame eth;
	uint8_t *dlen = eth.data + ETH_HEADER_LEN + FIP_HEADER_LEN + 1;

	enode_solicit(&eth, hba, 2158);
	for (int words = 0; words < 256; words++) {
		*dlen = (uint8_t)words;
		assert_int_equal(fip_parse(eth.data, eth.len, &message),
				 words == 2 ? 0 : -EBADMSG);
	}
}

static void test_fip_parse_descriptor_twice(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_begin(&eth, hba, self.mac, FIP_OP_CONTROL, FIP_KEEP_ALIVE);
	enode_append_desc(&eth, FIP_DESC_MAC, hba, MAC_LEN);
	enode_append_desc(&eth, FIP_DESC_MAC, hba, MAC_LEN);
	enode_end(&eth);
	assert_int_equal(fip_parse(eth.data, eth.len, &message), -EBADMSG);
}

static void test_fip_parse_unknown_descriptors(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_begin(&eth, hba, self.mac, FIP_OP_CONTROL, FIP_KEEP_ALIVE);
	enode_append_desc(&eth, 200, "vendor", 6);
	enode_end(&eth);
	assert_int_equal(fip_parse(eth.data, eth.len, &message), 0);

	/* Below 128 a descriptor is critical: who does not know it drops the message. */
	enode_begin(&eth, hba, self.mac, FIP_OP_CONTROL, FIP_KEEP_ALIVE);
	enode_append_desc(&eth, 100, "vendor", 6);
	enode_end(&eth);
	assert_int_equal(fip_parse(eth.data, eth.len, &message), -EBADMSG);
}

static void test_fip_parse_other_version(void **state)
{
	struct fip_message message;
	struct eth_frame eth;

	enode_solicit(&eth, hba, 2158);
	eth.data[ETH_HEADER_LEN] = 2 << 4;
	assert_int_equal(fip_parse(eth.data, eth.len, &message), -EBADMSG);
}

static void test_fip_build_advertisement_proves_the_size(void **state)
{
	struct eth_frame eth;

	fip_build_advertisement(&eth, &self, hba, true, 2158);
	assert_int_equal(eth.len, ETH_HEADER_LEN + 2158);
	assert_memory_equal(eth.data, hba, MAC_LEN);
	assert_int_equal(get_be16(eth.data + ETH_HEADER_LEN + 8),
			 FIP_FLAG_FPMA | FIP_FLAG_AVAILABLE | FIP_FLAG_SOLICITED |
				 FIP_FLAG_F_PORT);
	assert_int_equal(get_be64(find_desc(&eth, FIP_DESC_NAME) + 4), self.switch_name);
	assert_int_equal(get_be64(find_desc(&eth, FIP_DESC_FABRIC) + 8),
			 self.fabric_name);
	assert_int_equal(get_be24(find_desc(&eth, FIP_DESC_FABRIC) + 5), FC_MAP);
	assert_int_equal(get_be32(find_desc(&eth, FIP_DESC_KEEP_ALIVE) + 4), 8000);
	assert_non_null(find_desc(&eth, FIP_DESC_PRIORITY));
	assert_memory_equal(find_desc(&eth, FIP_DESC_MAC) + 2, self.mac, MAC_LEN);
}

static void test_fip_build_advertisement_absurd_size_is_bounded(void **state)
{
	struct eth_frame eth;

	fip_build_advertisement(&eth, &self, hba, true, UINT16_MAX);
	assert_true(eth.len <= sizeof(eth.data));
}

static void test_fip_build_els_reply_carries_frame_and_mac(void **state)
{
	const uint8_t payload[8] = { ELS_LS_ACC };
	const uint8_t granted[MAC_LEN] = { 0x0e, 0xfc, 0, 0x62, 0, 1 };
	const struct fc_frame els = { .d_id = 0x620001,
				      .payload = payload,
				      .payload_len = 8 };
	const uint8_t *desc;
	struct eth_frame eth;

	fip_build_els_reply(&eth, &self, hba, FIP_DESC_FDISC, &els, granted);
	desc = find_desc(&eth, FIP_DESC_FDISC);
	assert_non_null(desc);
	assert_int_equal(desc[1] * 4, 4 + FC_HEADER_LEN + 8);
	assert_int_equal(get_be24(desc + 5), 0x620001);
	assert_memory_equal(find_desc(&eth, FIP_DESC_MAC) + 2, granted, MAC_LEN);
	fip_build_els_reply(&eth, &self, hba, FIP_DESC_FDISC, &els, NULL);
	assert_null(find_desc(&eth, FIP_DESC_MAC));
}

static void test_fip_build_clear_names_each_port(void **state)
{
	const struct fip_virtual_link links[] = { { 0x620001, 0x5001 },
						  { 0x620002, 0x5002 } };
	struct fip_virtual_link many[FIP_CLEAR_MAX + 10] = { 0 };
	const uint8_t *desc;
	struct eth_frame eth;

	fip_build_clear(&eth, &self, hba, links, 2);
	desc = find_desc(&eth, FIP_DESC_VN_PORT);
	assert_int_equal(get_be24(desc + 9), 0x620001);
	assert_int_equal(get_be64(desc + 12), 0x5001);
	assert_int_equal(get_be64(desc + 20 + 12), 0x5002);
	fip_build_clear(&eth, &self, hba, many, FIP_CLEAR_MAX + 10);
	assert_true(eth.len <= sizeof(eth.data));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fip_parse_solicitation),
		cmocka_unit_test(test_fip_parse_flogi),
		cmocka_unit_test(test_fip_parse_every_truncation_is_refused),
		cmocka_unit_test(test_fip_parse_wrong_descriptor_lengths),
		cmocka_unit_test(test_fip_parse_descriptor_twice),
		cmocka_unit_test(test_fip_parse_unknown_descriptors),
		cmocka_unit_test(test_fip_parse_other_version),
		cmocka_unit_test(test_fip_build_advertisement_proves_the_size),
		cmocka_unit_test(test_fip_build_advertisement_absurd_size_is_bounded),
		cmocka_unit_test(test_fip_build_els_reply_carries_frame_and_mac),
		cmocka_unit_test(test_fip_build_clear_names_each_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
