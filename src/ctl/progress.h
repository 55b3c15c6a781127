/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What jobs are doing, on stderr: on a terminal as lines that go when the jobs have ended; anywhere else as one line
 * for each cause that has held a job up for a while. */
#pragma once

#include "diagnose/waiting.h"
#include "event/bus-job.h"

struct progress {
	const char *const *names; /* beside the jobs */
	bool is_terminal;
	unsigned width; /* of the terminal */
	unsigned n_lines; /* on it now */
	struct waiting_cause *causes; /* one for each job; NULL on a terminal */
};

/* Begins for n jobs. Without memory nothing is shown. */
void progress_begin(struct progress *progress, size_t n);

/* Shows n jobs: on a terminal in the place of the lines before. */
void progress_show(struct progress *progress, const struct bus_job *jobs, size_t n);

/* Takes the lines of a terminal away, and frees what is inside. */
void progress_end(struct progress *progress);
