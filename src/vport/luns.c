// SPDX-License-Identifier: LGPL-2.1-or-later
/* LUNs that come, go and change under a vHBA that is up, and the settings of its remote ports. */
#include <inttypes.h>
#include <poll.h>
#include <signal.h>

#include "block/disk-lock.h"
#include "event/notify.h"
#include "fc/device.h"
#include "fc/identity.h"
#include "fc/lun-change.h"
#include "fc/rport.h"
#include "fc/scan.h"
#include "fc/scsi-device.h"
#include "state/unit-time.h"
#include "lib/clock.h"
#include "lib/worker.h"
#include "names/names.h"
#include "state/state-dir.h"
#include "vport/guest.h"
#include "vport/luns.h"
#include "vport/users.h"
#include "vport/vport.h"

/* Together less than another run waits for the lock of the vHBA (LOCK_USEC of vport/task.c). */
#define ASK_USEC   (8 * USEC_PER_SEC)
#define GUEST_USEC (20 * USEC_PER_SEC) /* the pool's guest detaches LUNs that are gone */
#define REMOVE_USEC \
	(8 * USEC_PER_SEC) /* what is removed at the end of it stays for the next time */
#define SCAN_USEC (10 * USEC_PER_SEC) /* an array that does not answer holds a scan up */

struct lun_job {
	int sysfs;
	const struct fc_lun *lun;
	const char *vport; /* of the LUN that is to be removed */
};

struct refresh {
	struct task *task;
	uint32_t host;
	bool names_follow; /* names are about to mean what is mapped now */
	uint64_t remove_deadline;
	uint64_t transient_deadline; /* of vport_await_lun_users() */
	char vport[VPORT_NAME_SIZE]; /* that the host belongs to; "": a physical port */
	struct inventory before, after;
	/* Of each LUN in before: */
	char **was; /* the logical unit that it was taken for */
	int *presence; /* enum lun_presence, or -errno */
};

/* --- what was --- */

/* What its names were given to counts for more than what the kernel says: it may have been asked again
 * already, by another tool or by a run of this that was cut short, and nobody was told. */
static char *refresh_remember_lun(const struct task *task, const struct fc_lun *lun)
{
	char buf[IDENTITY_SIZE];
	char *named = NULL;

	if (*lun->disk &&
	    names_identity(task->run, task->sysfs_fd, lun->disk, &named) >= 0 && named)
		return named;
	return strdup(identity_format(lun, buf));
}

/* The numbers of the host and of its LUNs are given again when they are free; the name of the vport is not. */
static void refresh_note_vport(struct refresh *refresh)
{
	const struct inventory *before = &refresh->before;

	for (size_t i = 0; i < before->n_vports; i++)
		if (before->vports[i].host == refresh->host)
			memcpy(refresh->vport, before->vports[i].sysname,
			       sizeof(refresh->vport));
}

static int refresh_remember_all(struct refresh *refresh)
{
	const struct inventory *before = &refresh->before;

	refresh->was = calloc(before->n_luns ? before->n_luns : 1, sizeof(*refresh->was));
	if (!refresh->was)
		return -ENOMEM;
	for (size_t i = 0; i < before->n_luns; i++) {
		refresh->was[i] = refresh_remember_lun(refresh->task, &before->luns[i]);
		if (!refresh->was[i])
			return -ENOMEM;
	}
	return 0;
}

static void refresh_done(struct refresh *refresh)
{
	for (size_t i = 0; refresh->was && i < refresh->before.n_luns; i++)
		free(refresh->was[i]);
	free(refresh->was);
	free(refresh->presence);
	inventory_done(&refresh->before);
	inventory_done(&refresh->after);
}

/* --- asking --- */

static bool lun_can_be_asked(const struct fc_lun *lun)
{
	/* One that is blocked answers when its path is back; until then there is nothing to learn. */
	return *lun->disk && streq(lun->state, "running");
}

static int in_worker_ask(void *context)
{
	const struct lun_job *job = context;
	enum lun_presence presence = PRESENCE_UNKNOWN;
	int r;

	if (!lun_can_be_asked(job->lun))
		return PRESENCE_UNKNOWN;
	r = scsi_inquiry(job->lun->disk, &presence);
	if (r < 0 || presence != PRESENCE_MAPPED)
		return r < 0 ? r : (int)presence;
	r = scsi_device_rescan(job->sysfs, job->lun);
	return r < 0 ? r : (int)PRESENCE_MAPPED;
}

