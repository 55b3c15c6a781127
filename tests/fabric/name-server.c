// SPDX-License-Identifier: LGPL-2.1-or-later
/* Answers name server requests from the table of ports. */
#include "name-server.h"

#include <string.h>

#include "bytes.h"

#define GPN_ENTRY_LEN 16
#define GID_ENTRY_LEN 4
/* Byte of the FC-4 features object that holds FCP: 4 bits a type, 8 types a word. */
#define FCP_FEATURE_BYTE 7

/* One request while it is answered. Handlers append to `reply`. */
struct call {
	const struct name_server *server;
	struct port *asker;
	const uint8_t *args;
	size_t args_len;
	uint8_t *reply;
	size_t reply_len;
};

/* A handler gives 0, or the explanation with which the request is rejected. */
struct request {
	uint16_t command;
	size_t args_min;
	uint8_t (*handle)(struct call *call);
};

bool port_has_fc4_type(const struct port *port, uint8_t type)
{
	/* The map is eight big-endian words, bit 0 of a word being the lowest type. */
	size_t byte = type / 32 * 4 + 3 - type % 32 / 8;

	return port->fc4_types[byte] & 1 << type % 8;
}

static bool shows(const struct call *call, const struct port *other)
{
	return call->server->shows(call->server->context, call->asker, other);
}

/* The port with the FC_ID in the arguments when the asker may find it or is it, else NULL. */
static struct port *find_by_id(const struct call *call)
{
	struct port *port = ports_by_id(call->server->ports, get_be24(call->args + 1));

	if (!port || (port != call->asker && !shows(call, port)))
		return NULL;
	return port;
}

/* Room for `len` more bytes of reply, zeroed, or NULL when the frame is full. */
static uint8_t *reserve(struct call *call, size_t len)
{
	uint8_t *p = call->reply + call->reply_len;

	if (len > FC_PAYLOAD_MAX - call->reply_len)
		return NULL;
	memset(p, 0, len);
	call->reply_len += len;
	return p;
}

static uint8_t append_name(struct call *call, uint64_t name)
{
	uint8_t *p = reserve(call, sizeof(name));

	if (p)
		put_be64(p, name);
	return 0;
}

static uint8_t get_port_name(struct call *call)
{
	const struct port *port = find_by_id(call);

	return port ? append_name(call, port->wwpn) : CT_EXPLAIN_PORT_ID;
}

static uint8_t get_node_name(struct call *call)
{
	const struct port *port = find_by_id(call);

	return port ? append_name(call, port->wwnn) : CT_EXPLAIN_PORT_ID;
}

static uint8_t get_symbolic_name(struct call *call)
{
	const struct port *port = find_by_id(call);
	size_t len;
	uint8_t *p;

	if (!port)
		return CT_EXPLAIN_PORT_ID;
	len = strlen(port->symbolic_name);
	p = reserve(call, (1 + len + 3) / 4 * 4);
	if (p) {
		p[0] = (uint8_t)len;
		memcpy(p + 1, port->symbolic_name, len);
	}
	return 0;
}

static uint8_t get_features(struct call *call)
{
	const struct port *port = find_by_id(call);
	uint8_t *p;

	if (!port)
		return CT_EXPLAIN_PORT_ID;
	p = reserve(call, 128);
	if (p)
		p[FCP_FEATURE_BYTE] = port->fcp_features;
	return 0;
}

static uint8_t get_id_by_port_name(struct call *call)
{
	struct port *port = ports_by_wwpn(call->server->ports, get_be64(call->args));
	uint8_t *p;

	if (!port || (port != call->asker && !shows(call, port)))
		return CT_EXPLAIN_PORT_NAME;
	p = reserve(call, GID_ENTRY_LEN);
	if (p)
		put_be24(p + 1, port->fc_id);
	return 0;
}

/* Marks the last of the entries, which are `len` bytes each; `empty` is for an empty list. */
static uint8_t finish_list(struct call *call, size_t len, uint8_t empty)
{
	if (call->reply_len == CT_HEADER_LEN)
		return empty;
	call->reply[call->reply_len - len] |= NS_LAST_ENTRY;
	return 0;
}

static void append_id(struct call *call, const struct port *port)
{
	uint8_t *p = reserve(call, GID_ENTRY_LEN);

	if (p)
		put_be24(p + 1, port->fc_id);
}

static uint8_t get_ids_by_node_name(struct call *call)
{
	uint64_t wwnn = get_be64(call->args);

	ports_foreach(port,
		      call->server->ports) if (port->wwnn == wwnn && shows(call, port))
		append_id(call, port);
	return finish_list(call, GID_ENTRY_LEN, CT_EXPLAIN_NODE_NAME);
}

static uint8_t get_ids_by_fc4_type(struct call *call)
{
	ports_foreach(port,
		      call->server->ports) if (port_has_fc4_type(port, call->args[3]) &&
					       shows(call, port)) append_id(call, port);
	return finish_list(call, GID_ENTRY_LEN, CT_EXPLAIN_FC4_TYPES);
}

static uint8_t get_ids_by_port_type(struct call *call)
{
	uint8_t type = call->args[0];

	if (type == NS_PORT_TYPE_N || type == NS_PORT_TYPE_NX)
		ports_foreach(port, call->server->ports) if (shows(call, port))
			append_id(call, port);
	return finish_list(call, GID_ENTRY_LEN, CT_EXPLAIN_PORT_ID);
}

