// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl status: how a vHBA is, link by link, and what to look at; also as an exit code. */
#include <getopt.h>
#include <inttypes.h>

#include "fc/wwn.h"
#include "lib/parse.h"
#include "diagnose/waiting.h"
#include "names/names.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "lib/clock.h"
#include "ctl/terminal.h"
#include "event/watch.h"
#include "names/unitname.h"
#include "lib/json.h"
#include "ctl/health.h"

#define DEFAULT_WAIT_USEC (60 * USEC_PER_SEC)

struct status {
	const char *name; /* of a vHBA or a pool; NULL: all of ours */
	bool json, wait;
	uint64_t wait_usec; /* 0: as long as a start may take */
	uint64_t deadline;
	struct host_model model;
	struct ctl_health *healths; /* one for each vHBA that is asked for */
	size_t n, *rows; /* rows: their indexes */
	sd_bus *bus;
	struct terminal_lines waiting; /* the first that is not ready */
};

static int on_option(int letter, const char *argument, void *context)
{
	struct status *status = context;

	if (letter == 'J') {
		status->json = true;
		return 0;
	}
	status->wait = true;
	if (argument && (parse_time_span(argument, &status->wait_usec) < 0 ||
			 status->wait_usec == 0)) {
		fprintf(stderr, "npivctl status: invalid wait time '%s' (example: 90s)\n",
			argument);
		return -EINVAL;
	}
	return 0;
}

static const struct ctl_option options[] = {
	{ "wait", 'w', optional_argument, "TIME",
	  "wait until all are ready, for TIME at most (default: the\n"
	  "longest time for their start); 90 and 90s are seconds" },
	{ "json", 'J', no_argument, NULL,
	  "print JSON; keys are stable, null means unknown" },
};

static const struct ctl_help help = {
	.usage = "status [OPTION...] [NAME|POOL]",
	.text = "Shows whether a virtual HBA works, step by step from its parent HBA to the names of its\n"
		"LUNs. If it does not work, shows the cause and the cure. The exit code is 0 if all is\n"
		"well, 3 if the virtual HBA is not started, and otherwise that of the problem; npiv-vport(8)\n"
		"lists the codes. With several virtual HBAs, the first one with a problem decides.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = on_option,
};

static void status_forget(struct status *status)
{
	for (size_t i = 0; i < status->n; i++)
		ctl_health_done(&status->healths[i]);
	free(status->healths);
	free(status->rows);
	status->healths = NULL;
	status->rows = NULL;
	status->n = 0;
	host_model_done(&status->model);
}

static void status_done(struct status *status)
{
	status_forget(status);
	sd_bus_flush_close_unrefp(&status->bus);
}

static int status_add(struct status *status, size_t row)
{
	struct ctl_health *health;
	size_t *index;
	int r;

	index = array_grow(&status->rows, status->n, sizeof(*index));
	health = array_grow(&status->healths, status->n, sizeof(*health));
	if (!index || !health)
		return -ENOMEM;
	*index = row;
	r = ctl_health_read(&status->model, &status->model.vhbas.rows[row], status->bus,
			    health);
	if (r >= 0)
		status->n++;
	return r;
}

/* Looks at everything anew. */
static int status_look(struct status *status)
{
	const struct vhba_table *vhbas;
	int r;

	status_forget(status);
	r = host_model_load(&status->model);
	vhbas = &status->model.vhbas;
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		if (status->name ? vhba_row_matches(&vhbas->rows[i], status->name) :
				   vhbas->rows[i].name != NULL)
			r = status_add(status, i);
	return r;
}

static const struct vhba_row *row_of(const struct status *status, size_t i)
{
	return &status->model.vhbas.rows[status->rows[i]];
}

/* As long as the longest start of them may take. */
static uint64_t longest_start(const struct status *status)
{
	uint64_t usec = 0;

	for (size_t i = 0; i < status->n; i++) {
		const struct vhba_config *config = row_of(status, i)->config;

		if (config && config->timeout_usec > usec)
			usec = config->timeout_usec;
	}
	return usec ? usec : DEFAULT_WAIT_USEC;
}

/* The first that is not ready but is to be; NULL: there is none. */
static const struct ctl_health *find_waiting(const struct status *status, size_t *ret_row)
{
	for (size_t i = 0; i < status->n; i++) {
		if (status->healths[i].is_stopped ||
		    status->healths[i].check.diagnosis.stage == STAGE_READY)
			continue;
		*ret_row = i;
		return &status->healths[i];
	}
	return NULL;
}

static void show_waiting(struct status *status, const struct ctl_health *health,
			 size_t row)
{
	char text[WAITING_CAUSE_SIZE + 32] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return;
	waiting_print(&health->check.diagnosis,
		      (unsigned)(left_usec(status->deadline) / USEC_PER_SEC), out);
	fclose(out);
	terminal_rewind(&status->waiting);
	terminal_show(&status->waiting, 0, row_of(status, row)->name, text);
	terminal_flush(&status->waiting);
}

