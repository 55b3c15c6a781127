// SPDX-License-Identifier: LGPL-2.1-or-later
/* Everything that npivctl's tables are made of, loaded at once. */
#include <fcntl.h>

#include "ctl/sources.h"
#include "ctl/ctl.h"
#include "config/dir.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "fc/scan.h"
#include "fc/sysfs.h"

static int load_config(struct ctl_sources *sources)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	size_t n_errors;
	int r;

	r = config_dir_load(environment_root(), &sources->config, &messages);
	if (r < 0)
		return r;
	n_errors = messages_count(&messages, MESSAGE_ERROR);
	if (n_errors > 0 && n_errors != sources->n_errors)
		fprintf(stderr,
			"npivctl: the configuration has %zu error%s; 'npivctl check' names %s\n",
			n_errors, n_errors == 1 ? "" : "s",
			n_errors == 1 ? "it" : "them");
	sources->n_errors = n_errors;
	return 0;
}

static int open_system(struct ctl_sources *sources)
{
	sources->sysfs_fd = sysfs_open_dir(AT_FDCWD, sources->sysfs);
	if (sources->sysfs_fd < 0)
		return sources->sysfs_fd;
	if (*environment_root())
		return 0;
	sources->udev = udev_new();
	return sources->udev ? 0 : -ENOMEM;
}

static int load_states(struct ctl_sources *sources)
{
	int r = state_lookup_all(sources->run, &sources->states);

	if (r >= 0 && sources->states.error < 0)
		fprintf(stderr,
			"npivctl: " NPIV_RUN_DIR
			"/vhba/%s, the state of that vHBA, cannot be read: %s; "
			"a restart of the vHBA writes it anew\n",
			sources->states.bad_name, strerror(-sources->states.error));
	return r;
}

static int load_all(struct ctl_sources *sources)
{
	int r;

	r = open_system(sources);
	if (r >= 0)
		r = load_config(sources);
	if (r >= 0)
		r = load_states(sources);
	if (r >= 0)
		r = scan_inventory(sources->sysfs, &sources->inventory);
	if (r >= 0)
		r = overview_build(&sources->config, sources->states.states,
				   sources->states.n, &sources->inventory,
				   &sources->overview);
	return r;
}

int ctl_sources_load(struct ctl_sources *sources)
{
	int r;

	assert(sources);

	*sources = (struct ctl_sources){
		.sysfs = environment_sysfs(),
		.run = environment_run_dir(),
		.sysfs_fd = -EBADF,
		.n_errors = sources->n_errors,
	};
	r = sources->run ? load_all(sources) : -ENOMEM;
	if (r < 0)
		ctl_fail("cannot look at the virtual HBAs", r);
	return r;
}

void ctl_sources_done(struct ctl_sources *sources)
{
	if (!sources->run)
		return; /* never loaded */
	overview_done(&sources->overview);
	inventory_done(&sources->inventory);
	state_list_done(&sources->states);
	config_done(&sources->config);
	if (sources->udev)
		udev_unref(sources->udev);
	closep(&sources->sysfs_fd);
	free(sources->run);
	*sources = (struct ctl_sources){
		.sysfs_fd = -EBADF,
		.n_errors = sources->n_errors,
	};
}
