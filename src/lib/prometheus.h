/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
#pragma once

#include "lib/util.h"

struct prometheus_label {
	const char *name;
	const char *value; /* in UTF-8; NULL is written as "" */
};

/* Begins a metric: all its samples must follow before the next metric. help is a text of the program, one line
 * without a backslash. */
void prometheus_begin(const char *name, const char *help, FILE *out);

/* Writes a sample of the metric of this name. */
void prometheus_sample(const char *name, const struct prometheus_label *labels, size_t n,
		       uint64_t value, FILE *out);
