/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the test driver share: an HBA, its ports, and the array behind the fabric. */
#ifndef NPIV_FCTEST_H
#define NPIV_FCTEST_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <scsi/scsi_host.h>
#include <scsi/scsi_transport_fc.h>
#if __has_include(<linux/unaligned.h>)
#include <linux/unaligned.h> /* since 6.12 */
#else
#include <asm/unaligned.h>
#endif

#define FCT_MAX_TARGETS 4
#define FCT_MAX_LUN	16384 /* flat space addressing has 14 bits */
#define FCT_TEXT_MAX	64

/* A text of any bytes: what a broken array sends. */
struct fct_text {
	char bytes[FCT_TEXT_MAX];
	size_t length;
};

/* What sysfs files of the HBA's device set (settings.c, README.md). Times are in ms. They hold for
 * what begins after they were written. */
struct fct_settings {
	int npiv, max_vports; /* offers vport_create at all; how many */
	int names_delay; /* from the host's add event to its names */
	int create_answer, create_answer_down; /* vport_create, with and without link */
	int create_delay;
	int delete_answer, delete_delay;
	int login_delay;
	enum fc_vport_state login,
		relogin; /* where a vport ends: new, and enabled again */
	int targets, target_delay;
	int lun_delay, ready_delay; /* from login to REPORT LUNS; from there to TUR */
	int flat; /* all LUNs in flat space addressing, not only those above 255 */
	int size; /* MiB of a LUN */
	int tape; /* the number of the LUN that is a tape; -1: none */
	int arrays; /* each target port is an array of its own, with units of its own */
	u64 static_wwpn, static_wwnn; /* of the port in the HBA's flash; 0: none */
	char driver[32]; /* proc_name */
	char id_type[8]; /* naa, eui, t10, name, none */
	struct fct_text vendor, product, revision, serial, id;
	DECLARE_BITMAP(luns, FCT_MAX_LUN);
	DECLARE_BITMAP(xport, FCT_MAX_LUN); /* say "IBM", "Universal Xport" */
	DECLARE_BITMAP(lunz, FCT_MAX_LUN); /* say "DGC", "LUNZ", and have no VPD pages */
	DECLARE_BITMAP(unconnected, FCT_MAX_LUN); /* peripheral qualifier 1 */
};

struct fct_hba {
	unsigned int number;
	struct platform_device *device;
	struct scsi_host_template template;
	struct fct_settings settings;
	struct mutex plug_lock; /* plugging in and out */
	struct fct_port *port; /* its own; NULL: unplugged */
	spinlock_t ports_lock;
	struct list_head ports; /* own and virtual ones */
	atomic_t creates,
		deletes; /* how often vport_create and vport_delete were called */
	atomic_t killed; /* how often one of them, or vport_disable, was left to a task that was killed */
	atomic_t names,
		early_names; /* how often a symbolic name was set; before Active */
	bool is_link_up;
	bool is_unplugging; /* no delete may refuse now */
	bool is_leaving; /* with the module: no plugging in any more */
	struct mutex units_lock;
	struct list_head units; /* struct fct_unit: they outlive ports and plugs */
};

/* What a port's work does next. Only the work touches what is below it. */
enum fct_step {
	FCT_STEP_NAMES,
	FCT_STEP_LOGIN,
	FCT_STEP_TARGETS,
	FCT_STEP_DONE,
};

/* An HBA's own port or a virtual one; lives in its Scsi_Host. */
struct fct_port {
	struct fct_hba *hba;
	struct Scsi_Host *shost;
	struct fc_vport *vport; /* NULL: the HBA's own */
	u64 wwpn, wwnn;
	struct list_head list;
	bool is_disabled;
	enum fc_vport_state login; /* where the next login ends */
	struct delayed_work work;
	enum fct_step step;
	bool is_logged_in;
	unsigned long luns_at; /* jiffies from when on LUNs are reported */
	struct fc_rport *rports[FCT_MAX_TARGETS];
};

/* A logical unit: a number that one initiator is shown, and RAM where something was written. */
enum fct_attention {
	FCT_ATTENTION_NONE,
	FCT_ATTENTION_LUNS, /* the list of LUNs has changed */
	FCT_ATTENTION_SIZE, /* the unit's size has */
};

struct fct_unit {
	struct list_head list;
	u64 wwpn; /* of the initiator */
	unsigned int lun;
	struct xarray pages;
	atomic_t attention; /* enum fct_attention: what the next command is told instead */
};

static inline struct fct_port *fct_port_of(struct Scsi_Host *shost)
{
	return shost_priv(shost);
}

/* hba.c */
struct fct_hba *fct_hba_new(unsigned int number, bool plug);
void fct_hba_free(struct fct_hba *hba);
int fct_hba_plug(struct fct_hba *hba);
void fct_hba_unplug(struct fct_hba *hba);
void fct_hba_set_link(struct fct_hba *hba, bool is_up);

/* port.c */
extern struct workqueue_struct *fct_workqueue;
struct fct_port *fct_port_new(struct fct_hba *hba, struct fc_vport *vport);
void fct_port_free(struct fct_port *port);
void fct_port_kick(struct fct_port *port, unsigned int msec);

/* vport.c */
int fct_transport_init(void);
void fct_transport_exit(void);
struct scsi_transport_template *fct_transport_of(const struct fct_hba *hba,
						 bool is_vport);
void fct_vport_add_static(struct fct_port *port);

/* array.c */
struct fct_unit *fct_unit_get(struct fct_port *port, u64 kernel_lun);
void fct_units_free(struct fct_hba *hba);
void fct_units_tell(struct fct_hba *hba, enum fct_attention attention);
u64 fct_kernel_lun(const struct fct_settings *settings, unsigned int lun);
bool fct_unit_is_shown(const struct fct_port *port, const struct fct_unit *unit);
bool fct_unit_is_ready(const struct fct_port *port);
u64 fct_unit_blocks(const struct fct_port *port);
bool fct_unit_copy(struct fct_unit *unit, u64 offset, void *buffer, size_t length,
		   bool is_write);

/* command.c, inquiry.c */
void fct_command(struct fct_port *port, struct scsi_cmnd *command);
void fct_inquiry(struct fct_port *port, struct scsi_cmnd *command);
void fct_give(struct scsi_cmnd *command, const void *data, size_t length);

/* settings.c */
extern const struct attribute_group *fct_settings_groups[];
void fct_settings_init(struct fct_settings *settings);

#endif
