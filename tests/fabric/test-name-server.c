// SPDX-License-Identifier: LGPL-2.1-or-later
/* The name server's answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "bytes.h"
#include "name-server.h"

#define N_TARGETS 3

/* An initiator and three targets; `hidden` is not shown. */
struct world {
	struct port_table table;
	struct port *initiator;
	struct port *target[N_TARGETS];
	const struct port *hidden;
	struct name_server server;
	uint8_t reply[FC_PAYLOAD_MAX];
	size_t len;
};

static bool shows(const void *context, const struct port *asker, const struct port *other)
{
	const struct world *world = context;

	return other != asker && other != world->hidden;
}

static int setup(void **state)
{
	static struct world world;

	memset(&world, 0, sizeof(world));
	world.table.domain = 0x62;
	world.server = (struct name_server){ &world.table, shows, &world };
	assert_int_equal(
		ports_login(&world.table, 0, false, 0xaaaa, 0xa0, &world.initiator), 0);
	for (unsigned int i = 0; i < N_TARGETS; i++) {
		assert_int_equal(ports_login(&world.table, i + 1, false, 0xb000 + i, 0xb0,
					     &world.target[i]),
				 0);
		world.target[i]->fc4_types[2] = 1;
	}
	*state = &world;
	return 0;
}

/* Asks as the initiator; the command of the answer. */
static uint16_t ask(struct world *world, uint16_t command, const uint8_t *args,
		    size_t len)
{
	uint8_t request[FC_PAYLOAD_MAX] = { CT_REVISION,   0, 0, 0, CT_DIRECTORY,
					    CT_NAME_SERVER };

	put_be16(request + 8, command);
	if (len > 0)
		memcpy(request + CT_HEADER_LEN, args, len);
	world->len = name_server_answer(&world->server, world->initiator, request,
					CT_HEADER_LEN + len, world->reply);
	assert_true(world->len >= CT_HEADER_LEN && world->len <= FC_PAYLOAD_MAX);
	assert_int_equal(world->len % 4, 0);
	return get_be16(world->reply + 8);
}

static void assert_rejected(const struct world *world, uint8_t reason,
			    uint8_t explanation)
{
	assert_int_equal(get_be16(world->reply + 8), CT_REJECT);
	assert_int_equal(world->len, CT_HEADER_LEN);
	assert_int_equal(world->reply[13], reason);
	assert_int_equal(world->reply[14], explanation);
}