static int refresh_ask_all(struct refresh *refresh)
{
	size_t n = refresh->before.n_luns;
	_cleanup_free_ struct lun_job *jobs = calloc(n ? n : 1, sizeof(*jobs));

	refresh->presence = calloc(n ? n : 1, sizeof(*refresh->presence));
	if (!jobs || !refresh->presence)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		jobs[i] = (struct lun_job){ refresh->task->sysfs_fd,
					    &refresh->before.luns[i], refresh->vport };
	return worker_run_all(in_worker_ask, jobs, n, sizeof(*jobs),
			      task_until(refresh->task, ASK_USEC), refresh->presence);
}

/* --- what follows --- */

static int in_worker_delete(void *context)
{
	const struct lun_job *job = context;

	return scsi_device_delete(job->sysfs, job->lun, job->vport);
}

static void refresh_log_change(const struct refresh *refresh, enum lun_change change,
			       size_t i, const struct fc_lun *after, const char *outcome)
{
	char text[2 * IDENTITY_SIZE + 64] = "";
	const struct log_event event = {
		.priority = change == LUN_RESIZED ? LOG_INFO : LOG_WARNING,
		.message_id = change == LUN_UNMAPPED ? MESSAGE_ID_LUN_UNMAPPED :
			      change == LUN_REMAPPED ? MESSAGE_ID_LUN_REMAPPED :
						       MESSAGE_ID_LUN_RESIZED,
	};
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return;
	lun_change_print(change, &refresh->before.luns[i], refresh->was[i], after, out);
	fclose(out);
	if (change == LUN_REMAPPED && !refresh->names_follow)
		log_event(
			&refresh->task->subject, &event,
			"%s%s; 'systemctl reload npiv-vport@%s' gives its names to the new one",
			text, outcome, refresh->task->name);
	else
		log_event(&refresh->task->subject, &event, "%s%s", text, outcome);
}

static int refresh_remove_device(const struct refresh *refresh, const struct fc_lun *lun)
{
	struct lun_job job = { refresh->task->sysfs_fd, lun, refresh->vport };

	char unit[DEVICE_NAME_SIZE];

	notify_status("removing %s", lun_unit_name(lun, unit));
	return worker_run(in_worker_delete, &job, refresh->remove_deadline);
}

/* While a disk is being removed, udev's reads of it would fail, or delay the array's answer to the next command. */
static void refresh_keep_udev_off(const struct refresh *refresh, const struct fc_lun *lun,
				  struct disk_lock *lock)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	int r;

	r = *lun->disk ?
		    block_tree_add(&tree, refresh->task->sysfs_fd, HOST_NONE, lun->disk) :
		    0;
	if (r >= 0)
		r = disk_lock_take(lock, &tree, refresh->remove_deadline);
	if (r < 0)
		log_warning(&refresh->task->subject, "cannot lock %s: %s, ignoring",
			    lun->disk, strerror(-r));
}

/* Removes a device whose logical unit is not there any longer. Never removes one in use: its I/O fails on its own, and
 * after a re-mapping at least the names lead there no more. */
static int refresh_withdraw(struct refresh *refresh, enum lun_change change, size_t i,
			    const struct fc_lun *after)
{
	const struct fc_lun *before = &refresh->before.luns[i];
	_cleanup_(disk_lock_release) struct disk_lock lock = { 0 };
	_cleanup_free_ char *who = NULL, *outcome = NULL;
	char unit[DEVICE_NAME_SIZE];
	int n, r;

	refresh_keep_udev_off(refresh, before, &lock);
	r = vport_await_lun_users(refresh->task, before, &refresh->transient_deadline,
				  &who);
	if (r == 0)
		r = refresh_remove_device(refresh, before);
	if (r < 0)
		return r;
	if (who)
		n = asprintf(&outcome, ", but %s: leaving it", who);
	else
		n = asprintf(&outcome, ": %s removed", lun_unit_name(before, unit));
	if (n < 0)
		return -ENOMEM;
	refresh_log_change(refresh, change, i, after, outcome);
	return 0;
}

static enum lun_change refresh_judge(const struct refresh *refresh, size_t i)
{
	const struct fc_lun *before = &refresh->before.luns[i];
	int presence = refresh->presence[i];

	return lun_change_judge(before, refresh->was[i],
				presence < 0 ? PRESENCE_UNKNOWN :
					       (enum lun_presence)presence,
				inventory_lun_at(&refresh->after, before));
}

