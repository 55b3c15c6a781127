// SPDX-License-Identifier: LGPL-2.1-or-later
/* A configuration, from the text of its files to what the generator and npiv-vport make of it. A line
 * "#%file PATH" or "#%dropin PATH" begins the next file. */
#include "lib/limits.h"
#include "config/host-list.h"
#include "config/name.h"
#include "config/print.h"
#include "state/state.h"
#include "lib/text.h"
#include "generator/unit.h"
#include "names/unitname.h"
#include "fc/wwn.h"
#include "fuzz.h"

#define PATH_MAX_LENGTH 200

/* --- reading --------------------------------------------------------------------------------- */

static const uint8_t *find_mark(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 2 < size; i++)
		if (memcmp(data + i, "#%", 2) == 0 && (i == 0 || data[i - 1] == '\n'))
			return data + i;
	return NULL;
}

/* The place that a mark names: programs read no file of another kind of name. */
static void take_mark(const uint8_t **data, size_t *size, struct config_source *source,
		      char path[static PATH_MAX_LENGTH])
{
	_cleanup_free_ char *line = fuzz_line(data, size);
	const char *name;

	source->is_dropin = startswith(line, "#%dropin ") != NULL;
	name = strchr(line, ' ');
	(void)snprintf(path, PATH_MAX_LENGTH, "/etc/npiv.d/%s",
		       name && fuzz_is_one_line(name + 1) ? name + 1 : "x.conf");
	source->path = path;
}

/* Some sections count here, and some elsewhere. */
static const struct host_identity fuzz_host = {
	.name = "db1.example",
	.machine_id = "0123456789abcdef0123456789abcdef",
};

static void load(const uint8_t *data, size_t size, struct config *config,
		 struct messages *messages)
{
	char path[PATH_MAX_LENGTH] = "/etc/npiv.d/a.conf";
	struct config_source source = { .path = path };

	config->host = fuzz_host;
	do {
		const uint8_t *mark;

		if (find_mark(data, size) == data && size > 2)
			take_mark(&data, &size, &source, path);
		mark = find_mark(data, size);
		source.text = (const char *)data;
		source.size = mark ? (size_t)(mark - data) : size;
		MUST(config_add(config, &source, messages) == 0);
		data += source.size;
		size -= source.size;
	} while (size > 0);
	MUST(config_finish(config, messages) == 0);
}

/* --- what was accepted ----------------------------------------------------------------------- */

static void check_vhba(const struct vhba_config *vhba)
{
	MUST(name_is_valid(vhba->name) && name_is_valid(vhba->pool));
	MUST(fuzz_is_one_line(vhba->file) && vhba->line > 0);
	if (vhba->type == VHBA_VPORT)
		MUST(wwn_is_usable(vhba->wwpn) && wwn_is_usable(vhba->wwnn) &&
		     vhba->wwpn != vhba->parent.wwpn);
	MUST(!vhba->hosts ||
	     (fuzz_is_one_line(vhba->hosts) && !host_list_fault(vhba->hosts)));
	MUST(vhba->timeout_usec > 0 &&
	     vhba->timeout_usec <= NPIV_TIMEOUT_MAX_SEC * USEC_PER_SEC);
	MUST(vhba->settle_usec <= NPIV_TIMEOUT_MAX_SEC * USEC_PER_SEC);
	MUST(!vhba->symbolic_name ||
	     (fuzz_is_one_line(vhba->symbolic_name) &&
	      strlen(vhba->symbolic_name) <= NPIV_SYMBOLIC_NAME_MAX));
	MUST(vhba->luns.n_ranges == 0 || vhba->min_luns <= lun_set_size(&vhba->luns));
	MUST(vhba->fast_io_fail_tmo < vhba->dev_loss_tmo || vhba->dev_loss_tmo < 0);
}

static void check_pool(const struct pool_config *pool)
{
	MUST(name_is_valid(pool->name) && pool->mode >= -1 && pool->mode <= 0777);
	MUST(pool->n_aliases <= NPIV_ALIASES_MAX);
	for (size_t i = 0; i < pool->n_aliases; i++) {
		MUST(!alias_fault(pool->aliases[i].name));
		MUST(pool->aliases[i].wwid || pool->aliases[i].lun <= NPIV_LUN_MAX);
		for (size_t j = 0; j < i; j++)
			MUST(!streq(pool->aliases[i].name, pool->aliases[j].name));
	}
}

/* Sorted by name, and no name and no WWPN twice. */
static void check_lists(const struct config *config)
{
	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];

		check_vhba(vhba);
		MUST(host_list_counts(vhba->hosts, &fuzz_host));
		MUST(config_find_vhba(config, vhba->name) == vhba);
		MUST(!config_fault(config, vhba->name));
		MUST(i == 0 || strcmp(vhba[-1].name, vhba->name) < 0);
		for (size_t j = 0; j < i && vhba->wwpn; j++)
			MUST(config->vhbas[j].wwpn != vhba->wwpn);
	}
	for (size_t i = 0; i < config->n_pools; i++) {
		check_pool(&config->pools[i]);
		MUST(config_find_pool(config, config->pools[i].name) ==
		     &config->pools[i]);
	}
}

