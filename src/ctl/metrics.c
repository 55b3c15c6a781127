// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl metrics: how the vHBAs and HBAs are, as numbers for Prometheus. */
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fc/wwn.h"
#include "lib/prometheus.h"
#include "lib/run-file.h"
#include "diagnose/parent.h"
#include "ctl/ctl.h"
#include "ctl/health.h"

struct metrics {
	const char *file; /* NULL: standard output */
	struct host_model model;
	struct ctl_health *healths; /* one for each vHBA of the model */
};

static int on_option(int letter, const char *argument, void *context)
{
	struct metrics *metrics = context;

	metrics->file = argument;
	return 0;
}

static const struct ctl_option options[] = {
	{ "output", 'o', required_argument, "FILE",
	  "write FILE, whole or not at all; its name has to end in .prom\n"
	  "for node_exporter" },
};

static const struct ctl_help help = {
	.usage = "metrics [--output FILE]",
	.text = "Prints the state of virtual HBAs and HBAs as metrics for Prometheus, in the form that the\n"
		"textfile collector of node_exporter reads. An unknown value has no line.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = on_option,
};

/* A section with errors says nothing of the LUNs. */
static bool is_known(const struct ctl_health *health)
{
	return health->check.diagnosis.stage != STAGE_CONFIG;
}

static bool find_ready(const struct vhba_row *row, const struct ctl_health *health,
		       uint64_t *ret_value)
{
	*ret_value = ctl_health_exit_code(health) == EXIT_SUCCESS;
	return true;
}

static bool find_luns_found(const struct vhba_row *row, const struct ctl_health *health,
			    uint64_t *ret_value)
{
	*ret_value = row->luns_found;
	return is_known(health);
}

static bool find_luns_expected(const struct vhba_row *row,
			       const struct ctl_health *health, uint64_t *ret_value)
{
	*ret_value = row->luns_expected;
	return row->luns_expected > 0;
}

static bool find_paths(const struct vhba_row *row, const struct ctl_health *health,
		       uint64_t *ret_value)
{
	*ret_value = health->check.diagnosis.n_usable_paths;
	return is_known(health);
}

/* Each has one sample for each vHBA of which find() knows the value. */
static const struct vhba_metric {
	const char *name, *help;
	bool (*find)(const struct vhba_row *row, const struct ctl_health *health,
		     uint64_t *ret_value);
} vhba_metrics[] = {
	{ "npiv_vhba_ready", "1 if npivctl status finds the vHBA ready, else 0.",
	  find_ready },
	{ "npiv_vhba_luns_found", "LUNs of the vHBA that have a disk.", find_luns_found },
	{ "npiv_vhba_luns_expected", "LUNs that luns= or min_luns= of the vHBA expects.",
	  find_luns_expected },
	{ "npiv_vhba_paths", "Usable paths to LUNs of the vHBA.", find_paths },
};

static void print_vhba_metric(const struct metrics *metrics,
			      const struct vhba_metric *metric, FILE *out)
{
	const struct vhba_table *vhbas = &metrics->model.vhbas;

	prometheus_begin(metric->name, metric->help, out);
	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];
		const struct prometheus_label labels[] = { { "vhba", row->name },
							   { "pool", row->pool } };
		uint64_t value;

		if (row->name && metric->find(row, &metrics->healths[i], &value))
			prometheus_sample(metric->name, labels, ARRAY_SIZE(labels), value,
					  out);
	}
}

static void print_stage(const struct vhba_row *row, const struct ctl_health *health,
			const char *word, FILE *out)
{
	const struct prometheus_label labels[] = {
		{ "vhba", row->name },
		{ "pool", row->pool },
		{ "stage", word },
	};

	prometheus_sample("npiv_vhba_stage", labels, ARRAY_SIZE(labels),
			  streq(ctl_health_word(health), word), out);
}

/* A set of states: each stage has a sample, and one of them is 1. */
static void print_stages(const struct metrics *metrics, FILE *out)
{
	const struct vhba_table *vhbas = &metrics->model.vhbas;

	prometheus_begin("npiv_vhba_stage",
			 "1 for the stage that the vHBA is at, 0 for each other one.",
			 out);
	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];
		const struct ctl_health *health = &metrics->healths[i];

		if (!row->name)
			continue;
		print_stage(row, health, "stopped", out);
		for (enum npiv_stage stage = 0; stage < _STAGE_MAX; stage++)
			if (stage != STAGE_BUSY) /* only a stop ends there */
				print_stage(row, health, stage_info(stage)->name, out);
	}
}

