// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl start, stop, restart, reload, enable and disable: systemctl's verbs for virtual HBAs and pools. */
#include <getopt.h>
#include <limits.h>

#include "lib/usage.h"
#include "names/names.h"
#include "names/unitname.h"
#include "ctl/jobs.h"
#include "ctl/select.h"
#include "ctl/ctl.h"
#include "state/environment.h"

/* A unit whose vHBA is neither configured nor up can still be there: failed, and to be recovered. */
static bool is_active(const char *name, void *context)
{
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	_cleanup_free_ char *unit = unit_name_vport(name);
	_cleanup_bus_ sd_bus *bus = NULL;

	return !*environment_root() && unit && bus_open(&bus) >= 0 &&
	       bus_unit_read(bus, unit, &state) >= 0 &&
	       !streq(state.active_state, "inactive");
}

static bool has_failed(sd_bus *bus, const char *name)
{
	_cleanup_free_ char *unit = unit_name_vport(name), *state = NULL;

	return unit && bus_unit_active_state(bus, unit, &state) >= 0 &&
	       streq(state, "failed");
}

/* systemd reloads no unit that has failed. The names of such a vHBA follow here, and a start does the rest. */
static int add_reload(sd_bus *bus, const struct host_model *model, const char *name,
		      struct ctl_jobs *jobs)
{
	const struct vhba_state *state =
		vhba_state_find(model->states.states, model->states.n, name);
	int r = 0;

	if (!has_failed(bus, name))
		return ctl_jobs_add(jobs, name, "ReloadUnit");
	if (state)
		r = names_confirm(model->run, model->sysfs_fd, state->pool,
				  state_pool_is_shared(model->run, state));
	return r < 0 ? r : ctl_jobs_add(jobs, name, "StartUnit");
}

static int run_jobs(sd_bus *bus, const struct host_model *model,
		    const struct selection *selection, const char *method)
{
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = { 0 };
	int r = 0;

	for (size_t i = 0; i < selection->n && r >= 0; i++)
		r = streq(method, "ReloadUnit") ?
			    add_reload(bus, model, selection->names[i], &jobs) :
			    ctl_jobs_add(&jobs, selection->names[i], method);
	return r < 0 ? ctl_jobs_fail("cannot begin", r) : ctl_jobs_run(bus, &jobs);
}

static int control_units(int argc, char *argv[], const struct ctl_help *help,
			 const char *method)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(selection_done) struct selection selection = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	bool is_all = false;
	int r, code;

	r = ctl_parse_options(argc, argv, help, &is_all, NULL);
	if (r >= 0)
		return r;
	if (is_all == (optind < argc)) {
		fprintf(stderr, "%s: %s\n", argv[0],
			is_all ? "--all takes no arguments" : "an argument is missing");
		return EXIT_USAGE;
	}
	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	code = is_all ? selection_all(&model, &selection) :
			selection_make(&model, argv + optind, (size_t)(argc - optind),
				       is_active, NULL, &selection);
	/* As long as one of them is mistyped, none is touched. */
	if (code == 0 && ctl_jobs_connect(&bus) < 0)
		code = EXIT_FAILURE;
	return code != 0 ? code : run_jobs(bus, &model, &selection, method);
}

/* The part of the help that all of them share. */
#define COMMON                                                                                        \
	"\n"                                                                                          \
	"\n"                                                                                          \
	"NAME is a virtual HBA; POOL stands for all virtual HBAs of a pool. Several virtual HBAs\n"   \
	"are handled at the same time, and their progress is shown. If one fails, the exit code is\n" \
	"that of the first failure; npiv-vport(8) lists the codes."

int ctl_start(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "start NAME|POOL...",
		.text = "Starts virtual HBAs and waits until their LUNs are usable." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control_units(argc, argv, &help, "StartUnit");
}

static int on_stop_option(int letter, const char *argument, void *context)
{
	bool *is_all = context;

	*is_all = true;
	return 0;
}

int ctl_stop(int argc, char *argv[])
{
	static const struct ctl_option options[] = {
		{ "all", 'a', no_argument, NULL,
		  "stop every virtual HBA, as the removal of the package does" },
	};
	static const struct ctl_help help = {
		.usage = "stop --all|NAME|POOL...",
		.text = "Stops virtual HBAs: flushes and removes their LUNs, then deletes their ports. Refuses if a\n"
			"LUN is in use, and names what uses it." COMMON,
		.options = options,
		.n_options = ARRAY_SIZE(options),
		.max_arguments = INT_MAX,
		.on_option = on_stop_option,
	};

	return control_units(argc, argv, &help, "StopUnit");
}

