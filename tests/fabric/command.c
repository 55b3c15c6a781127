// SPDX-License-Identifier: LGPL-2.1-or-later
/* Parses and runs control commands. */
#include "command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "switchboard.h"

#define WORDS_MAX 8

struct command {
	const char *name;
	int n_min;
	int n_max;
	int (*run)(struct switchboard *board, char **words, int n, FILE *out);
	const char *usage;
};

/* A number up to `max` in the given base, nothing before or after it. */
static int parse_number(const char *text, int base, uint64_t max, uint64_t *ret_value)
{
	char *end;
	uint64_t value;

	if (*text == '-' || *text == '+' || *text == ' ' || *text == '\0')
		return -EINVAL;
	errno = 0;
	value = strtoull(text, &end, base);
	if (errno != 0 || *end != '\0' || value > max)
		return -EINVAL;
	*ret_value = value;
	return 0;
}

static int parse_u32(const char *text, uint64_t max, uint32_t *ret_value)
{
	uint64_t value;
	int r = parse_number(text, 0, max, &value);

	if (r == 0)
		*ret_value = (uint32_t)value;
	return r;
}

/* A WWPN in hex, with or without 0x and colons; "all" is 0. */
static int parse_wwpn(const char *text, uint64_t *ret_wwpn)
{
	char digits[32];
	size_t n = 0;

	if (strcmp(text, "all") == 0) {
		*ret_wwpn = 0;
		return 0;
	}
	for (; *text && n < sizeof(digits) - 1; text++)
		if (*text != ':')
			digits[n++] = *text;
	digits[n] = '\0';
	return *text ? -EINVAL : parse_number(digits, 16, UINT64_MAX, ret_wwpn);
}

static int parse_switch(const char *text, const char *off, const char *on, bool *ret_on)
{
	if (strcmp(text, on) != 0 && strcmp(text, off) != 0)
		return -EINVAL;
	*ret_on = strcmp(text, on) == 0;
	return 0;
}

static void print_port(const struct switchboard *board, const struct port *port,
		       FILE *out)
{
	const struct fabric *fabric = &board->fabric;
	uint8_t mac[MAC_LEN];

	fc_id_to_mac(port->fc_id, mac);
	fprintf(out,
		"port wwpn=%016" PRIx64 " wwnn=%016" PRIx64 " fc_id=%06x"
		" mac=%02x:%02x:%02x:%02x:%02x:%02x link=%s role=%s kind=%s ready=%s"
		" name=\"%s\"\n",
		port->wwpn, port->wwnn, port->fc_id, mac[0], mac[1], mac[2], mac[3],
		mac[4], mac[5], board->interfaces[port->link].name,
		fabric->links[port->link].role == FABRIC_TARGET ? "target" : "initiator",
		port->is_virtual ? "vport" : "nport", port->wants_rscn ? "yes" : "no",
		port->symbolic_name);
}

static int run_status(struct switchboard *board, char **words, int n, FILE *out)
{
	struct fabric *fabric = &board->fabric;

	(void)words;
	(void)n;
	fprintf(out,
		"fabric name=%s wwn=%016" PRIx64
		" state=%s npiv=%s limit=%u forwarded=%" PRIu64 " dropped=%" PRIu64 "\n",
		fabric->name, fabric->fabric_name, fabric->enabled ? "up" : "down",
		fabric->npiv ? "on" : "off", fabric->npiv_limit, fabric->n_forwarded,
		fabric->n_dropped);
	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++)
		if (fabric->links[i].used)
			fprintf(out, "link name=%s role=%s state=%s carrier=%s\n",
				board->interfaces[i].name,
				fabric->links[i].role == FABRIC_TARGET ? "target" :
									 "initiator",
				fabric->links[i].enabled ? "up" : "down",
				interface_has_carrier(&board->interfaces[i]) ? "yes" :
									       "no");
	ports_foreach(port, &fabric->ports) print_port(board, port, out);
	for (size_t i = 0; i < fabric->zone.n_hidden; i++)
		fprintf(out, "hidden %016" PRIx64 " %016" PRIx64 "\n",
			fabric->zone.hidden[i].a, fabric->zone.hidden[i].b);
	return 0;
}

static int run_attach(struct switchboard *board, char **words, int n, FILE *out)
{
	bool is_target;
	int r;

	(void)n;
	(void)out;
	r = parse_switch(words[1], "initiator", "target", &is_target);
	if (r < 0)
		return r;
	r = switchboard_attach(board, words[0],
			       is_target ? FABRIC_TARGET : FABRIC_INITIATOR);
	return r == -EEXIST ? 0 : r;
}

static int run_detach(struct switchboard *board, char **words, int n, FILE *out)
{
	int link = switchboard_find(board, words[0]);

	(void)n;
	(void)out;
	if (link < 0)
		return link;
	switchboard_detach(board, (unsigned int)link);
	return 0;
}

static int run_link(struct switchboard *board, char **words, int n, FILE *out)
{
	bool up;
	int r, link;

	(void)n;
	(void)out;
	r = parse_switch(words[0], "down", "up", &up);
	if (r < 0)
		return r;
	link = switchboard_find(board, words[1]);
	if (link < 0)
		return link;
	fabric_enable_link(&board->fabric, (unsigned int)link, up);
	return 0;
}

static int run_state(struct switchboard *board, char **words, int n, FILE *out)
{
	bool up;
	int r = parse_switch(words[0], "down", "up", &up);

	(void)n;
	(void)out;
	if (r == 0)
		fabric_enable(&board->fabric, up);
	return r;
}

static int set_rule(struct switchboard *board, const char *wwpn, struct fault_rule rule)
{
	int r = parse_wwpn(wwpn, &rule.wwpn);

	return r < 0 ? r : fault_set_rule(&board->fabric.fault, &rule);
}

