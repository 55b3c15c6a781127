/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units of virtual HBAs started and stopped: what goes on meanwhile, and how it ended. */
#pragma once

#include "event/bus-job.h"

struct ctl_jobs {
	struct bus_job *jobs;
	char **names; /* of the vHBAs, beside the jobs */
	size_t n;
	/* Asked once one of them has done its work: true if what they are run for is there, so that those that
	 * have not ended are not waited for. NULL: each is waited for. */
	bool (*is_enough)(const void *context);
	const void *context;
};

/* Connects to the service manager. Reports failures on stderr. Returns 0 or -errno. */
int ctl_jobs_connect(sd_bus **ret_bus) _must_check_;

/* Reports that a call to the service manager failed. Returns EXIT_FAILURE. */
int ctl_jobs_fail(const char *what, int r);

/* method: "StartUnit", …. -ENOMEM. */
int ctl_jobs_add(struct ctl_jobs *jobs, const char *name,
		 const char *method) _must_check_;

/* Runs them all at once, and shows on a terminal what they do. Reports how each of them ended: on
 * stdout that it is done, on stderr why it is not and what to look at. Returns 0, or the exit code of the
 * first that failed: that of its stage (npiv-vport(8)), else EXIT_FAILURE. */
int ctl_jobs_run(sd_bus *bus, struct ctl_jobs *jobs) _must_check_;

void ctl_jobs_done(struct ctl_jobs *jobs);