/* Nothing of other hosts is among what counts here. */
static void check_elsewhere(const struct config *config)
{
	for (size_t i = 0; i < config->n_elsewhere; i++) {
		const struct vhba_config *vhba = &config->elsewhere[i];

		check_vhba(vhba);
		MUST(!host_list_counts(vhba->hosts, &fuzz_host));
		MUST(host_lists_meet(vhba->hosts, vhba->hosts));
		MUST(i == 0 || strcmp(vhba[-1].name, vhba->name) <= 0);
		MUST(streq(config_find_elsewhere(config, vhba->name)->name, vhba->name));
	}
}

static void check_messages(const struct messages *messages)
{
	MUST(!messages->out_of_memory);
	for (size_t i = 0; i < messages->n_messages; i++) {
		const struct message *message = &messages->messages[i];
		struct fuzz_print print;
		_cleanup_free_ char *text = NULL;

		messages_print(message, fuzz_open(&print));
		text = fuzz_close(&print);
		MUST(print.size > 1 && text[print.size - 1] == '\n');
		text[print.size - 1] = '\0';
		MUST(fuzz_is_one_line(text) && !text_has_control(message->text));
	}
}

/* --- what is made of it ---------------------------------------------------------------------- */

/* The drop-in has these lines in this order and no other. */
static void check_dropin(const struct vhba_config *vhba)
{
	static const char *const lines[] = {
		"# ",
		"",
		"[Unit]",
		"SourcePath=/etc/npiv.d/",
		"Description=",
		"Before=npiv-pool@",
		"PartOf=npiv-pool@",
		"",
		"[Service]",
		"TimeoutStartSec=",
	};
	struct fuzz_print print;
	_cleanup_free_ char *text = NULL;
	char *rest;

	MUST(unit_print_dropin(vhba, fuzz_open(&print)) == 0);
	text = rest = fuzz_close(&print);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const char *line = strsep(&rest, "\n");

		MUST(line && startswith(line, lines[i]) && fuzz_is_one_line(line));
		MUST(*lines[i] || !*line);
		MUST(lines[i][0] != '[' || streq(line, lines[i]));
		for (const char *p = line; (p = strchr(p, '%')); p += 2)
			MUST(p[1] == '%');
	}
	MUST(rest && !*rest);
}

static void check_unit_names(const struct vhba_config *vhba)
{
	_cleanup_free_ char *service = unit_name_vport(vhba->name);
	_cleanup_free_ char *target = unit_name_pool(vhba->pool);

	MUST(service && strlen(service) <= UNIT_NAME_MAX && !strpbrk(service, "/% \n"));
	MUST(target && strlen(target) <= UNIT_NAME_MAX && !strpbrk(target, "/% \n"));
}

/* npiv-id reads what npiv-vport remembers. */
static void check_state(const struct vhba_config *vhba, const struct pool_config *pool)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 }, again = { 0 };
	struct fuzz_print once, twice;
	_cleanup_free_ char *text = NULL, *text_again = NULL;

	MUST(vhba_state_from_config(vhba, pool, &state) == 0);
	if (!state.wwpn)
		state.wwpn = 1; /* of type=hba: npiv-vport fills it in */
	MUST(vhba_state_print(&state, fuzz_open(&once)) == 0);
	text = fuzz_close(&once);
	MUST(vhba_state_parse(text, once.size, &again) == 0);
	MUST(vhba_state_print(&again, fuzz_open(&twice)) == 0);
	text_again = fuzz_close(&twice);
	MUST(streq(text, text_again));
}

static char *render(const struct config *config)
{
	struct fuzz_print print;
	FILE *out = fuzz_open(&print);

	for (size_t i = 0; i < config->n_vhbas; i++)
		MUST(config_print_vhba(&config->vhbas[i], NULL, out) == 0);
	for (size_t i = 0; i < config->n_pools; i++)
		MUST(config_print_pool(&config->pools[i], "", out) == 0);
	return fuzz_close(&print);
}

/* Written as one file and read again it is the same configuration, without a complaint. */
static void check_round_trip(const struct config *config)
{
	_cleanup_(config_done) struct config again = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	_cleanup_free_ char *text = render(config), *text_again = NULL;
	struct config_source source = { .path = "/etc/npiv.d/again.conf",
					.text = text,
					.size = strlen(text) };

	MUST(config_add(&again, &source, &messages) == 0);
	MUST(config_finish(&again, &messages) == 0);
	MUST(messages_count(&messages, MESSAGE_ERROR) == 0);
	MUST(again.n_vhbas == config->n_vhbas && again.n_bad_vhbas == 0);
	text_again = render(&again);
	MUST(streq(text, text_again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };

	load(data, size, &config, &messages);
	check_lists(&config);
	check_elsewhere(&config);
	check_messages(&messages);
	for (size_t i = 0; i < config.n_vhbas; i++) {
		const struct vhba_config *vhba = &config.vhbas[i];

		check_dropin(vhba);
		check_unit_names(vhba);
		check_state(vhba, config_find_pool(&config, vhba->pool));
	}
	check_round_trip(&config);
	return 0;
}