static int run_reject(struct switchboard *board, char **words, int n, FILE *out)
{
	uint32_t reason = ELS_REASON_UNABLE;
	uint32_t explanation = ELS_EXPLAIN_RESOURCES;
	char *code = n > 1 ? words[1] : NULL;
	int r = 0;

	(void)out;
	if (code)
		r = parse_u32(strsep(&code, "/"), 255, &reason);
	if (r == 0 && code)
		r = parse_u32(code, 255, &explanation);
	if (r < 0)
		return r;
	return set_rule(board, words[0],
			(struct fault_rule){ .action = FAULT_REJECT,
					     .reason = (uint8_t)reason,
					     .explanation = (uint8_t)explanation });
}

static int run_ignore(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return set_rule(board, words[0], (struct fault_rule){ .action = FAULT_IGNORE });
}

static int run_accept(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return set_rule(board, words[0], (struct fault_rule){ .action = FAULT_ACCEPT });
}

static int run_delay_fdisc(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return parse_u32(words[0], 600000, &board->fabric.fault.fdisc_delay_msec);
}

static int run_delay(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return parse_u32(words[0], 600000, &board->fabric.fault.frame_delay_msec);
}

static int run_drop(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return parse_u32(words[0], 100, &board->fabric.fault.drop_percent);
}

static int run_npiv(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return parse_switch(words[0], "off", "on", &board->fabric.npiv);
}

static int run_limit(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	(void)out;
	return parse_u32(words[0], FABRIC_NPIV_LIMIT, &board->fabric.npiv_limit);
}

static int run_logout(struct switchboard *board, char **words, int n, FILE *out)
{
	struct port *port;
	uint64_t wwpn;
	int r = parse_wwpn(words[0], &wwpn);

	(void)n;
	(void)out;
	if (r < 0)
		return r;
	port = ports_by_wwpn(&board->fabric.ports, wwpn);
	if (!port)
		return -ENOENT;
	fabric_throw_out(&board->fabric, port);
	return 0;
}

/* Without an FC_ID: every port is told about every port that it may find. */
static int run_rscn(struct switchboard *board, char **words, int n, FILE *out)
{
	struct fabric *fabric = &board->fabric;
	uint64_t fc_id;
	int r;

	(void)out;
	if (n == 0) {
		ports_foreach(port, &fabric->ports) fabric_notify_arrival(fabric, port);
		return 0;
	}
	r = parse_number(words[0], 16, 0xffffff, &fc_id);
	if (r < 0)
		return r;
	ports_foreach(port, &fabric->ports)
		fabric_notify_one(fabric, port, (uint32_t)fc_id);
	return 0;
}

static int run_zone(struct switchboard *board, char **words, FILE *out,
		    int (*change)(struct fabric *fabric, uint64_t a, uint64_t b))
{
	uint64_t a, b;
	int r = parse_wwpn(words[0], &a);

	(void)out;
	if (r == 0)
		r = parse_wwpn(words[2], &b);
	return r < 0 ? r : change(&board->fabric, a, b);
}

static int run_hide(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	return run_zone(board, words, out, fabric_hide);
}

static int run_show(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)n;
	return run_zone(board, words, out, fabric_show);
}

static int run_help(struct switchboard *board, char **words, int n, FILE *out);

static const struct command commands[] = {
	{ "status", 0, 0, run_status, "" },
	{ "attach", 2, 2, run_attach, "IFACE initiator|target" },
	{ "detach", 1, 1, run_detach, "IFACE" },
	{ "link", 2, 2, run_link, "down|up IFACE" },
	{ "state", 1, 1, run_state, "down|up" },
	{ "npiv", 1, 1, run_npiv, "off|on" },
	{ "limit", 1, 1, run_limit, "N" },
	{ "reject-fdisc", 1, 2, run_reject, "WWPN|all [REASON[/EXPLANATION]]" },
	{ "ignore-fdisc", 1, 1, run_ignore, "WWPN|all" },
	{ "accept-fdisc", 1, 1, run_accept, "WWPN|all" },
	{ "delay-fdisc", 1, 1, run_delay_fdisc, "MSEC" },
	{ "delay", 1, 1, run_delay, "MSEC" },
	{ "drop", 1, 1, run_drop, "PERCENT" },
	{ "rscn", 0, 1, run_rscn, "[FC_ID]" },
	{ "logout", 1, 1, run_logout, "WWPN" },
	{ "hide", 3, 3, run_hide, "WWPN|all from WWPN|all" },
	{ "show", 3, 3, run_show, "WWPN|all to WWPN|all" },
	{ "help", 0, 0, run_help, "" },
};

static int run_help(struct switchboard *board, char **words, int n, FILE *out)
{
	(void)board;
	(void)words;
	(void)n;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(out, "%s %s\n", commands[i].name, commands[i].usage);
	return 0;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int split(char *line, char *words[WORDS_MAX])
{
	int n = 0;
	char *word;

	while ((word = strsep(&line, " \t\n"))) {
		if (*word == '\0')
			continue;
		if (n == WORDS_MAX)
			return -E2BIG;
		words[n++] = word;
	}
	return n;
}

int command_run(struct switchboard *board, char *line, FILE *out)
{
	const struct command *command;
	char *words[WORDS_MAX];
	int n = split(line, words);
	int r = -EINVAL;

	if (n < 1)
		return -EINVAL;
	command = find_command(words[0]);
	if (!command) {
		fprintf(out, "unknown command '%s', try help\n", words[0]);
		return -EINVAL;
	}
	n--;
	if (n >= command->n_min && n <= command->n_max)
		r = command->run(board, words + 1, n, out);
	if (r == -EINVAL)
		fprintf(out, "usage: %s %s\n", command->name, command->usage);
	return r;
}
