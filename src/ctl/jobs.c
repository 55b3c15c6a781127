// SPDX-License-Identifier: LGPL-2.1-or-later
/* Units of virtual HBAs started and stopped: what goes on meanwhile, and how it ended. */
#include <unistd.h>

#include "diagnose/stage.h"
#include "names/unitname.h"
#include "ctl/jobs.h"
#include "ctl/ctl.h"
#include "ctl/terminal.h"
#include "state/environment.h"

int ctl_jobs_connect(sd_bus **ret_bus)
{
	int r;

	if (*environment_root()) {
		fputs("npivctl: NPIV_ROOT is set, and there is no service manager below it\n",
		      stderr);
		return -EOPNOTSUPP;
	}
	r = bus_open(ret_bus);
	if (r >= 0)
		r = sd_bus_set_allow_interactive_authorization(*ret_bus, 1);
	if (r < 0)
		ctl_jobs_fail("cannot reach systemd", r);
	return r;
}

int ctl_jobs_fail(const char *what, int r)
{
	if (r == -EACCES || r == -EPERM)
		fprintf(stderr, "npivctl: %s: %s; root privileges are required\n", what,
			strerror(-r));
	else
		fprintf(stderr, "npivctl: %s: %s\n", what, strerror(-r));
	return EXIT_FAILURE;
}

int ctl_jobs_add(struct ctl_jobs *jobs, const char *name, const char *method)
{
	struct bus_job *job;
	char **place;

	assert(jobs);
	assert(name);

	job = array_grow(&jobs->jobs, jobs->n, sizeof(*job));
	place = array_grow(&jobs->names, jobs->n, sizeof(*place));
	if (!job || !place)
		return -ENOMEM;
	job->method = method;
	job->unit = unit_name_vport(name);
	job->helper = unit_name_teardown(name);
	*place = strdup(name);
	jobs->n++;
	return job->unit && job->helper && *place ? 0 : -ENOMEM;
}

/* --- how it ended ---------------------------------------------------------------------------- */

static void tell_success(const struct bus_job *job, const char *name)
{
	if (streq(job->method, "StopUnit"))
		printf("%s: is down\n", name);
	else if (job->status)
		printf("%s: %s\n", name, job->status);
	else
		printf("%s: is up\n", name);
}

/* The program's own last words; of one that was killed there are none about it. The exit code is that of the
 * last start, which says nothing of a stop. */
static const struct stage_info *find_stage(const struct bus_job *job)
{
	const struct stage_info *stage = job->status ? stage_of_message(job->status) :
						       NULL;

	if (stage || streq(job->method, "StopUnit"))
		return stage;
	return stage_of_exit_code(job->exit_code);
}

static int tell_stage(const struct bus_job *job, const char *name,
		      const struct stage_info *stage)
{
	bool has_words = job->status && stage_of_message(job->status) == stage;

	fprintf(stderr, "npivctl: %s: %s\n", name,
		has_words ? job->status : stage->summary);
	if (stage->hint)
		fprintf(stderr, "  %s\n", stage->hint);
	return stage->exit_code;
}

static int tell_failure(const struct bus_job *job, const char *name)
{
	const struct stage_info *stage;

	if (!job->path) {
		/* systemd's numbers for its refusals do not help the user (masked: ERFKILL). */
		if (job->error == -EACCES || job->error == -EPERM || !job->error_text)
			return ctl_jobs_fail(name, job->error);
		fprintf(stderr, "npivctl: %s: %s\n", name, job->error_text);
		return EXIT_FAILURE;
	}
	/* The result of a reload of a unit that is not up. Its last status and exit code are those of a start. */
	if (streq(job->result, "invalid")) {
		fprintf(stderr,
			"npivctl: %s: it is not up, so it cannot be reloaded\n"
			"  start it with 'npivctl start %s'\n",
			name, name);
		return EXIT_FAILURE;
	}
	stage = find_stage(job);
	if (stage)
		return tell_stage(job, name, stage);
	fprintf(stderr, "npivctl: %s: job %s", name, job->result);
	if (job->failure && !streq(job->failure, "success"))
		fprintf(stderr, " (%s)", job->failure);
	fprintf(stderr,
		"\n"
		"  'systemctl status %s' may show more\n",
		job->unit);
	return EXIT_FAILURE;
}

/* Returns 0, or the exit code of a job that failed. */
static int tell_end(const struct bus_job *job, const char *name)
{
	if (job->path && !job->result)
		return EXIT_SUCCESS; /* it goes on, and is not needed */
	if (!bus_job_is_done(job))
		return tell_failure(job, name);
	tell_success(job, name);
	return EXIT_SUCCESS;
}

struct following {
	const struct ctl_jobs *jobs;
	struct terminal_lines lines;
};

static void show_running(struct following *following, const struct bus_job *jobs,
			 size_t n)
{
	struct terminal_lines *lines = &following->lines;

	terminal_rewind(lines);
	for (size_t i = 0; i < n; i++) {
		const char *status = jobs[i].status;

		if (jobs[i].path && !jobs[i].result && (status || lines->is_live))
			terminal_show(lines, i, following->jobs->names[i],
				      status ? status : "…");
	}
	terminal_flush(lines);
}

static bool on_change(const struct bus_job *jobs, size_t n, void *context)
{
	struct following *following = context;
	const struct ctl_jobs *wanted = following->jobs;
	bool is_any_done = false;

	show_running(following, jobs, n);
	for (size_t i = 0; i < n; i++)
		is_any_done = is_any_done || bus_job_is_done(&jobs[i]);
	return !is_any_done || !wanted->is_enough || !wanted->is_enough(wanted->context);
}

int ctl_jobs_run(sd_bus *bus, struct ctl_jobs *jobs)
{
	struct following following = { .jobs = jobs };
	int r, code = EXIT_SUCCESS;

	assert(bus);
	assert(jobs);

	terminal_begin(&following.lines, jobs->n);
	r = bus_jobs_run(bus, jobs->jobs, jobs->n, BUS_JOBS_MAX_USEC, on_change,
			 &following);
	terminal_end(&following.lines);
	if (r < 0)
		return ctl_jobs_fail("lost systemd", r);
	for (size_t i = 0; i < jobs->n; i++) {
		int one = tell_end(&jobs->jobs[i], jobs->names[i]);

		code = code ? code : one;
	}
	return code;
}

void ctl_jobs_done(struct ctl_jobs *jobs)
{
	for (size_t i = 0; i < jobs->n; i++) {
		bus_job_done(&jobs->jobs[i]);
		free(jobs->names[i]);
	}
	free(jobs->jobs);
	free(jobs->names);
	*jobs = (struct ctl_jobs){ 0 };
}