static void test_gpn_ft_lists_all_and_marks_the_last(void **state)
{
	const uint8_t fcp[4] = { 0, 0, 0, FC_TYPE_FCP };
	struct world *world = *state;
	const uint8_t *entry = world->reply + CT_HEADER_LEN;

	assert_int_equal(ask(world, NS_GPN_FT, fcp, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + N_TARGETS * 16);
	for (unsigned int i = 0; i < N_TARGETS; i++, entry += 16) {
		assert_int_equal(entry[0], i == N_TARGETS - 1 ? NS_LAST_ENTRY : 0);
		assert_int_equal(get_be24(entry + 1), world->target[i]->fc_id);
		assert_int_equal(get_be64(entry + 8), 0xb000 + i);
	}
}

static void test_gpn_ft_nobody_is_what_libfc_takes_for_success(void **state)
{
	const uint8_t ip[4] = { 0, 0, 0, 5 };
	struct world *world = *state;

	ask(world, NS_GPN_FT, ip, 4);
	assert_rejected(world, CT_REASON_UNABLE, CT_EXPLAIN_FC4_TYPES);
}

static void test_gpn_ft_hidden_and_gone_ports_are_left_out(void **state)
{
	const uint8_t fcp[4] = { 0, 0, 0, FC_TYPE_FCP };
	struct world *world = *state;

	world->hidden = world->target[0];
	port_logout(world->target[2]);
	assert_int_equal(ask(world, NS_GPN_FT, fcp, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + 16);
	assert_int_equal(get_be64(world->reply + CT_HEADER_LEN + 8), 0xb001);
}

static void test_gpn_ft_more_ports_than_fit_into_a_frame(void **state)
{
	const uint8_t fcp[4] = { 0, 0, 0, FC_TYPE_FCP };
	struct world *world = *state;
	struct port *port;

	for (unsigned int i = 0; i < 200; i++) {
		assert_int_equal(
			ports_login(&world->table, 9, true, 0xc000 + i, 1, &port), 0);
		port->fc4_types[2] = 1;
	}
	assert_int_equal(ask(world, NS_GPN_FT, fcp, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + 131 * 16);
	assert_int_equal(world->reply[world->len - 16], NS_LAST_ENTRY);
}

static void test_gid_ft_and_gid_pt_list_ids(void **state)
{
	const uint8_t fcp[4] = { 0, 0, 0, FC_TYPE_FCP };
	const uint8_t n_port[4] = { NS_PORT_TYPE_N };
	struct world *world = *state;

	assert_int_equal(ask(world, NS_GID_FT, fcp, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + N_TARGETS * 4);
	assert_int_equal(world->reply[world->len - 4], NS_LAST_ENTRY);
	assert_int_equal(ask(world, NS_GID_PT, n_port, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + N_TARGETS * 4);
}

static void test_get_by_id_names_of_a_port(void **state)
{
	struct world *world = *state;
	uint8_t id[4] = { 0 };

	put_be24(id + 1, world->target[1]->fc_id);
	assert_int_equal(ask(world, NS_GPN_ID, id, 4), CT_ACCEPT);
	assert_int_equal(get_be64(world->reply + CT_HEADER_LEN), 0xb001);
	assert_int_equal(ask(world, NS_GNN_ID, id, 4), CT_ACCEPT);
	assert_int_equal(get_be64(world->reply + CT_HEADER_LEN), 0xb0);
	world->hidden = world->target[1];
	ask(world, NS_GPN_ID, id, 4);
	assert_rejected(world, CT_REASON_UNABLE, CT_EXPLAIN_PORT_ID);
}

static void test_gid_pn_finds_by_name(void **state)
{
	struct world *world = *state;
	uint8_t name[8];

	put_be64(name, 0xb002);
	assert_int_equal(ask(world, NS_GID_PN, name, 8), CT_ACCEPT);
	assert_int_equal(get_be24(world->reply + CT_HEADER_LEN + 1),
			 world->target[2]->fc_id);
	put_be64(name, 0xdead);
	ask(world, NS_GID_PN, name, 8);
	assert_rejected(world, CT_REASON_UNABLE, CT_EXPLAIN_PORT_NAME);
}

static void test_register_types_and_features(void **state)
{
	struct world *world = *state;
	uint8_t types[4 + PORT_FC4_LEN] = { 0 };
	uint8_t features[8] = { 0, 0, 0, 0, 0, 0, 2, FC_TYPE_FCP };

	put_be24(types + 1, world->initiator->fc_id);
	types[4 + 2] = 1;
	assert_false(port_has_fc4_type(world->initiator, FC_TYPE_FCP));
	assert_int_equal(ask(world, NS_RFT_ID, types, sizeof(types)), CT_ACCEPT);
	assert_true(port_has_fc4_type(world->initiator, FC_TYPE_FCP));
	assert_false(port_has_fc4_type(world->initiator, FC_TYPE_CT));
	put_be24(features + 1, world->initiator->fc_id);
	assert_int_equal(ask(world, NS_RFF_ID, features, 8), CT_ACCEPT);
	assert_int_equal(world->initiator->fcp_features, 2);
}

static void test_register_for_another_port_is_refused(void **state)
{
	struct world *world = *state;
	uint8_t types[4 + PORT_FC4_LEN] = { 0 };

	put_be24(types + 1, world->target[0]->fc_id);
	ask(world, NS_RFT_ID, types, sizeof(types));
	assert_rejected(world, CT_REASON_UNABLE, CT_EXPLAIN_PORT_ID);
	assert_true(port_has_fc4_type(world->target[0], FC_TYPE_FCP));
}

static void test_rspn_id_name_is_bounded_and_printable(void **state)
{
	struct world *world = *state;
	uint8_t args[5 + 255] = { 0 };

	put_be24(args + 1, world->initiator->fc_id);
	args[4] = 6;
	memcpy(args + 5, "a\n\"b\x80z", 6);
	assert_int_equal(ask(world, NS_RSPN_ID, args, 11), CT_ACCEPT);
	assert_string_equal(world->initiator->symbolic_name, "a?\"b?z");
	args[4] = 200;
	ask(world, NS_RSPN_ID, args, 11);
	assert_rejected(world, CT_REASON_UNABLE, CT_EXPLAIN_PORT_ID);
	memset(args + 5, 'x', 255);
	args[4] = 255;
	assert_int_equal(ask(world, NS_RSPN_ID, args, 260), CT_ACCEPT);
	assert_int_equal(strlen(world->initiator->symbolic_name), 255);
	assert_int_equal(ask(world, NS_GSPN_ID, args, 4), CT_ACCEPT);
	assert_int_equal(world->len, CT_HEADER_LEN + 256);
}

static void test_requests_that_are_too_short(void **state)
{
	static const uint16_t commands[] = {
		NS_GPN_ID, NS_GNN_ID,  NS_GSPN_ID, NS_GFF_ID, NS_GID_PN, NS_GID_NN,
		NS_GID_FT, NS_GPN_FT,  NS_GNN_FT,  NS_GID_PT, NS_RPN_ID, NS_RNN_ID,
		NS_RFT_ID, NS_RSPN_ID, NS_RFF_ID,  NS_RSNN_NN
	};
	const uint8_t args[3] = { 0 };
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		ask(world, commands[i], args, 3);
		assert_rejected(world, CT_REASON_SIZE, CT_EXPLAIN_NONE);
	}
}

static void test_answer_to_what_is_no_request(void **state)
{
	const uint8_t other_service[CT_HEADER_LEN] = { CT_REVISION, 0, 0, 0, 0xfa, 0x10 };
	const uint8_t other_revision[CT_HEADER_LEN] = { 9 };
	struct world *world = *state;

	ask(world, 0x7777, NULL, 0);
	assert_rejected(world, CT_REASON_UNSUPPORTED, CT_EXPLAIN_NONE);
	world->len = name_server_answer(&world->server, world->initiator, other_service,
					CT_HEADER_LEN, world->reply);
	assert_rejected(world, CT_REASON_UNSUPPORTED, CT_EXPLAIN_NONE);
	world->len = name_server_answer(&world->server, world->initiator, other_revision,
					CT_HEADER_LEN, world->reply);
	assert_rejected(world, CT_REASON_VERSION, CT_EXPLAIN_NONE);
	world->len = name_server_answer(&world->server, world->initiator, other_revision,
					3, world->reply);
	assert_rejected(world, CT_REASON_SIZE, CT_EXPLAIN_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_gpn_ft_lists_all_and_marks_the_last, setup),
		cmocka_unit_test_setup(test_gpn_ft_nobody_is_what_libfc_takes_for_success,
				       setup),
		cmocka_unit_test_setup(test_gpn_ft_hidden_and_gone_ports_are_left_out,
				       setup),
		cmocka_unit_test_setup(test_gpn_ft_more_ports_than_fit_into_a_frame,
				       setup),
		cmocka_unit_test_setup(test_gid_ft_and_gid_pt_list_ids, setup),
		cmocka_unit_test_setup(test_get_by_id_names_of_a_port, setup),
		cmocka_unit_test_setup(test_gid_pn_finds_by_name, setup),
		cmocka_unit_test_setup(test_register_types_and_features, setup),
		cmocka_unit_test_setup(test_register_for_another_port_is_refused, setup),
		cmocka_unit_test_setup(test_rspn_id_name_is_bounded_and_printable, setup),
		cmocka_unit_test_setup(test_requests_that_are_too_short, setup),
		cmocka_unit_test_setup(test_answer_to_what_is_no_request, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