static int on_look(struct watch *watch, void *context)
{
	struct status *status = context;
	const struct ctl_health *health;
	size_t row;
	int r;

	r = status_look(status);
	if (r < 0)
		return r;
	health = find_waiting(status, &row);
	if (!health)
		return 1;
	show_waiting(status, health, row);
	if (status->waiting.is_live)
		watch_within(watch, USEC_PER_SEC); /* the seconds that are left */
	return 0;
}

static int wait_until_ready(struct status *status)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = watch_new(on_look, NULL, status, &watch);
	if (r < 0)
		return r;
	status->deadline = now_usec() + (status->wait_usec ? status->wait_usec :
							     longest_start(status));
	terminal_begin(&status->waiting, 1);
	r = watch_run(watch, status->deadline);
	terminal_end(&status->waiting);
	/* After a timeout the status is still printed. */
	return r == -ETIMEDOUT || r == -ECANCELED ? 0 : r;
}

/* --- printing --- */

/* The texts of all lines begin in one column. */
static void print_line(const char *mark, const char *color, const char *what,
		       const char *text)
{
	static const char indent[] = "                        ";

	fputs("  ", stdout);
	terminal_color(color);
	printf("%-6s", mark);
	terminal_color(*color ? TERMINAL_RESET : "");
	printf("  %-12s  ", what);
	terminal_print_wrapped(strlen(indent), indent, text);
}

/* "web01 (pool db): no target port is visible". */
static void print_title(const struct vhba_row *row, const struct ctl_health *health)
{
	const struct diagnosis *diagnosis = &health->check.diagnosis;
	const char *problem = ctl_health_problem(health);

	printf("%s", row->name ? row->name : "unmanaged");
	if (row->pool && !streq(row->pool, row->name))
		printf(" (pool %s)", row->pool);
	if (health->is_stopped) {
		puts(": stopped");
	} else if (problem) {
		fputs(": ", stdout);
		terminal_color(TERMINAL_RED);
		fputs(problem, stdout);
		terminal_color(TERMINAL_RESET);
		putchar('\n');
	} else {
		fputs(": ", stdout);
		terminal_color(TERMINAL_GREEN);
		fputs("ready", stdout);
		terminal_color(TERMINAL_RESET);
		fputs(": ", stdout);
		waiting_print_ready(diagnosis, stdout);
		putchar('\n');
	}
}

/* "active (exited)", or "failed" and what happens next. After a failed start npiv-recover@ goes on, unless the
 * configuration is wrong. */
static void print_unit(const struct vhba_row *row, const struct ctl_health *health)
{
	const struct bus_unit *unit = &health->unit;
	char text[NPIV_DETAIL_MAX];
	int n;

	n = snprintf(text, sizeof(text), "npiv-vport@%s.service is %s", row->name,
		     unit->active_state);
	if (ctl_unit_is_masked(unit))
		(void)snprintf(text + n, sizeof(text) - (size_t)n, " (%s), masked",
			       unit->state);
	else if (!streq(unit->active_state, "failed"))
		(void)snprintf(text + n, sizeof(text) - (size_t)n, " (%s)", unit->state);
	else if (health->check.diagnosis.stage != STAGE_CONFIG)
		(void)snprintf(
			text + n, sizeof(text) - (size_t)n,
			"; npiv-recover@%s.service starts it when nothing is missing",
			row->name);
	print_line("", "", "unit", text);
}

static void print_origin(const struct vhba_row *row, const struct ctl_health *health)
{
	char text[NPIV_DETAIL_MAX];

	if (row->config)
		(void)snprintf(text, sizeof(text), "%s:%u", row->config->file,
			       row->config->line);
	else
		(void)snprintf(text, sizeof(text), "%s",
			       row->fault ? row->fault :
			       row->name  ? "none: its file was removed" :
					    "none: npiv did not create this port");
	print_line("", "", "config", text);
	if (health->note)
		print_line("", "", "note", health->note);
	if (health->unit.active_state)
		print_unit(row, health);
}

static void print_step(enum step step, const struct check_step *checked)
{
	static const char *const marks[_STEP_STATE_MAX] = {
		[STEP_OK] = "ok",
		[STEP_BROKEN] = "BROKEN",
		[STEP_OPEN] = "-",
	};
	static const char *const colors[_STEP_STATE_MAX] = {
		[STEP_OK] = TERMINAL_GREEN,
		[STEP_BROKEN] = TERMINAL_RED,
		[STEP_OPEN] = "",
	};

	print_line(marks[checked->state], colors[checked->state], step_to_string(step),
		   *checked->text ? checked->text : "not reached");
}

static void print_start(const struct vhba_row *row, const struct bus_unit *unit)
{
	printf("          %-12s  systemctl %s npiv-vport@%s\n",
	       ctl_unit_is_masked(unit) ? "to allow it" : "to start it",
	       ctl_unit_is_masked(unit) ? "unmask" : "start", row->name);
}