static bool find_vports_free(const struct fc_port *hba, uint64_t *ret_value)
{
	*ret_value = parent_free_vports(hba);
	return true;
}

static bool find_vports_max(const struct fc_port *hba, uint64_t *ret_value)
{
	*ret_value = hba->max_vports;
	return hba->is_capable;
}

static const struct hba_metric {
	const char *name, *help;
	bool (*find)(const struct fc_port *hba, uint64_t *ret_value);
} hba_metrics[] = {
	{ "npiv_hba_vports_free", "Virtual ports that the HBA can still take.",
	  find_vports_free },
	{ "npiv_hba_vports_max", "Virtual ports that the HBA can carry.",
	  find_vports_max },
};

static void print_hba_metric(const struct inventory *inventory,
			     const struct hba_metric *metric, FILE *out)
{
	prometheus_begin(metric->name, metric->help, out);
	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *hba = &inventory->ports[i];
		char wwpn[WWN_TEXT_SIZE], host[32];
		const struct prometheus_label labels[] = { { "wwpn", wwpn },
							   { "host", host } };
		uint64_t value;

		if (hba->is_vport || !metric->find(hba, &value))
			continue;
		*wwpn = '\0';
		if (wwn_is_usable(hba->wwpn))
			wwn_format(hba->wwpn, wwpn);
		(void)snprintf(host, sizeof(host), "host%" PRIu32, hba->host);
		prometheus_sample(metric->name, labels, ARRAY_SIZE(labels), value, out);
	}
}

static void print_all(const struct metrics *metrics, FILE *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(vhba_metrics); i++)
		print_vhba_metric(metrics, &vhba_metrics[i], out);
	print_stages(metrics, out);
	for (size_t i = 0; i < ARRAY_SIZE(hba_metrics); i++)
		print_hba_metric(&metrics->model.inventory, &hba_metrics[i], out);
}

/* ".NAME.PID" beside the file. node_exporter does not read it, because it does not end in .prom. */
static char *temporary_name(const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	char *temporary;

	return asprintf(&temporary, "%.*s.%s.%d", (int)(name - file), file, name,
			(int)getpid()) < 0 ?
		       NULL :
		       temporary;
}

/* Returns an exit code. The new file takes the place of what is there, which may be a file only: root must not lose
 * a device. */
static int write_file(const char *file, const char *text, size_t size)
{
	_cleanup_free_ char *temporary = temporary_name(file);
	struct stat st;
	int r;

	if (lstat(file, &st) >= 0 && !S_ISREG(st.st_mode)) {
		fprintf(stderr,
			"npivctl: '%s' is no regular file; give --output the name of one\n",
			file);
		return EXIT_FAILURE;
	}
	r = temporary ? run_file_write(AT_FDCWD, file, temporary, text, size) : -ENOMEM;
	if (r >= 0)
		return EXIT_SUCCESS;
	fprintf(stderr, "npivctl: cannot write '%s': %s\n", file, strerror(-r));
	return EXIT_FAILURE;
}

static int metrics_print(const struct metrics *metrics)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return ctl_fail("cannot print", -ENOMEM);
	print_all(metrics, out);
	if (fclose(out) != 0)
		return ctl_fail("cannot print", -ENOMEM);
	if (metrics->file)
		return write_file(metrics->file, text, size);
	if (fwrite(text, 1, size, stdout) != size || fflush(stdout) != 0)
		return ctl_fail("cannot print", -EIO);
	return EXIT_SUCCESS;
}

static int read_healths(struct metrics *metrics)
{
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	const struct vhba_table *vhbas = &metrics->model.vhbas;
	int r = 0;

	metrics->healths = calloc(vhbas->n + 1, sizeof(*metrics->healths));
	if (!metrics->healths)
		return -ENOMEM;
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		if (vhbas->rows[i].name)
			r = ctl_health_read(&metrics->model, &vhbas->rows[i], bus,
					    &metrics->healths[i]);
	return r;
}

static void metrics_done(struct metrics *metrics)
{
	for (size_t i = 0; metrics->healths && i < metrics->model.vhbas.n; i++)
		ctl_health_done(&metrics->healths[i]);
	free(metrics->healths);
	host_model_done(&metrics->model);
}

int ctl_metrics(int argc, char *argv[])
{
	_cleanup_(metrics_done) struct metrics metrics = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &metrics, NULL);
	if (r >= 0)
		return r;
	r = host_model_load(&metrics.model);
	if (r < 0)
		return EXIT_FAILURE;
	r = read_healths(&metrics);
	return r < 0 ? ctl_fail("cannot look at the virtual HBAs", r) :
		       metrics_print(&metrics);
}
