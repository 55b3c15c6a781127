/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of the service manager: queued, and followed to their end. */
#pragma once

#include "event/bus.h"

/* One thing that is to be done with one unit. */
struct bus_job {
	char *unit;
	char *helper; /* another unit, whose program does what a stop means; NULL: none */
	const char *method; /* of org.freedesktop.systemd1.Manager: "StartUnit", … */
	/* Filled by bus_jobs_run(): */
	char *path; /* of the job; NULL: it was not queued */
	char *result; /* "done", "failed", "canceled", …; NULL: it has not ended */
	char *status; /* what the unit's program, or its helper's, said of itself last; NULL: nothing */
	char *helper_status; /* the same of the helper alone */
	char *failure; /* the unit's Result where the job failed: "exit-code", "timeout", … */
	int exit_code; /* of the unit's main process where the job failed */
	int error; /* why it could not be queued, a negative errno; and in the manager's words: */
	char *error_text;
};

/* Called whenever something about the jobs has changed. false: enough is known, and those that have not ended
 * go on without anybody who waits. */
typedef bool (*bus_jobs_progress)(const struct bus_job *jobs, size_t n, void *context);

/* More than the longest timeout= that a configuration may have, and its margin. */
#define BUS_JOBS_MAX_USEC (4000 * USEC_PER_SEC)

/* Queues them all, then waits, usec at most, until each has ended or progress (NULL: nobody wants to know) says
 * that it is enough. What befell a job is in the job: the return value is -errno only where the manager was lost,
 * or -ETIME where it took longer. */
int bus_jobs_run(sd_bus *bus, struct bus_job *jobs, size_t n, uint64_t usec,
		 bus_jobs_progress progress, void *context) _must_check_;

/* Whether it did what was asked for. */
bool bus_job_is_done(const struct bus_job *job);

void bus_job_done(struct bus_job *job);

/* Has the manager read its units anew, which runs the generators: systemctl daemon-reload. Bounded by a
 * minute and a half. */
int bus_reload(sd_bus *bus) _must_check_;

/* Whether somebody has masked a unit (systemctl(1)); false where that cannot be found out. */
bool bus_unit_is_masked(sd_bus *bus, const char *unit);

/* systemctl enable and disable, of one unit. */
int bus_enable_unit(sd_bus *bus, const char *unit) _must_check_;
int bus_disable_unit(sd_bus *bus, const char *unit) _must_check_;
