// SPDX-License-Identifier: LGPL-2.1-or-later
/* The chain of one vHBA, for people and for programs. */
#include <inttypes.h>

#include "fc/wwn.h"
#include "names/unitname.h"
#include "diagnose/waiting.h"
#include "ctl/status-print.h"
#include "ctl/terminal.h"

#define RED   "\x1b[31m"
#define GREEN "\x1b[32m"
#define RESET "\x1b[0m"

static const char *colored(const char *color)
{
	return terminal_has_color() ? color : "";
}

static void print_line(const char *mark, const char *color, const char *what,
		       const char *text)
{
	const char *end = *color ? colored(RESET) : "";

	printf("  %s%-6s%s  %-12s  %s\n", *color ? colored(color) : "", mark, end, what,
	       text);
}

/* "web01 (pool db): no target port is visible". */
static void print_title(const struct overview_row *row, const struct ctl_health *health)
{
	const struct diagnosis *diagnosis = &health->chain.diagnosis;
	const char *problem = ctl_health_problem(health);

	printf("%s", row->name ? row->name : "unmanaged");
	if (row->pool && !streq(row->pool, row->name))
		printf(" (pool %s)", row->pool);
	if (health->is_stopped) {
		puts(": stopped");
	} else if (problem) {
		printf(": %s%s%s\n", colored(RED), problem, colored(RESET));
	} else {
		printf(": %sready%s: ", colored(GREEN), colored(RESET));
		waiting_print_ready(diagnosis, stdout);
		putchar('\n');
	}
}

static void print_origin(const struct overview_row *row, const struct ctl_health *health)
{
	char text[NPIV_DETAIL_MAX];

	if (row->config) {
		(void)snprintf(text, sizeof(text), "%s:%u", row->config->file,
			       row->config->line);
		print_line("", "", "config", text);
	} else {
		print_line("", "", "config",
			   row->name ? "none (any longer)" :
				       "none: it was made by somebody else");
	}
	if (health->unit.active_state) {
		(void)snprintf(text, sizeof(text), "npiv-vport@%s.service is %s (%s)",
			       row->name, health->unit.active_state, health->unit.state);
		print_line("", "", "unit", text);
	}
}

static void print_link(enum chain_part part, const struct chain_link *link)
{
	static const char *const marks[_CHAIN_VERDICT_MAX] = {
		[CHAIN_OK] = "ok",
		[CHAIN_BROKEN] = "BROKEN",
		[CHAIN_OPEN] = "-",
	};
	static const char *const colors[_CHAIN_VERDICT_MAX] = {
		[CHAIN_OK] = GREEN,
		[CHAIN_BROKEN] = RED,
		[CHAIN_OPEN] = "",
	};

	if (link->verdict == CHAIN_OPEN && !*link->text)
		return;
	print_line(marks[link->verdict], colors[link->verdict],
		   chain_part_to_string(part), link->text);
}

void ctl_status_print(const struct overview_row *row, const struct ctl_health *health,
		      const char *conflict)
{
	print_title(row, health);
	print_origin(row, health);
	for (enum chain_part part = 0; part < _CHAIN_MAX; part++) {
		print_link(part, &health->chain.links[part]);
		if (part == CHAIN_NAMES && *conflict)
			print_line("", "", "", conflict);
	}
	if (*health->twin)
		print_line("BROKEN", RED, "second port", health->twin);
	if (!health->is_stopped && ctl_health_hint(health))
		print_line("", "", "hint", ctl_health_hint(health));
	else if (health->is_stopped)
		printf("          %-12s  systemctl start npiv-vport@%s\n", "to start it",
		       row->name);
}

static void add_identity(struct json *json, const struct overview_row *row)
{
	json_text(json, "name", row->name);
	json_text(json, "pool", row->pool);
	wwn_json(json, "wwpn", row->wwpn);
	wwn_json(json, "parent", row->parent_wwpn);
	if (row->port)
		json_text_format(json, "host", "host%" PRIu32, row->port->host);
	else
		json_text(json, "host", NULL);
	json_bool(json, "managed", row->name != NULL);
	if (row->config)
		json_text_format(json, "configured", "%s:%u", row->config->file,
				 row->config->line);
	else
		json_text(json, "configured", NULL);
}

static void add_chain(struct json *json, const struct chain *chain)
{
	json_begin_array(json, "chain");
	for (enum chain_part part = 0; part < _CHAIN_MAX; part++) {
		const struct chain_link *link = &chain->links[part];

		json_begin_object(json, NULL);
		json_text(json, "link", chain_part_to_string(part));
		json_text(json, "state", chain_verdict_to_string(link->verdict));
		json_text(json, "text", link->text);
		json_end_object(json);
	}
	json_end_array(json);
}

void ctl_status_json(struct json *json, const struct overview_row *row,
		     const struct ctl_health *health, const char *conflict)
{
	const struct diagnosis *diagnosis = &health->chain.diagnosis;
	const char *problem = ctl_health_problem(health);

	json_begin_object(json, NULL);
	add_identity(json, row);
	json_text(json, "unit", health->unit.active_state);
	json_text(json, "unit-state", health->unit.state);
	json_text(json, "stage", ctl_health_word(health));
	json_number(json, "exit-code", (uint64_t)ctl_health_exit_code(health));
	json_text(json, "problem", problem);
	json_text(json, "detail",
		  !problem ? NULL :
		  diagnosis->stage == STAGE_NAME_AMBIGUOUS && *conflict ?
			     conflict :
			     ctl_health_detail(health));
	json_text(json, "hint", problem ? ctl_health_hint(health) : NULL);
	json_number(json, "luns-found", row->luns_found);
	json_number(json, "luns-usable", diagnosis->n_usable);
	if (row->luns_expected > 0)
		json_number(json, "luns-expected", row->luns_expected);
	else
		json_text(json, "luns-expected", NULL);
	add_chain(json, &health->chain);
	json_end_object(json);
}