static int refresh_lun(struct refresh *refresh, size_t i)
{
	const struct fc_lun *before = &refresh->before.luns[i];
	const struct fc_lun *after = inventory_lun_at(&refresh->after, before);
	enum lun_change change = refresh_judge(refresh, i);

	switch (change) {
	case LUN_SAME:
		break;
	case LUN_UNMAPPED:
	case LUN_REMAPPED:
		return refresh_withdraw(refresh, change, i, after);
	case LUN_RESIZED:
		refresh_log_change(refresh, change, i, after, "");
		break;
	}
	return 0;
}

/* Makes udev look again at each disk that now is another logical unit, so that the old name is removed. This
 * precedes everything that can take time or fail: until then a name leads to the wrong unit. */
static void refresh_withdraw_names(const struct refresh *refresh)
{
	for (size_t i = 0; i < refresh->before.n_luns && !refresh->names_follow; i++) {
		const char *disk = refresh->before.luns[i].disk;
		int r = 0;

		if (*disk && refresh_judge(refresh, i) == LUN_REMAPPED)
			r = device_trigger(refresh->task->sysfs_fd, disk, false);
		if (r < 0)
			log_warning(&refresh->task->subject,
				    "cannot have udev look at %s again: %s, ignoring",
				    disk, strerror(-r));
	}
}

/* A guest detaches a LUN that is gone, so that the LUN can be removed. */
static void refresh_settle_guest(const struct refresh *refresh)
{
	for (size_t i = 0; i < refresh->before.n_luns; i++) {
		enum lun_change change = refresh_judge(refresh, i);

		if (change == LUN_UNMAPPED || change == LUN_REMAPPED) {
			vport_guest_settle(refresh->task, GUEST_USEC);
			return;
		}
	}
}

/* If the port was removed meanwhile, its host number may be that of another port. */
static bool refresh_is_same_port(const struct refresh *refresh)
{
	const struct inventory *after = &refresh->after;

	for (size_t i = 0; i < after->n_vports; i++)
		if (streq(after->vports[i].sysname, refresh->vport))
			return true;
	return !*refresh->vport;
}

/* Returns 0, 1 if the port was removed meanwhile, or -errno. */
static int refresh_all(struct refresh *refresh)
{
	char unit[DEVICE_NAME_SIZE];
	int r;

	r = scan_host(refresh->task->sysfs, refresh->host, &refresh->after);
	if (r < 0)
		return r;
	if (!refresh_is_same_port(refresh))
		return 1;
	refresh_withdraw_names(refresh);
	refresh_settle_guest(refresh);
	refresh->remove_deadline = task_until(refresh->task, REMOVE_USEC);
	for (size_t i = 0; i < refresh->before.n_luns && r >= 0; i++) {
		r = refresh_lun(refresh, i);
		if (r < 0 && r != -ENOMEM && r != -ECANCELED) {
			log_warning(&refresh->task->subject,
				    "cannot bring %s up to date: %s, ignoring",
				    lun_unit_name(&refresh->before.luns[i], unit),
				    strerror(-r));
			r = 0;
		}
	}
	return r;
}

/* --- new ones --- */

static int in_worker_scan(void *context)
{
	const struct lun_job *job = context;

	return scsi_host_scan(job->sysfs, job->lun->host);
}

void vport_scan(struct task *task, uint32_t host, uint64_t deadline)
{
	const struct fc_lun any = { .host = host };
	struct lun_job job = { .sysfs = task->sysfs_fd, .lun = &any };
	uint64_t end = now_usec() + SCAN_USEC;
	int r;

	notify_status("looking for LUNs");
	r = worker_run(in_worker_scan, &job, end < deadline ? end : deadline);
	if (r < 0)
		log_warning(&task->subject,
			    "cannot look for LUNs on host%" PRIu32 ": %s, ignoring", host,
			    strerror(-r));
}

static int refresh_log_new(struct refresh *refresh)
{
	_cleanup_(inventory_done) struct inventory now = { 0 };
	char identity[IDENTITY_SIZE];
	int r;

	r = scan_host(refresh->task->sysfs, refresh->host, &now);
	if (r < 0)
		return r;
	for (size_t i = 0; i < now.n_luns; i++)
		if (!inventory_lun_at(&refresh->before, &now.luns[i]))
			log_info(&refresh->task->subject, "LUN %" PRIu64 " (%s) is new",
				 now.luns[i].lun,
				 identity_format(&now.luns[i], identity));
	return 0;
}

/* Changes that were found must be followed up, and removals reported: the kernel does not report them twice. So a
 * stop or restart that is requested meanwhile waits for this function, which takes a bounded time. */
static void refresh_hold_signals(sigset_t *ret_before)
{
	sigset_t held;

	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGTERM);
	(void)sigaddset(&held, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &held, ret_before);
}

