// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl start, stop, restart and reload: systemctl's verbs for virtual HBAs and pools. */
#include <getopt.h>
#include <limits.h>

#include "names/unitname.h"
#include "ctl/jobs.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "state/environment.h"

/* A unit whose vHBA is neither configured nor up can still be there: failed, or about to be tried again. */
static bool is_active(const char *name, void *context)
{
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	_cleanup_free_ char *unit = unit_name_vport(name);
	_cleanup_bus_ sd_bus *bus = NULL;

	return !*environment_root() && unit && bus_open(&bus) >= 0 &&
	       bus_unit_read(bus, unit, &state) >= 0 &&
	       !streq(state.active_state, "inactive");
}

static int run(sd_bus *bus, const struct selection *selection, const char *method)
{
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = { 0 };
	int r = 0;

	for (size_t i = 0; i < selection->n && r >= 0; i++)
		r = ctl_jobs_add(&jobs, selection->names[i], method);
	return r < 0 ? ctl_fail("cannot begin", r) : ctl_jobs_run(bus, &jobs);
}

static int control(int argc, char *argv[], const struct ctl_help *help,
		   const char *method)
{
	_cleanup_(ctl_sources_done) struct ctl_sources sources = { 0 };
	_cleanup_(selection_done) struct selection selection = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r, code;

	r = ctl_parse_options(argc, argv, help, NULL, NULL);
	if (r >= 0)
		return r;
	if (ctl_sources_load(&sources) < 0)
		return EXIT_FAILURE;
	code = selection_make(&sources, argv + optind, (size_t)(argc - optind), is_active,
			      NULL, &selection);
	/* As long as one of them is mistyped, none is touched. */
	if (code == 0 && ctl_jobs_connect(&bus) < 0)
		code = EXIT_FAILURE;
	return code != 0 ? code : run(bus, &selection, method);
}

/* What all of them say of what they take and give. */
#define COMMON                                                                                          \
	"\n\nNAME is a virtual HBA, else a pool: then all of it. Several are handled at once. On a\n"   \
	"terminal it is shown how far they are. Fails with the exit code of npiv-vport(8) that tells\n" \
	"the stage at which the first one failed."

int ctl_start(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "start NAME|POOL...",
		.text = "Starts virtual HBAs, and waits until their LUNs are usable." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control(argc, argv, &help, "StartUnit");
}

int ctl_stop(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "stop NAME|POOL...",
		.text = "Stops virtual HBAs: flushes and removes their LUNs, then the ports. Refuses while a LUN\n"
			"is in use, and says who uses it." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control(argc, argv, &help, "StopUnit");
}

int ctl_restart(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "restart NAME|POOL...",
		.text = "Stops virtual HBAs and starts them again; those that are down are started." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control(argc, argv, &help, "RestartUnit");
}

int ctl_reload(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "reload NAME|POOL...",
		.text = "Looks for LUNs that were mapped since, applies changed aliases and permissions, and lets\n"
			"names follow LUNs that were mapped anew. Nothing goes away meanwhile." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control(argc, argv, &help, "ReloadUnit");
}
