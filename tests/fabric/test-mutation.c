// SPDX-License-Identifier: LGPL-2.1-or-later
/* Any bytes on the wire: frames of an HBA with a few bytes changed or cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "enode.h"
#include "fabric.h"

#define HBA_WWPN   0x2000525400000001
#define VPORT_WWPN 0x5001a4a000000001

static const uint8_t hba_mac[MAC_LEN] = { 0x52, 0x54, 0, 0, 0, 1 };
static const uint8_t switch_mac[MAC_LEN] = { 2, 0, 0, 0, 0, 1 };

static struct fabric fabric;
static uint64_t n_sent;

static void count(void *context, unsigned int link, const uint8_t *frame, size_t len,
		  uint32_t delay_msec)
{
	assert_true(len >= ETH_FRAME_MIN && len <= ETH_FRAME_MAX);
	n_sent++;
}

static int setup(void **state)
{
	fabric_init(&fabric, "a");
	fabric.send = count;
	fabric_add_link(&fabric, 0, FABRIC_INITIATOR, switch_mac);
	return 0;
}

/* One of the frames that HBAs send. */
static void make_frame(struct eth_frame *eth, int kind)
{
	const uint8_t ct[40] = { CT_REVISION,	 0, 0, 0, CT_DIRECTORY,
				 CT_NAME_SERVER, 0, 0, 1, 0x72 };

	switch (kind % 5) {
	case 0:
		enode_solicit(eth, hba_mac, 2158);
		break;
	case 1:
		enode_login(eth, hba_mac, switch_mac, FIP_DESC_FLOGI, 0, HBA_WWPN, 1);
		break;
	case 2:
		enode_login(eth, hba_mac, switch_mac, FIP_DESC_FDISC, 0, VPORT_WWPN, 1);
		break;
	case 3:
		enode_keep_alive(eth, hba_mac, switch_mac);
		break;
	default:
		enode_request(eth, switch_mac, fabric.ports.ports[0].fc_id,
			      FC_ID_NAME_SERVER, FC_TYPE_CT, ct, sizeof(ct));
		break;
	}
}

/* Whatever bytes come, the switch neither crashes nor sends what is no frame (see count). */
static void test_receive_survives_mutated_frames(void **state)
{
	const uint64_t rounds = 200000;
	struct eth_frame eth;

	srand(1);
	make_frame(&eth, 1);
	fabric_receive(&fabric, 0, eth.data, eth.len, 0);
	assert_non_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
	for (uint64_t i = 0; i < rounds; i++) {
		make_frame(&eth, rand());
		for (int n = rand() % 4; n > 0; n--)
			eth.data[12 + (size_t)rand() % (eth.len - 12)] = (uint8_t)rand();
		if (rand() % 3 == 0)
			eth.len = (size_t)rand() % (eth.len + 1);
		fabric_receive(&fabric, 0, eth.data, eth.len, i);
	}
	/* Many were understood, and the switch still takes a login. */
	assert_true(n_sent >= rounds / 10 && n_sent <= rounds * 2);
	make_frame(&eth, 1);
	fabric_receive(&fabric, 0, eth.data, eth.len, rounds);
	assert_non_null(ports_by_wwpn(&fabric.ports, HBA_WWPN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_receive_survives_mutated_frames, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
