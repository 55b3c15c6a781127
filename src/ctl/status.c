// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl status: how a vHBA is, link by link, and what to look at; also as an exit code. */
#include <getopt.h>
#include <inttypes.h>

#include "lib/parse.h"
#include "diagnose/waiting.h"
#include "names/names.h"
#include "ctl/select.h"
#include "ctl/status-print.h"
#include "ctl/ctl.h"
#include "lib/clock.h"
#include "ctl/terminal.h"
#include "event/watch.h"

#define DEFAULT_WAIT_USEC (60 * USEC_PER_SEC)

struct status {
	const char *name; /* of a vHBA or a pool; NULL: all of ours */
	bool json, wait;
	uint64_t wait_usec; /* 0: as long as a start may take */
	uint64_t deadline;
	struct ctl_sources sources;
	struct ctl_health *healths; /* one for each row of the overview that is asked for */
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
		fprintf(stderr, "npivctl status: '%s' is no time to wait, try 90s\n",
			argument);
		return -EINVAL;
	}
	return 0;
}

static const struct ctl_option options[] = {
	{ "wait", 'w', optional_argument, "TIME",
	  "until all are ready, but no longer than TIME (else: than\n"
	  "their start may take); 90 or 90s are seconds" },
	{ "json", 'J', no_argument, NULL,
	  "print JSON; keys are stable, null is what is not known" },
};

static const struct ctl_help help = {
	.usage = "status [OPTION...] [NAME|POOL]",
	.text = "Shows how a virtual HBA is, link by link from its parent HBA to the names of its LUNs,\n"
		"what is wrong, and what to look at. The exit code is 0 where all is well, 3 where it is\n"
		"not started, else that of npiv-vport(8) for what is wrong; of several virtual HBAs the\n"
		"first that is not well.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.max_arguments = 1,
	.on_option = on_option,
};

static void forget(struct status *status)
{
	for (size_t i = 0; i < status->n; i++)
		ctl_health_done(&status->healths[i]);
	free(status->healths);
	free(status->rows);
	status->healths = NULL;
	status->rows = NULL;
	status->n = 0;
	ctl_sources_done(&status->sources);
}

static void status_done(struct status *status)
{
	forget(status);
	sd_bus_flush_close_unrefp(&status->bus);
}

static int add(struct status *status, size_t row)
{
	struct ctl_health *health;
	size_t *index;
	int r;

	index = array_grow(&status->rows, status->n, sizeof(*index));
	health = array_grow(&status->healths, status->n, sizeof(*health));
	if (!index || !health)
		return -ENOMEM;
	*index = row;
	r = ctl_health_read(&status->sources, &status->sources.overview.rows[row],
			    status->bus, health);
	if (r >= 0)
		status->n++;
	return r;
}

/* Looks at everything anew. */
static int look(struct status *status)
{
	const struct overview *overview;
	int r;

	forget(status);
	r = ctl_sources_load(&status->sources);
	overview = &status->sources.overview;
	for (size_t i = 0; r >= 0 && i < overview->n; i++)
		if (status->name ?
			    overview_row_matches(&overview->rows[i], status->name) :
			    overview->rows[i].name != NULL)
			r = add(status, i);
	return r;
}

static const struct overview_row *row_of(const struct status *status, size_t i)
{
	return &status->sources.overview.rows[status->rows[i]];
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
		    status->healths[i].chain.diagnosis.stage == STAGE_READY)
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
	waiting_print(&health->chain.diagnosis,
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

	r = look(status);
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

static void print(const struct status *status)
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
			(void)names_describe_conflicts(status->sources.run,
						       status->sources.sysfs_fd,
						       row_of(status, i)->pool, conflict,
						       sizeof(conflict));
		if (status->json) {
			ctl_status_json(&json, row_of(status, i), health, conflict);
			continue;
		}
		if (i > 0)
			putchar('\n');
		ctl_status_print(row_of(status, i), health, conflict);
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

static int fail_missing(const struct status *status)
{
	if (config_is_bad_name(&status->sources.config, status->name))
		fprintf(stderr,
			"npivctl: the configuration of '%s' is wrong; 'npivctl check' says how\n",
			status->name);
	else
		(void)ctl_fail_unknown(&status->sources, status->name);
	return stage_info(STAGE_CONFIG)->exit_code;
}

static int run(struct status *status)
{
	int r;

	status->bus = ctl_health_bus();
	r = look(status);
	if (r >= 0 && status->n > 0 && status->wait)
		r = wait_until_ready(status);
	if (r < 0)
		return ctl_fail("cannot look at the virtual HBAs", r);
	if (status->n == 0 && status->name)
		return fail_missing(status);
	if (status->n == 0 && !status->json)
		fputs("npivctl: there is no virtual HBA, neither configured nor up\n",
		      stderr);
	print(status);
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
	return run(&status);
}
