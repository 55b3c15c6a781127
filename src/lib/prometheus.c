// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes the text format of Prometheus: gauges and their samples. */
#include <inttypes.h>

#include "lib/prometheus.h"

void prometheus_begin(const char *name, const char *help, FILE *out)
{
	assert(name);
	assert(help);
	assert(out);

	fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void label_print(const struct prometheus_label *label, FILE *out)
{
	fprintf(out, "%s=\"", label->name);
	for (const char *p = label->value ? label->value : ""; *p; p++) {
		if (*p == '\n') {
			fputs("\\n", out);
			continue;
		}
		if (*p == '\\' || *p == '"')
			fputc('\\', out);
		fputc(*p, out);
	}
	fputc('"', out);
}

void prometheus_sample(const char *name, const struct prometheus_label *labels, size_t n,
		       uint64_t value, FILE *out)
{
	assert(name);
	assert(labels || n == 0);
	assert(out);

	fputs(name, out);
	for (size_t i = 0; i < n; i++) {
		fputc(i == 0 ? '{' : ',', out);
		label_print(&labels[i], out);
	}
	fprintf(out, "%s %" PRIu64 "\n", n > 0 ? "}" : "", value);
}
