/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of the service manager: queued, and followed to their end. */
#pragma once

#include "event/bus.h"

/* One operation on one unit. */
struct bus_job {
	char *unit;
	char *helper; /* another unit, whose program does the work of a stop; NULL: none */
	const char *method; /* of org.freedesktop.systemd1.Manager: "StartUnit", … */
	/* Filled by bus_jobs_run(): */
	char *path; /* of the job; NULL: it was not queued */
	char *result; /* "done", "failed", "canceled", …; NULL: it has not ended */
	char *status; /* last status text of the unit's program or its helper's; NULL: none */
	char *helper_status; /* last status text of the helper alone; NULL: none */
	char *failure; /* the unit's Result if the job failed: "exit-code", "timeout", … */
	int exit_code; /* of the unit's main process if the job failed */
	int error; /* why it could not be queued: a negative errno, and the manager's text: */
	char *error_text;
};

/* Called whenever a job has changed. Returns false to stop waiting: jobs that have not ended then continue
 * unobserved. */
typedef bool (*bus_jobs_progress)(const struct bus_job *jobs, size_t n, void *context);

/* The longest timeout= that a configuration may have, plus a margin. */
#define BUS_JOBS_MAX_USEC (4000 * USEC_PER_SEC)

/* Queues all jobs, then waits at most usec until each has ended or progress returns false; progress may be NULL.
 * The outcome of each job is stored in it. Returns -errno only if the manager was lost, -ETIME if the wait took
 * longer. */
int bus_jobs_run(sd_bus *bus, struct bus_job *jobs, size_t n, uint64_t usec,
		 bus_jobs_progress progress, void *context) _must_check_;

/* Whether the job did what was asked for. */
bool bus_job_is_done(const struct bus_job *job);

void bus_job_done(struct bus_job *job);

/* Makes the manager read its units again, which runs the generators: systemctl daemon-reload. Takes a minute and a
 * half at most. */
int bus_reload(sd_bus *bus) _must_check_;

/* Whether a unit is masked (systemctl(1)); false if that cannot be found out. */
bool bus_unit_is_masked(sd_bus *bus, const char *unit);

/* systemctl enable and disable, of one unit. */
int bus_enable_unit(sd_bus *bus, const char *unit) _must_check_;
int bus_disable_unit(sd_bus *bus, const char *unit) _must_check_;
