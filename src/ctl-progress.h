/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines on a terminal that say what jobs are doing, and go when they have ended. */
#pragma once

#include "sys/bus-job.h"

struct progress {
	const char *const *names; /* beside the jobs */
	bool is_terminal;
	unsigned width; /* of the terminal */
	unsigned n_lines; /* on it now */
};

/* On stderr; does nothing where that is no terminal. */
void progress_begin(struct progress *progress);

/* The lines of n jobs in the place of those before. */
void progress_show(struct progress *progress, const struct bus_job *jobs, size_t n);

/* Takes the lines away. */
void progress_end(struct progress *progress);