static int refresh_catch_up(struct refresh *refresh)
{
	int r;

	notify_status("asking the LUNs");
	r = scan_host(refresh->task->sysfs, refresh->host, &refresh->before);
	if (r >= 0)
		refresh_note_vport(refresh);
	if (r >= 0)
		r = refresh_remember_all(refresh);
	if (r >= 0)
		r = refresh_ask_all(refresh);
	return r < 0 ? r : refresh_all(refresh);
}

static int refresh_run(struct refresh *refresh)
{
	sigset_t before;
	int r;

	refresh_hold_signals(&before);
	r = refresh_catch_up(refresh);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (r != 0)
		return r < 0 ? r : 0;
	vport_scan(refresh->task, refresh->host, refresh->task->deadline);
	return refresh_log_new(refresh);
}

int vport_refresh(struct task *task, uint32_t host, bool names_follow)
{
	struct refresh refresh = {
		.task = task,
		.host = host,
		.names_follow = names_follow,
	};
	int r;

	assert(task);

	r = refresh_run(&refresh);
	refresh_done(&refresh);
	return r;
}

/* --- settings of remote ports --- */

void vport_set_timeouts(const struct task *task, const struct inventory *inventory,
			uint32_t host, int dev_loss_tmo, int fast_io_fail_tmo,
			bool *is_refused)
{
	assert(task);
	assert(inventory);
	assert(is_refused);

	if (dev_loss_tmo == TMO_UNSET && fast_io_fail_tmo == TMO_UNSET)
		return;
	for (size_t i = 0; i < inventory->n_rports; i++) {
		const struct fc_rport *rport = &inventory->rports[i];
		int r;

		/* Apply to all remote ports, not only to targets: some drivers set the roles of a port only after
		 * it appeared. */
		if (rport->host != host)
			continue;
		r = rport_set_timeouts(task->sysfs_fd, rport, dev_loss_tmo,
				       fast_io_fail_tmo);
		if (r != -EINVAL || *is_refused)
			continue;
		*is_refused = true;
		log_warning(
			&task->subject,
			"the kernel does not take dev_loss_tmo and fast_io_fail_tmo for %s, ignoring",
			rport->sysname);
	}
}

/* --- the verb --- */

/* A run lasts this long at the least, though its work may be done sooner. systemd begins the next one behind it
 * (npiv-rescan@.service), so that an array that does nothing but report changes, which a run itself may cause, has
 * one run a second. */
#define RUN_USEC USEC_PER_SEC

static uint32_t choose_host(const struct inventory *inventory, void *context)
{
	const struct vhba_state *state = context;

	return vhba_state_host(state, inventory);
}

static int rescan_luns(struct task *task, struct vhba_state *state)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	bool is_refused = false;
	uint32_t host;
	int r;

	r = scan_names_and_luns(task->sysfs, state->wwpn, choose_host, state, &inventory);
	if (r < 0)
		return r;
	host = vhba_state_host(state, &inventory);
	if (host == HOST_NONE)
		return 0;
	task->subject.host = host;
	/* Of target ports that have come since the start. */
	vport_set_timeouts(task, &inventory, host, vhba_state_tmo(state, "dev_loss_tmo"),
			   vhba_state_tmo(state, "fast_io_fail_tmo"), &is_refused);
	return vport_refresh(task, host, false);
}

/* This can take long and has no other end: a signal ends the process. */
static void rescan_unblock_signals(void)
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static int rescan_locked(struct task *task)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	int exit_code, r;

	if (!task_lock(task, &exit_code))
		return exit_code;
	rescan_unblock_signals();
	r = state_dir_read(task->run, task->name, &state);
	if (r == -ENOENT)
		return 0; /* stopped since it was asked for */
	if (r < 0)
		return vport_fail_errno(task, r, "read what is remembered");
	task_set_subject(task, &state);
	r = rescan_luns(task, &state);
	/* A signal stops it, or begins it anew. */
	exit_code = r < 0 && r != -ECANCELED ?
			    vport_fail_errno(task, r, "bring the LUNs up to date") :
			    0;
	/* The state goes out of scope. */
	task->subject.pool = NULL;
	return exit_code;
}

int vport_rescan(struct task *task)
{
	uint64_t end = now_usec() + RUN_USEC;
	int exit_code;

	assert(task);

	task_limit(task, unit_rescan_timeout_usec());
	exit_code = rescan_locked(task);
	task_unlock(task);
	/* A stop ends this at once. */
	(void)poll(NULL, 0, left_msec(end));
	return exit_code;
}
