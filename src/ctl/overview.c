// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl without a verb: what there is on this host, and what to type next. */
#include "diagnose/parent.h"
#include "ctl/health.h"
#include "ctl/ctl.h"

#define MAX_SHOWN 10U /* virtual HBAs by name; the others are counted */

/* What the commands to type next depend on. */
struct overview {
	const char *broken; /* the first virtual HBA with a problem; NULL: there is none */
	const char *stopped; /* the first one that is not started; NULL: there is none */
};

static void print_hbas(const struct inventory *inventory)
{
	char detail[PARENT_DETAIL_SIZE];
	unsigned n = 0, n_usable = 0;

	for (size_t i = 0; i < inventory->n_ports; i++) {
		if (inventory->ports[i].is_vport)
			continue;
		n++;
		n_usable += !*parent_detail(&inventory->ports[i], detail);
	}
	if (n == 0)
		puts("HBAs: none; load the driver of the Fibre Channel HBA");
	else
		printf("HBAs: %u; %u can carry a further virtual HBA now\n", n, n_usable);
}

static void print_vhba(const struct vhba_row *row, const struct ctl_health *health)
{
	const char *problem = ctl_health_problem(health);

	printf("  %-16s  %s\n", row->name ? row->name : "(unmanaged)",
	       problem ? problem : ctl_health_word(health));
}

static int overview_add(struct overview *overview, const struct host_model *model,
			size_t i, sd_bus *bus)
{
	_cleanup_(ctl_health_done) struct ctl_health health = { 0 };
	const struct vhba_row *row = &model->vhbas.rows[i];
	int r;

	r = ctl_health_read(model, row, bus, &health);
	if (r < 0)
		return r;
	if (i < MAX_SHOWN)
		print_vhba(row, &health);
	if (row->name && !overview->broken && ctl_health_problem(&health))
		overview->broken = row->name;
	if (row->name && !overview->stopped && health.is_stopped)
		overview->stopped = row->name;
	return 0;
}

static int print_vhbas(const struct host_model *model, struct overview *overview)
{
	_cleanup_bus_ sd_bus *bus = ctl_health_bus();
	size_t n = model->vhbas.n;
	int r = 0;

	if (n == 0)
		puts("Virtual HBAs: none");
	else
		printf("Virtual HBAs: %zu\n", n);
	for (size_t i = 0; i < n && r >= 0; i++)
		r = overview_add(overview, model, i, bus);
	if (n > MAX_SHOWN)
		printf("  and %zu more\n", n - MAX_SHOWN);
	return r;
}

static void print_command(const char *verb, const char *name, const char *what)
{
	char command[96];

	(void)snprintf(command, sizeof(command), "npivctl %s%s%s", verb, name ? " " : "",
		       name ? name : "");
	printf("  %-24s  %s\n", command, what);
}

static void print_next(const struct overview *overview)
{
	puts("\nWhat to type next:");
	if (overview->broken)
		print_command("status", overview->broken, "show the cause and the cure");
	if (overview->stopped)
		print_command("start", overview->stopped, "start it");
	print_command("hbas", NULL, "show the HBAs");
	print_command("list", NULL, "show the virtual HBAs");
	print_command("create", "NAME", "write the configuration of a new virtual HBA");
	print_command("--help", NULL, "list all verbs");
}

int ctl_overview(void)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	struct overview overview = { 0 };
	int r;

	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	print_hbas(&model.inventory);
	r = print_vhbas(&model, &overview);
	if (r < 0)
		return ctl_fail("cannot look at the virtual HBAs", r);
	print_next(&overview);
	return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS :
							ctl_fail("cannot print", -EIO);
}
