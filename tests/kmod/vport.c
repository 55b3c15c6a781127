// SPDX-License-Identifier: GPL-2.0-only
/* The two faces to scsi_transport_fc: of HBAs, which answer vport_create as they were told, and of
 * ports that carry none. */
#include <linux/delay.h>
#include <linux/sched/signal.h>

#include "fctest.h"

static struct scsi_transport_template *with_npiv, *without_npiv;

static struct fct_port **port_slot(struct fc_vport *vport)
{
	return (struct fct_port **)vport->dd_data;
}

/* A static port is of the HBA's flash: it can be neither refused nor deleted. */
static bool is_static(const struct fct_hba *hba, const struct fc_vport *vport)
{
	return vport->port_name == hba->settings.static_wwpn;
}

/* As drivers do that wait for the fabric: no signal ends it. The HBA that goes does. */
static void block(const struct fct_hba *hba, unsigned int msec)
{
	unsigned long end = jiffies + msecs_to_jiffies(msec);

	while (time_before(jiffies, end) && !READ_ONCE(hba->is_unplugging))
		msleep(20);
}

/* What waits killably in a task that was killed fails: scsi_host_alloc() does, and drivers are not ready for
 * that. */
static void count_killed(struct fct_hba *hba)
{
	if (fatal_signal_pending(current))
		atomic_inc(&hba->killed);
}

/* A positive answer comes out of write() as a count: the transport hands on what a driver returns. */
static int create_vport(struct fc_vport *vport, bool disable)
{
	struct fct_hba *hba = fct_port_of(vport->shost)->hba;
	int answer = READ_ONCE(hba->is_link_up) ? hba->settings.create_answer :
						  hba->settings.create_answer_down;
	struct fct_port *port;

	atomic_inc(&hba->creates);
	block(hba, hba->settings.create_delay);
	count_killed(hba);
	if (answer && !is_static(hba, vport))
		return answer;
	fc_vport_set_state(vport, FC_VPORT_INITIALIZING);
	port = fct_port_new(hba, vport);
	if (IS_ERR(port))
		return PTR_ERR(port);
	*port_slot(vport) = port;
	return 0;
}

static int delete_vport(struct fc_vport *vport)
{
	struct fct_port *port = *port_slot(vport);
	struct fct_hba *hba = port->hba;

	atomic_inc(&hba->deletes);
	if (!READ_ONCE(hba->is_unplugging)) {
		if (is_static(hba, vport))
			return -EPERM;
		if (hba->settings.delete_answer)
			return hba->settings.delete_answer;
		block(hba, hba->settings.delete_delay);
		count_killed(hba);
	}
	fct_port_free(port);
	return 0;
}

/* Synchronous, as the files of sysfs are. */
static int disable_vport(struct fc_vport *vport, bool disable)
{
	struct fct_port *port = *port_slot(vport);

	count_killed(port->hba);
	if (!disable) {
		port->login = port->hba->settings.relogin;
		fc_vport_set_state(vport, FC_VPORT_INITIALIZING);
	}
	WRITE_ONCE(port->is_disabled, disable);
	fct_port_kick(port, disable ? 0 : port->hba->settings.login_delay);
	if (disable)
		flush_delayed_work(&port->work);
	return 0;
}

/* libfc dies of a name that changes during a login. */
static void set_symbolic_name(struct fc_vport *vport)
{
	struct fct_port *port = *port_slot(vport);

	atomic_inc(&port->hba->names);
	if (vport->vport_state != FC_VPORT_ACTIVE || !READ_ONCE(port->is_logged_in))
		atomic_inc(&port->hba->early_names);
}

static void get_port_state(struct Scsi_Host *shost)
{
	const struct fct_port *port = fct_port_of(shost);

	if (!READ_ONCE(port->hba->is_link_up))
		fc_host_port_state(shost) = FC_PORTSTATE_LINKDOWN;
	else if (READ_ONCE(port->is_logged_in))
		fc_host_port_state(shost) = FC_PORTSTATE_ONLINE;
	else
		fc_host_port_state(shost) = FC_PORTSTATE_OFFLINE;
}

static void get_port_type(struct Scsi_Host *shost)
{
	fc_host_port_type(shost) = fct_port_of(shost)->vport ? FC_PORTTYPE_NPIV :
							       FC_PORTTYPE_NPORT;
}

static void get_speed(struct Scsi_Host *shost)
{
	fc_host_speed(shost) = FC_PORTSPEED_32GBIT;
}

static void set_dev_loss_tmo(struct fc_rport *rport, u32 timeout)
{
	rport->dev_loss_tmo = timeout ? timeout : 1;
}

/* Nothing is ever under way: commands end where they come in. */
static void terminate_io(struct fc_rport *rport)
{
}

#define COMMON_FUNCTIONS                                                             \
	.get_host_port_state = get_port_state, .get_host_port_type = get_port_type,  \
	.get_host_speed = get_speed, .set_rport_dev_loss_tmo = set_dev_loss_tmo,     \
	.terminate_rport_io = terminate_io, .show_host_node_name = 1,                \
	.show_host_port_name = 1, .show_host_port_id = 1, .show_host_port_type = 1,  \
	.show_host_port_state = 1, .show_host_speed = 1, .show_host_fabric_name = 1, \
	.show_host_symbolic_name = 1, .show_rport_dev_loss_tmo = 1,                  \
	.show_starget_node_name = 1, .show_starget_port_name = 1,                    \
	.show_starget_port_id = 1

static struct fc_function_template npiv_functions = {
	COMMON_FUNCTIONS,
	.dd_fcvport_size = sizeof(struct fct_port *),
	.vport_create = create_vport,
	.vport_delete = delete_vport,
	.vport_disable = disable_vport,
	.set_vport_symbolic_name = set_symbolic_name,
};

static struct fc_function_template plain_functions = { COMMON_FUNCTIONS };

void fct_vport_add_static(struct fct_port *port)
{
	struct fc_vport_identifiers ids = {
		.port_name = port->hba->settings.static_wwpn,
		.node_name = port->hba->settings.static_wwnn,
		.roles = FC_PORT_ROLE_FCP_INITIATOR,
		.vport_type = FC_PORTTYPE_NPIV,
	};

	if (ids.port_name)
		fc_vport_create(port->shost, 0, &ids);
}

struct scsi_transport_template *fct_transport_of(const struct fct_hba *hba, bool is_vport)
{
	return is_vport || !hba->settings.npiv ? without_npiv : with_npiv;
}

int fct_transport_init(void)
{
	with_npiv = fc_attach_transport(&npiv_functions);
	without_npiv = fc_attach_transport(&plain_functions);
	if (with_npiv && without_npiv)
		return 0;
	fct_transport_exit();
	return -ENOMEM;
}

void fct_transport_exit(void)
{
	if (with_npiv)
		fc_release_transport(with_npiv);
	if (without_npiv)
		fc_release_transport(without_npiv);
}
