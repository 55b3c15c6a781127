// SPDX-License-Identifier: LGPL-2.1-or-later
/* Everything that npivctl's tables are made of, loaded at once. */
#include <fcntl.h>

#include "ctl/model.h"
#include "ctl/ctl.h"
#include "config/load.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "fc/scan.h"
#include "fc/sysfs.h"

static int load_config(struct host_model *model)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	size_t n_errors;
	int r;

	r = config_dir_load(environment_root(), &model->config, &messages);
	if (r < 0)
		return r;
	n_errors = messages_count(&messages, MESSAGE_ERROR);
	if (n_errors > 0 && n_errors != model->n_errors)
		fprintf(stderr,
			"npivctl: the configuration has %zu error%s; 'npivctl check' names %s\n",
			n_errors, n_errors == 1 ? "" : "s",
			n_errors == 1 ? "it" : "them");
	model->n_errors = n_errors;
	return 0;
}

static int open_system(struct host_model *model)
{
	model->sysfs_fd = sysfs_open_dir(AT_FDCWD, model->sysfs);
	if (model->sysfs_fd < 0)
		return model->sysfs_fd;
	if (*environment_root())
		return 0;
	model->udev = udev_new();
	return model->udev ? 0 : -ENOMEM;
}

static int load_states(struct host_model *model)
{
	int r = state_lookup_all(model->run, &model->states);

	if (r >= 0 && model->states.error < 0)
		fprintf(stderr,
			"npivctl: " NPIV_RUN_DIR
			"/vhba/%s, the state of that vHBA, cannot be read: %s; "
			"restart the vHBA to write it anew\n",
			model->states.bad_name, strerror(-model->states.error));
	return r;
}

static int load_all(struct host_model *model)
{
	int r;

	r = open_system(model);
	if (r >= 0)
		r = load_config(model);
	if (r >= 0)
		r = load_states(model);
	if (r >= 0)
		r = scan_inventory(model->sysfs, &model->inventory);
	if (r >= 0)
		r = vhba_table_build(&model->config, model->states.states,
				     model->states.n, &model->inventory, &model->vhbas);
	return r;
}

int host_model_load(struct host_model *model)
{
	int r;

	assert(model);

	*model = (struct host_model){
		.sysfs = environment_sysfs(),
		.run = environment_run_dir(),
		.sysfs_fd = -EBADF,
		.n_errors = model->n_errors,
	};
	r = model->run ? load_all(model) : -ENOMEM;
	if (r < 0)
		ctl_fail("cannot look at the virtual HBAs", r);
	return r;
}

void host_model_done(struct host_model *model)
{
	if (!model->run)
		return; /* never loaded */
	vhba_table_done(&model->vhbas);
	inventory_done(&model->inventory);
	state_list_done(&model->states);
	config_done(&model->config);
	if (model->udev)
		udev_unref(model->udev);
	closep(&model->sysfs_fd);
	free(model->run);
	*model = (struct host_model){
		.sysfs_fd = -EBADF,
		.n_errors = model->n_errors,
	};
}