/* GPN_FT and GNN_FT: FC_ID and one name of every port of an FC-4 type. */
static uint8_t list_names(struct call *call, bool node_names)
{
	ports_foreach(port, call->server->ports)
	{
		uint8_t *p;

		if (!port_has_fc4_type(port, call->args[3]) || !shows(call, port))
			continue;
		p = reserve(call, GPN_ENTRY_LEN);
		if (!p)
			break;
		put_be24(p + 1, port->fc_id);
		put_be64(p + 8, node_names ? port->wwnn : port->wwpn);
	}
	return finish_list(call, GPN_ENTRY_LEN, CT_EXPLAIN_FC4_TYPES);
}

static uint8_t get_port_names_by_fc4_type(struct call *call)
{
	return list_names(call, false);
}

static uint8_t get_node_names_by_fc4_type(struct call *call)
{
	return list_names(call, true);
}

/* A port registers only for itself. */
static bool is_own_id(const struct call *call)
{
	return get_be24(call->args + 1) == call->asker->fc_id;
}

static uint8_t register_port_name(struct call *call)
{
	return is_own_id(call) && get_be64(call->args + 4) == call->asker->wwpn ?
		       0 :
		       CT_EXPLAIN_PORT_ID;
}

static uint8_t register_node_name(struct call *call)
{
	if (!is_own_id(call))
		return CT_EXPLAIN_PORT_ID;
	call->asker->wwnn = get_be64(call->args + 4);
	return 0;
}

static uint8_t register_fc4_types(struct call *call)
{
	if (!is_own_id(call))
		return CT_EXPLAIN_PORT_ID;
	memcpy(call->asker->fc4_types, call->args + 4, PORT_FC4_LEN);
	return 0;
}

static uint8_t register_features(struct call *call)
{
	if (!is_own_id(call))
		return CT_EXPLAIN_PORT_ID;
	if (call->args[7] == FC_TYPE_FCP)
		call->asker->fcp_features = call->args[6];
	return 0;
}

static uint8_t register_symbolic_port_name(struct call *call)
{
	size_t len = call->args[4];
	char *name = call->asker->symbolic_name;

	if (!is_own_id(call) || len > call->args_len - 5)
		return CT_EXPLAIN_PORT_ID;
	memcpy(name, call->args + 5, len);
	name[len] = '\0';
	/* It is shown to people later: nothing but visible characters may come that far. */
	for (char *p = name; *p; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	return 0;
}

static uint8_t register_symbolic_node_name(struct call *call)
{
	return get_be64(call->args) == call->asker->wwnn ? 0 : CT_EXPLAIN_NODE_NAME;
}

static const struct request requests[] = {
	{ NS_GPN_ID, 4, get_port_name },
	{ NS_GNN_ID, 4, get_node_name },
	{ NS_GSPN_ID, 4, get_symbolic_name },
	{ NS_GFF_ID, 4, get_features },
	{ NS_GID_PN, 8, get_id_by_port_name },
	{ NS_GID_NN, 8, get_ids_by_node_name },
	{ NS_GID_FT, 4, get_ids_by_fc4_type },
	{ NS_GPN_FT, 4, get_port_names_by_fc4_type },
	{ NS_GNN_FT, 4, get_node_names_by_fc4_type },
	{ NS_GID_PT, 4, get_ids_by_port_type },
	{ NS_RPN_ID, 12, register_port_name },
	{ NS_RNN_ID, 12, register_node_name },
	{ NS_RFT_ID, 4 + PORT_FC4_LEN, register_fc4_types },
	{ NS_RSPN_ID, 5, register_symbolic_port_name },
	{ NS_RFF_ID, 8, register_features },
	{ NS_RSNN_NN, 9, register_symbolic_node_name },
};

static const struct request *find_request(uint16_t command)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (requests[i].command == command)
			return &requests[i];
	return NULL;
}

static size_t reject(uint8_t *reply, uint8_t reason, uint8_t explanation)
{
	put_be16(reply + 8, CT_REJECT);
	reply[13] = reason;
	reply[14] = explanation;
	return CT_HEADER_LEN;
}

size_t name_server_answer(const struct name_server *server, struct port *asker,
			  const uint8_t *request, size_t len,
			  uint8_t ret_reply[FC_PAYLOAD_MAX])
{
	struct call call = { server, asker, NULL, 0, ret_reply, CT_HEADER_LEN };
	const struct request *found;
	uint8_t explanation;

	memset(ret_reply, 0, CT_HEADER_LEN);
	if (len < CT_HEADER_LEN) {
		ret_reply[0] = CT_REVISION;
		return reject(ret_reply, CT_REASON_SIZE, CT_EXPLAIN_NONE);
	}
	/* Revision, originator, service and options come back as they were asked. */
	memcpy(ret_reply, request, 8);
	if (request[0] != CT_REVISION)
		return reject(ret_reply, CT_REASON_VERSION, CT_EXPLAIN_NONE);
	found = find_request(get_be16(request + 8));
	if (request[4] != CT_DIRECTORY || request[5] != CT_NAME_SERVER || !found)
		return reject(ret_reply, CT_REASON_UNSUPPORTED, CT_EXPLAIN_NONE);
	call.args = request + CT_HEADER_LEN;
	call.args_len = len - CT_HEADER_LEN;
	if (call.args_len < found->args_min)
		return reject(ret_reply, CT_REASON_SIZE, CT_EXPLAIN_NONE);

	explanation = found->handle(&call);
	if (explanation)
		return reject(ret_reply, CT_REASON_UNABLE, explanation);
	put_be16(ret_reply + 8, CT_ACCEPT);
	return call.reply_len;
}