/* Each conflict is a line. */
static void print_conflicts(const char *conflicts)
{
	char line[NPIV_DETAIL_MAX];

	while (*conflicts) {
		size_t length = strcspn(conflicts, "\n");

		(void)snprintf(line, sizeof(line), "%.*s", (int)length, conflicts);
		print_line("", "", "", line);
		conflicts += length + (conflicts[length] == '\n');
	}
}

/* Prints the path check of one vHBA step by step. conflicts names who claims the names that are withheld; "" if there
 * are none. There can be some although the vHBA is well: a number may be withheld from units that have other names. */
static void print_steps(const struct vhba_row *row, const struct ctl_health *health,
			const char *conflicts)
{
	bool is_checked = health->check.diagnosis.stage != STAGE_CONFIG;

	print_title(row, health);
	print_origin(row, health);
	for (enum step step = 0; step < _STEP_MAX && is_checked; step++)
		print_step(step, &health->check.steps[step]);
	print_conflicts(conflicts);
	if (*health->twin)
		print_line("BROKEN", TERMINAL_RED, "second port", health->twin);
	if (!health->is_stopped && ctl_health_hint(health))
		print_line("", "", "hint", ctl_health_hint(health));
	else if (health->is_stopped)
		print_start(row, &health->unit);
}

static void add_identity(struct json *json, const struct vhba_row *row)
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

static void add_steps(struct json *json, const struct path_check *check)
{
	json_begin_array(json, "chain");
	for (enum step step = 0; step < _STEP_MAX; step++) {
		const struct check_step *checked = &check->steps[step];

		json_begin_object(json, NULL);
		json_text(json, "link", step_to_string(step));
		json_text(json, "state", step_state_to_string(checked->state));
		json_text(json, "text", checked->text);
		json_end_object(json);
	}
	json_end_array(json);
}

/* Adds it as an object to an array. */
static void add_status(struct json *json, const struct vhba_row *row,
		       const struct ctl_health *health, const char *conflict)
{
	const struct diagnosis *diagnosis = &health->check.diagnosis;
	const char *problem = ctl_health_problem(health);

	json_begin_object(json, NULL);
	add_identity(json, row);
	json_text(json, "unit", health->unit.active_state);
	json_text(json, "unit-state", health->unit.state);
	json_text(json, "stage", ctl_health_word(health));
	json_number(json, "exit-code", (uint64_t)ctl_health_exit_code(health));
	json_text(json, "problem", problem);
	json_text(json, "note", health->note);
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
	add_steps(json, &health->check);
	json_end_object(json);
}

static void status_print(const struct status *status)
{
	struct json json = { .out = stdout };
	char conflict[NPIV_DETAIL_MAX];

	if (status->json) {
		json_begin_object(&json, NULL);
		json_begin_array(&json, "status");
	}
	for (size_t i = 0; i < status->n; i++) {
		const struct ctl_health *health = &status->healths[i];

		*conflict = '\0';
		if (row_of(status, i)->pool)
			(void)names_describe_conflicts(status->model.run,
						       status->model.sysfs_fd,
						       row_of(status, i)->pool,
						       status->json ? "; " : "\n",
						       conflict, sizeof(conflict));
		if (status->json) {
			add_status(&json, row_of(status, i), health, conflict);
			continue;
		}
		if (i > 0)
			putchar('\n');
		print_steps(row_of(status, i), health, conflict);
	}
	if (status->json) {
		json_end_array(&json);
		json_end_object(&json);
	}
}

/* What is wrong counts before what is not started. */
static int exit_code(const struct status *status)
{
	int code = EXIT_SUCCESS;

	for (size_t i = 0; i < status->n; i++) {
		int own = ctl_health_exit_code(&status->healths[i]);

		if (own != EXIT_SUCCESS && own != EXIT_STOPPED)
			return own;
		if (own == EXIT_STOPPED)
			code = own;
	}
	return code;
}

static int status_run(struct status *status)
{
	int r;

	status->bus = ctl_health_bus();
	r = status_look(status);
	if (r >= 0 && status->n > 0 && status->wait)
		r = wait_until_ready(status);
	if (r < 0)
		return ctl_fail("cannot look at the virtual HBAs", r);
	if (status->n == 0 && status->name)
		return ctl_fail_unknown(&status->model, status->name);
	if (status->n == 0 && !status->json)
		fputs("npivctl: no virtual HBA is configured or up\n", stderr);
	status_print(status);
	if (fflush(stdout) < 0 || ferror(stdout))
		return ctl_fail("cannot print", -EIO);
	return exit_code(status);
}

int ctl_status(int argc, char *argv[])
{
	_cleanup_(status_done) struct status status = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &status, NULL);
	if (r >= 0)
		return r;
	status.name = argv[optind];
	return status_run(&status);
}
