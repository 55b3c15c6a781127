// SPDX-License-Identifier: GPL-2.0-only
/* The life of a port: names, fabric login, target ports, and back when the link goes. */
#include <linux/delay.h>

#include "fctest.h"

#define WWPN_BASE	 0x210000fc7e570000ULL
#define WWNN_BASE	 0x200000fc7e570000ULL
#define FABRIC_WWN	 0x100000fc7e570001ULL
#define TARGET_WWPN_BASE 0x500000fc7e570000ULL
#define TARGET_WWNN_BASE 0x500100fc7e570000ULL
#define TARGET_ID_BASE	 0x010000

struct workqueue_struct *fct_workqueue;

void fct_port_kick(struct fct_port *port, unsigned int msec)
{
	mod_delayed_work(fct_workqueue, &port->work, msecs_to_jiffies(msec));
}

static void set_names(struct fct_port *port)
{
	struct Scsi_Host *shost = port->shost;

	fc_host_node_name(shost) = port->wwnn;
	fc_host_port_name(shost) = port->wwpn;
	if (!port->vport)
		fc_host_max_npiv_vports(shost) = port->hba->settings.max_vports;
	port->step = FCT_STEP_LOGIN;
}

static void set_state(struct fct_port *port, enum fc_vport_state state)
{
	if (port->vport && port->vport->vport_state != state)
		fc_vport_set_state(port->vport, state);
}

static void log_out(struct fct_port *port)
{
	int i;

	for (i = 0; i < FCT_MAX_TARGETS; i++) {
		if (port->rports[i])
			fc_remote_port_delete(port->rports[i]);
		port->rports[i] = NULL;
	}
	WRITE_ONCE(port->is_logged_in, false);
	fc_host_fabric_name(port->shost) = -1;
	port->step = FCT_STEP_LOGIN;
	set_state(port, port->is_disabled ? FC_VPORT_DISABLED : FC_VPORT_LINKDOWN);
}

static void log_in(struct fct_port *port)
{
	const struct fct_settings *settings = &port->hba->settings;

	port->step = FCT_STEP_DONE;
	set_state(port, port->login);
	if (port->vport && port->login != FC_VPORT_ACTIVE)
		return;
	fc_host_fabric_name(port->shost) = FABRIC_WWN;
	WRITE_ONCE(port->luns_at, jiffies + msecs_to_jiffies(settings->lun_delay));
	WRITE_ONCE(port->is_logged_in, true);
	/* The physical port sees no target: its LUNs would be in every test's way. */
	if (!port->vport)
		return;
	port->step = FCT_STEP_TARGETS;
	fct_port_kick(port, settings->target_delay);
}

static void add_targets(struct fct_port *port)
{
	int i, n = min(port->hba->settings.targets, FCT_MAX_TARGETS);

	port->step = FCT_STEP_DONE;
	for (i = 0; i < n; i++) {
		unsigned int target = port->hba->number << 8 | (i + 1);
		struct fc_rport_identifiers ids = {
			.node_name = TARGET_WWNN_BASE | target,
			.port_name = TARGET_WWPN_BASE | target,
			.port_id = TARGET_ID_BASE | target,
			.roles = FC_PORT_ROLE_FCP_TARGET,
		};

		port->rports[i] = fc_remote_port_add(port->shost, 0, &ids);
	}
}

/* One work a port, which never runs twice at once: no lock is needed for what it alone touches. */
static void work_on(struct work_struct *work)
{
	struct fct_port *port =
		container_of(to_delayed_work(work), struct fct_port, work);
	unsigned int pause = port->hba->settings.login_delay;

	if (port->step == FCT_STEP_NAMES) {
		set_names(port);
		if (!port->vport)
			fct_vport_add_static(port);
		fct_port_kick(port, pause);
		return;
	}
	if (!READ_ONCE(port->hba->is_link_up) || READ_ONCE(port->is_disabled)) {
		log_out(port);
		return;
	}
	if (port->step == FCT_STEP_LOGIN)
		log_in(port);
	else if (port->step == FCT_STEP_TARGETS)
		add_targets(port);
}

static void set_identity(struct fct_port *port)
{
	if (port->vport) {
		port->wwpn = port->vport->port_name;
		port->wwnn = port->vport->node_name;
	} else {
		port->wwpn = WWPN_BASE | port->hba->number;
		port->wwnn = WWNN_BASE | port->hba->number;
	}
}

static int add_host(struct fct_port *port)
{
	struct device *root = &port->hba->device->dev;
	struct Scsi_Host *shost = port->shost;

	shost->transportt = fct_transport_of(port->hba, port->vport);
	shost->max_lun = U16_MAX;
	shost->max_id = U8_MAX;
	shost->max_cmd_len = 16;
	return scsi_add_host_with_dma(shost, port->vport ? &port->vport->dev : root,
				      root);
}

struct fct_port *fct_port_new(struct fct_hba *hba, struct fc_vport *vport)
{
	struct Scsi_Host *shost =
		scsi_host_alloc(&hba->template, sizeof(struct fct_port));
	struct fct_port *port;
	int error;

	if (!shost)
		return ERR_PTR(-ENOMEM);
	port = fct_port_of(shost);
	port->hba = hba;
	port->shost = shost;
	port->vport = vport;
	port->login = hba->settings.login;
	INIT_DELAYED_WORK(&port->work, work_on);
	set_identity(port);
	error = add_host(port);
	if (error) {
		scsi_host_put(shost);
		return ERR_PTR(error);
	}
	spin_lock(&hba->ports_lock);
	list_add_tail(&port->list, &hba->ports);
	spin_unlock(&hba->ports_lock);
	fct_port_kick(port, hba->settings.names_delay);
	return port;
}

static bool is_any_being_deleted(struct Scsi_Host *shost)
{
	struct fc_vport *vport;
	unsigned long flags;
	bool is_any = false;

	spin_lock_irqsave(shost->host_lock, flags);
	list_for_each_entry(vport, &fc_host_vports(shost), peers)
		is_any = is_any || vport->flags & FC_VPORT_DEL;
	spin_unlock_irqrestore(shost->host_lock, flags);
	return is_any;
}

void fct_port_free(struct fct_port *port)
{
	/* fc_remove_host() queues the delete of each virtual port, also of those that somebody is
	 * deleting: twice, and the second time of freed memory (6.1, 6.12). */
	while (!port->vport && is_any_being_deleted(port->shost))
		msleep(20);
	spin_lock(&port->hba->ports_lock);
	list_del(&port->list);
	spin_unlock(&port->hba->ports_lock);
	cancel_delayed_work_sync(&port->work);
	fc_remove_host(port->shost);
	scsi_remove_host(port->shost);
	scsi_host_put(port->shost);
}
