// SPDX-License-Identifier: GPL-2.0-only
/* An HBA: a platform device with settings, and a host where it is plugged in. */
#include <linux/module.h>
#include <linux/slab.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>

#include "fctest.h"

static int queue_command(struct Scsi_Host *shost, struct scsi_cmnd *command)
{
	struct fc_rport *rport = starget_to_rport(scsi_target(command->device));
	int result = fc_remote_port_chkready(rport);

	if (result)
		command->result = result;
	else
		fct_command(fct_port_of(shost), command);
	scsi_done(command);
	return 0;
}

static int attach_unit(struct scsi_device *device)
{
	struct fc_rport *rport = starget_to_rport(scsi_target(device));

	if (!rport || fc_remote_port_chkready(rport))
		return -ENXIO;
	device->hostdata = fct_unit_get(fct_port_of(device->host), device->lun);
	return device->hostdata ? 0 : -ENOMEM;
}

static const struct scsi_host_template template = {
	.module = THIS_MODULE,
	.name = "npiv_fctest",
	.queuecommand = queue_command,
	.slave_alloc = attach_unit,
	.this_id = -1,
	.can_queue = 32,
	.cmd_per_lun = 16,
	.sg_tablesize = 128,
	.max_sectors = 1024,
};

static struct platform_device *add_device(struct fct_hba *hba)
{
	struct platform_device *device =
		platform_device_alloc("npiv_fctest", hba->number);
	int error;

	if (!device)
		return ERR_PTR(-ENOMEM);
	device->dev.groups = fct_settings_groups;
	platform_set_drvdata(device, hba);
	error = platform_device_add(device);
	if (error) {
		platform_device_put(device);
		return ERR_PTR(error);
	}
	return device;
}

struct fct_hba *fct_hba_new(unsigned int number, bool plug)
{
	struct fct_hba *hba = kzalloc(sizeof(*hba), GFP_KERNEL);
	int error;

	if (!hba)
		return ERR_PTR(-ENOMEM);
	hba->number = number;
	hba->template = template;
	hba->template.proc_name = hba->settings.driver;
	hba->is_link_up = true;
	mutex_init(&hba->plug_lock);
	mutex_init(&hba->units_lock);
	spin_lock_init(&hba->ports_lock);
	INIT_LIST_HEAD(&hba->ports);
	INIT_LIST_HEAD(&hba->units);
	fct_settings_init(&hba->settings);
	hba->device = add_device(hba);
	if (IS_ERR(hba->device)) {
		error = PTR_ERR(hba->device);
		kfree(hba);
		return ERR_PTR(error);
	}
	error = plug ? fct_hba_plug(hba) : 0;
	if (error) {
		fct_hba_free(hba);
		return ERR_PTR(error);
	}
	return hba;
}

void fct_hba_free(struct fct_hba *hba)
{
	mutex_lock(&hba->plug_lock);
	hba->is_leaving = true;
	mutex_unlock(&hba->plug_lock);
	fct_hba_unplug(hba);
	platform_device_unregister(hba->device);
	fct_units_free(hba);
	kfree(hba);
}

int fct_hba_plug(struct fct_hba *hba)
{
	struct fct_port *port = NULL;

	mutex_lock(&hba->plug_lock);
	if (hba->is_leaving)
		port = ERR_PTR(-ENODEV);
	else if (!hba->port) {
		port = fct_port_new(hba, NULL);
		if (!IS_ERR(port))
			hba->port = port;
	}
	mutex_unlock(&hba->plug_lock);
	return IS_ERR(port) ? PTR_ERR(port) : 0;
}

/* The transport deletes the virtual ports first; none may refuse now. */
void fct_hba_unplug(struct fct_hba *hba)
{
	mutex_lock(&hba->plug_lock);
	if (hba->port) {
		hba->is_unplugging = true;
		fct_port_free(hba->port);
		hba->port = NULL;
		hba->is_unplugging = false;
	}
	mutex_unlock(&hba->plug_lock);
}

void fct_hba_set_link(struct fct_hba *hba, bool is_up)
{
	struct fct_port *port;

	if (READ_ONCE(hba->is_link_up) == is_up)
		return;
	WRITE_ONCE(hba->is_link_up, is_up);
	mutex_lock(&hba->plug_lock);
	if (hba->port)
		fc_host_post_event(hba->port->shost, fc_get_event_number(),
				   is_up ? FCH_EVT_LINKUP : FCH_EVT_LINKDOWN, 0);
	mutex_unlock(&hba->plug_lock);
	spin_lock(&hba->ports_lock);
	list_for_each_entry(port, &hba->ports, list)
		fct_port_kick(port, is_up ? hba->settings.login_delay : 0);
	spin_unlock(&hba->ports_lock);
}
