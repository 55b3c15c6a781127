// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl check: what is wrong with configuration files, by themselves and beside what runs. */
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <unistd.h>

#include "config/host-list.h"
#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "diagnose/wwn-use.h"
#include "fc/wwn.h"
#include "ctl/ctl.h"
#include "lib/text.h"
#include "config/load.h"
#include "state/environment.h"
#include "fc/scan.h"
#include "state/state-dir.h"

enum {
	COL_FILE,
	COL_LINE,
	COL_COLUMN,
	COL_SEVERITY,
	COL_MESSAGE,
};

static const struct table_column columns[] = {
	[COL_FILE] = { .name = "FILE", .help = "the file", .place = 1 },
	[COL_LINE] = { .name = "LINE",
		       .help = "the line, from 1",
		       .type = COLUMN_NUMBER,
		       .place = 2 },
	[COL_COLUMN] = { .name = "COLUMN",
			 .help = "the column, from 1",
			 .type = COLUMN_NUMBER,
			 .place = 3 },
	[COL_SEVERITY] = { .name = "SEVERITY", .help = "error or warning", .place = 4 },
	[COL_MESSAGE] = { .name = "MESSAGE", .help = "what is wrong", .place = 5 },
};

static const struct ctl_option options[] = {
	{ "strict", 's', no_argument, NULL, "exit with 1 if there is a warning, too" },
};

static int on_option(int letter, const char *argument, void *context)
{
	bool *is_strict = context;

	*is_strict = true;
	return 0;
}

static const struct ctl_help help = {
	.usage = "check [OPTION...] [FILE...]",
	.text = "Checks configuration files: all files of the configuration folders, or only those that are\n"
		"given, in this order. Also checks whether another port uses one of their WWPNs, whether\n"
		"each virtual HBA names its fabric if there are several, and whether several hosts would log\n"
		"in with the same WWPN at boot. Prints one line per problem,\n"
		"FILE:LINE:COLUMN: error|warning: MESSAGE, and exits with 1 if there is an error. With\n"
		"--json or --output it prints a table.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = on_option,
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.max_arguments = INT_MAX,
};

static int load_files(char *const files[], size_t n, struct config *config,
		      struct messages *messages)
{
	for (size_t i = 0; i < n; i++) {
		const struct config_source source = { .path = files[i] };
		/* A file of one's own may be checked before root gets it. */
		int r = config_file_load(config, AT_FDCWD, files[i], &source, geteuid(),
					 messages);

		if (r < 0)
			return r;
	}
	return config_finish(config, messages);
}

static int print_fabrics(const struct inventory *inventory, size_t *ret_n,
			 char **ret_text)
{
	uint64_t fabrics[PARENT_FABRICS_MAX];
	size_t size;

	*ret_n = parent_list_fabrics(inventory, fabrics);
	return TEXT_OF(ret_text, &size, parent_print_fabrics, fabrics, *ret_n);
}

/* One that names no parent goes to the first of several fabrics, which need not be the one that is zoned. */
static int check_fabrics(const struct config *config, const struct inventory *inventory,
			 struct messages *messages)
{
	_cleanup_free_ char *text = NULL;
	size_t n;
	int r;

	r = print_fabrics(inventory, &n, &text);
	if (r < 0 || n < 2)
		return r;
	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];

		if (vhba->type == VHBA_VPORT && parent_rule_is_empty(&vhba->parent))
			messages_add_at(
				messages, MESSAGE_WARNING, vhba->file, vhba->line, 1,
				"vHBA '%s' names no parent, and HBAs of this host are in %zu fabrics, %s: it uses the first; choose one with parent_fabric_wwn",
				vhba->name, n, text);
	}
	return 0;
}

/* Whether the WWPN is that of a vHBA that is up and that no file defines any more, as after its section was renamed. */
static bool is_renamed(const struct config *config, const struct wwn_world *world,
		       const struct vhba_config *vhba)
{
	for (size_t i = 0; i < world->n_states; i++) {
		const struct vhba_state *state = &world->states[i];

		if (state->wwpn == vhba->wwpn && !config_find_vhba(config, state->name) &&
		    !config_fault(config, state->name))
			return true;
	}
	return false;
}

/* A port that is not the vHBA's own and has its WWPN now: its start would fail. */
static void check_ports(const struct config *config, const struct wwn_world *world,
			struct messages *messages, bool is_whole)
{
	char user[WWN_USER_SIZE], wwpn[WWN_TEXT_SIZE];

	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];
		const struct config_place *at = &vhba->wwpn_at;

		if (is_whole && is_renamed(config, world, vhba))
			messages_add_at(
				messages, MESSAGE_WARNING, at->file, at->line, at->column,
				"wwpn: %s is used by a vHBA that is up and that no "
				"file defines; 'npivctl apply' stops that one first",
				wwn_format(vhba->wwpn, wwpn));
		else if (wwn_is_taken(world, vhba, user))
			messages_add_at(messages, MESSAGE_ERROR, at->file, at->line,
					at->column, "wwpn: %s is already used by %s",
					wwn_format(vhba->wwpn, wwpn), user);
	}
}

/* --- on several hosts ------------------------------------------------------------------------ */

/* Of the vHBAs of this host and then of all others. */
static const struct vhba_config *vhba_at(const struct config *config, size_t i)
{
	return i < config->n_vhbas ? &config->vhbas[i] :
				     &config->elsewhere[i - config->n_vhbas];
}