int ctl_restart(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "restart NAME|POOL...",
		.text = "Stops virtual HBAs and starts them again. Starts those that are down, too." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control_units(argc, argv, &help, "RestartUnit");
}

int ctl_reload(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "reload NAME|POOL...",
		.text = "Looks for new LUNs, applies changed aliases and permissions, and gives the names of\n"
			"re-mapped LUNs to the logical units that are mapped now. The other LUNs stay usable.\n"
			"Starts virtual HBAs that have failed, and fails for those that are stopped." COMMON,
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return control_units(argc, argv, &help, "ReloadUnit");
}

/* --- enable and disable: whether the boot starts it, as far as its file leaves that open --- */

/* The file decides; systemd is asked only if the file has autostart = no. Returns an exit code. */
static int enable_one(sd_bus *bus, const char *name, const struct vhba_config *vhba)
{
	_cleanup_free_ char *unit = unit_name_vport(name);
	int r;

	if (vhba && vhba->autostart) {
		printf("%s: started at boot: autostart = yes (%s:%u)\n", name, vhba->file,
		       vhba->line);
		return EXIT_SUCCESS;
	}
	if (!vhba) {
		fprintf(stderr, "npivctl: %s: no file defines it\n", name);
		return EXIT_FAILURE;
	}
	r = unit ? bus_enable_unit(bus, unit) : -ENOMEM;
	if (r < 0)
		return ctl_jobs_fail(name, r);
	printf("%s: enabled: started at boot, although %s:%u has autostart = no\n", name,
	       vhba->file, vhba->line);
	return EXIT_SUCCESS;
}

static int disable_one(sd_bus *bus, const char *name, const struct vhba_config *vhba)
{
	_cleanup_free_ char *unit = unit_name_vport(name);
	int r;

	r = unit ? bus_disable_unit(bus, unit) : -ENOMEM;
	if (r < 0)
		return ctl_jobs_fail(name, r);
	if (!vhba || !vhba->autostart) {
		printf("%s: disabled: not started at boot\n", name);
		return EXIT_SUCCESS;
	}
	fprintf(stderr,
		"npivctl: %s: still started at boot, because its file has autostart = yes\n"
		"  set 'autostart = no' in %s (its section is in line %u), or\n"
		"  run 'systemctl mask npiv-vport@%s', which prevents any start\n",
		name, vhba->file, vhba->line, name);
	return EXIT_FAILURE;
}

static int enable_units(int argc, char *argv[], const struct ctl_help *help,
			int (*enable)(sd_bus *bus, const char *name,
				      const struct vhba_config *vhba))
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(selection_done) struct selection selection = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r, code;

	r = ctl_parse_options(argc, argv, help, NULL, NULL);
	if (r >= 0)
		return r;
	if (ctl_jobs_connect(&bus) < 0 || host_model_load(&model) < 0)
		return EXIT_FAILURE;
	code = selection_make(&model, argv + optind, (size_t)(argc - optind), NULL, NULL,
			      &selection);
	for (size_t i = 0; i < selection.n && code == 0; i++)
		code = enable(bus, selection.names[i],
			      config_find_vhba(&model.config, selection.names[i]));
	if (code == 0) {
		/* The generator pulls npiv.target into the boot for those that are enabled. */
		r = bus_reload(bus);
		if (r < 0)
			return ctl_jobs_fail("cannot make systemd read its units", r);
	}
	return code;
}

int ctl_enable(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "enable NAME|POOL...",
		.text = "Makes virtual HBAs start at boot although their files have autostart = no. All others\n"
			"start at boot anyway. Starts nothing now.",
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return enable_units(argc, argv, &help, enable_one);
}

int ctl_disable(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "disable NAME|POOL...",
		.text = "Undoes 'enable'. Stops nothing now. A virtual HBA whose file has autostart = yes (the\n"
			"default) still starts at boot: for such a virtual HBA it fails and reports what to change.",
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return enable_units(argc, argv, &help, disable_one);
}