/* Two sections that have a host in common, on which the second is a mistake. */
static void check_pair(const struct vhba_config *first, const struct vhba_config *second,
		       struct messages *messages)
{
	const struct config_place *at = &second->wwpn_at;
	char wwpn[WWN_TEXT_SIZE];

	if (streq(first->name, second->name))
		messages_add_at(
			messages, MESSAGE_ERROR, second->file, second->line, 1,
			"vHBA '%s' is defined already for one of these hosts, at %s:%u",
			second->name, first->file, first->line);
	else if (second->wwpn && first->wwpn == second->wwpn)
		messages_add_at(
			messages, MESSAGE_ERROR, at->file, at->line, at->column,
			"wwpn: %s is already used by vHBA '%s' on one of these hosts, at %s:%u",
			wwn_format(second->wwpn, wwpn), first->name, first->wwpn_at.file,
			first->wwpn_at.line);
}

/* Looks at a section beside all others. Returns whether its WWPN counts in one for other hosts. */
static bool check_beside(const struct config *config, size_t n, struct messages *messages)
{
	const struct vhba_config *vhba = vhba_at(config, n);
	bool is_shared = false;

	for (size_t i = 0; i < config->n_vhbas + config->n_elsewhere; i++) {
		const struct vhba_config *other = vhba_at(config, i);

		if (!host_lists_meet(other->hosts, vhba->hosts))
			is_shared |= vhba->wwpn && other->wwpn == vhba->wwpn;
		else if (i < n)
			check_pair(other, vhba, messages);
	}
	return is_shared;
}

/* Each file for several hosts is looked at for all of them. */
static void check_hosts(const struct config *config, struct messages *messages)
{
	for (size_t i = 0; i < config->n_vhbas + config->n_elsewhere; i++) {
		const struct vhba_config *vhba = vhba_at(config, i);
		const struct config_place *at = &vhba->wwpn_at;
		bool is_shared = check_beside(config, i, messages);
		char wwpn[WWN_TEXT_SIZE];

		if (!vhba->wwpn || vhba->type != VHBA_VPORT || !vhba->autostart ||
		    !(is_shared || host_list_is_many(vhba->hosts, &config->host)))
			continue;
		messages_add_at(
			messages, MESSAGE_ERROR, at->file, at->line, at->column,
			"wwpn: %s is used by several hosts with autostart = yes, and each of them would "
			"log in with it; set autostart = no, and let a cluster manager start it",
			wwn_format(vhba->wwpn, wwpn));
	}
}

static int check_running(const struct config *config, struct messages *messages,
			 bool is_whole)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_(state_list_done) struct state_list states = { 0 };
	_cleanup_free_ char *run = environment_run_dir();
	struct wwn_world world;
	int r;

	if (!run)
		return -ENOMEM;
	/* Files can be checked if nothing runs, in a container or a build. */
	r = scan_inventory(environment_sysfs(), &inventory);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	r = state_lookup_all(run, &states);
	if (r < 0)
		return r;
	world = (struct wwn_world){
		.states = states.states,
		.n_states = states.n,
		.inventory = &inventory,
	};
	check_ports(config, &world, messages, is_whole);
	return check_fabrics(config, &inventory, messages);
}

static int check_all(char *const files[], size_t n, struct messages *messages)
{
	_cleanup_(config_done) struct config config = { 0 };
	int r;

	host_identity_read(environment_root(), &config.host);
	r = n > 0 ? load_files(files, n, &config, messages) :
		    config_dir_load(environment_root(), &config, messages);
	if (r >= 0) {
		check_hosts(&config, messages);
		r = check_running(&config, messages, n == 0);
	}
	return r >= 0 && messages->out_of_memory ? -ENOMEM : r;
}

static void add_message(struct table *table, const struct message *message)
{
	table_add_line(table);
	table_set(table, COL_FILE, message->file);
	if (message->line > 0)
		table_set_number(table, COL_LINE, message->line);
	if (message->column > 0)
		table_set_number(table, COL_COLUMN, message->column);
	table_set(table, COL_SEVERITY,
		  message->severity == MESSAGE_ERROR ? "error" : "warning");
	table_set(table, COL_MESSAGE, message->text);
}

static int print_table(struct table *table, const struct messages *messages)
{
	for (size_t i = 0; i < messages->n_messages; i++)
		add_message(table, &messages->messages[i]);
	return table_print(table);
}

/* On stdout: for this verb the messages are the result. */
static int print_lines(const struct messages *messages)
{
	for (size_t i = 0; i < messages->n_messages; i++)
		messages_print_exact(&messages->messages[i], stdout);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : -EIO;
}

int ctl_check(int argc, char *argv[])
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	bool is_strict = false;
	int r;

	r = ctl_parse_options(argc, argv, &help, &is_strict, &table_options);
	if (r >= 0)
		return r;
	r = table_init(&table, "messages", columns, ARRAY_SIZE(columns), &table_options);
	if (r < 0)
		return ctl_fail_table(r);
	r = check_all(argv + optind, (size_t)(argc - optind), &messages);
	if (r < 0)
		return ctl_fail("cannot check", r);
	r = table_options.json || table_options.output ? print_table(&table, &messages) :
							 print_lines(&messages);
	if (r < 0)
		return ctl_fail("cannot print", r);
	return messages_count(&messages, MESSAGE_ERROR) > 0 ||
			       (is_strict && messages.n_messages > 0) ?
		       EXIT_FAILURE :
		       EXIT_SUCCESS;
}
