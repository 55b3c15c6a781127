// SPDX-License-Identifier: LGPL-2.1-or-later
/* Deleting a vport with nothing lost: caches first, then maps and disks, then the port. The kernel
 * takes the link away before it removes disks: a SYNCHRONIZE CACHE would then come too late. */
#include <inttypes.h>
#include <poll.h>

#include "fc/wwn.h"
#include "names/names.h"
#include "lib/clock.h"
#include "block/disk-lock.h"
#include "block/dm-map.h"
#include "lib/fd.h"
#include "state/lock.h"
#include "block/map-owner.h"
#include "event/notify.h"
#include "fc/scan.h"
#include "fc/scsi-device.h"
#include "state/vport-mark.h"
#include "lib/worker.h"
#include "vport/vport.h"

/* Each at most, and all together within what the unit gives (task_until()). A vport_delete alone can take 30 s and
 * more, and so can that of another vHBA whose lock is waited for. */
#define DISK_LOCK_USEC (10 * USEC_PER_SEC)
#define FLUSH_USEC     (30 * USEC_PER_SEC)
#define REMOVE_USEC    (80 * USEC_PER_SEC)
#define FORCED_USEC \
	(10 * USEC_PER_SEC) /* for LUNs to go, where what they cache may be lost */
#define UDEV_USEC  (20 * USEC_PER_SEC)
#define RETRY_MSEC 500

struct delete
{
	struct task *task;
	const struct vhba_state *state;
	struct fc_vport vport;
	bool is_alone;
	struct vport_luns *luns;
	int *pool_lock;
	struct disk_lock disks; /* udev keeps off them */
	struct uevent_list removals;
};

static int in_worker_flush(void *context)
{
	const struct block_node *node = context;

	return block_flush(node->name);
}

static int read_flush_results(struct task *task, const struct block_tree *tree,
			      const int *results, char *detail, size_t size)
{
	for (size_t i = 0; i < tree->n; i++) {
		if (results[i] == -ETIMEDOUT) {
			(void)snprintf(
				detail, size,
				"%s does not take what is still to be written to it",
				tree->nodes[i].name);
			return 1;
		}
		if (results[i] < 0)
			log_warning(&task->subject, "cannot flush %s: %s, ignoring",
				    tree->nodes[i].name, strerror(-results[i]));
	}
	return 0;
}

int vport_flush(struct task *task, const struct block_tree *tree, char *detail,
		size_t size)
{
	_cleanup_free_ int *results = calloc(tree->n ? tree->n : 1, sizeof(*results));
	int r;

	if (!results)
		return -ENOMEM;
	notify_status("flushing");
	r = worker_run_all(in_worker_flush, tree->nodes, tree->n, sizeof(*tree->nodes),
			   task_until(task, FLUSH_USEC), results);
	return r < 0 ? r : read_flush_results(task, tree, results, detail, size);
}

static bool is_on_paths(const struct delete *delete, const struct block_node *map)
{
	return delete->luns->tree.nodes[map->below].kind == BLOCK_DISK;
}

/* A map, or a partition of one, that would lose its last path. One that has a path of another pool or of the host
 * itself is not ours to touch, whatever state that path is in. */
static bool is_falling_map(const struct delete *delete, const struct block_node *node)
{
	const struct block_node *map = node;

	if (node->kind != BLOCK_MAP || node->has_others || node->may_recover)
		return false;
	while (map->kind == BLOCK_MAP && !is_on_paths(delete, map))
		map = &delete->luns->tree.nodes[map->below];
	return map_is_of_pool(delete->task->sysfs_fd, delete->task->run, map->name,
			      delete->state->pool);
}

/* A map without a path may queue what it is given for ever. Whoever waits for that (a flush of ours that
 * took too long, udev's look into the map at the wrong moment) could not even be killed, and the map could
 * not be removed. All that was written is on the LUNs by now, or may be lost. */
static void fail_queued(const struct delete *delete)
{
	for (size_t i = 0; i < delete->luns->tree.n; i++) {
		const struct block_node *node = &delete->luns->tree.nodes[i];
		int r;

		/* One of a partition has no queue of its own. */
		if (!is_falling_map(delete, node) || !is_on_paths(delete, node))
			continue;
		r = dm_map_fail_queued(node->device);
		if (r < 0)
			log_warning(
				&delete->task->subject,
				"cannot have map %s fail what it has queued: %s, ignoring",
				node->title, strerror(-r));
	}
}

/* What cannot be written within the time is refused rather than lost, unless losing it is asked for. */
static int flush(const struct delete *delete)
{
	char detail[128];
	int r;

	r = vport_flush(delete->task, &delete->luns->tree, detail, sizeof(detail));
	if (r < 0)
		return vport_fail_errno(delete->task, r, "flush the LUNs");
	if (r == 0)
		return 0;
	if (delete->state->on_busy == ON_BUSY_REFUSE)
		return vport_fail(delete->task, STAGE_BUSY, detail, "is the link down?");
	log_warning(&delete->task->subject, "%s, deleting by on_busy=force", detail);
	return 0;
}

/* Maps of multipath that would lose their last path, partitions before what they are part of. */
static void remove_maps(const struct delete *delete)
{
	fail_queued(delete);
	for (size_t i = delete->luns->tree.n; i > 0; i--) {
		const struct block_node *node = &delete->luns->tree.nodes[i - 1];
		int r;

		if (!is_falling_map(delete, node))
			continue;
		r = dm_map_remove(node->device);
		if (r < 0)
			log_warning(&delete->task->subject,
				    "cannot remove map %s: %s, ignoring", node->title,
				    strerror(-r));
	}
}

/* With nobody else in the pool all that its names meant is forgotten at the end, and no process a disk is
 * needed for that: as long as they are not released, udev starts one for each. */
static void release_names(const struct delete *delete)
{
	for (size_t i = 0; i < delete->luns->tree.n && delete->is_alone; i++) {
		const struct block_node *node = &delete->luns->tree.nodes[i];
		int r;

		if (node->kind != BLOCK_DISK)
			continue;
		r = names_release(delete->task->run, delete->task->sysfs_fd, node->name);
		if (r < 0)
			log_warning(&delete->task->subject,
				    "cannot release the names of %s: %s, ignoring",
				    node->name, strerror(-r));
	}
}

struct lun_job {
	int sysfs;
	const struct fc_lun *lun;
	const char *vport;
};

static int in_worker_delete_lun(void *context)
{
	const struct lun_job *job = context;

	return scsi_device_delete(job->sysfs, job->lun, job->vport);
}

static int delete_luns(const struct delete *delete)
{
	bool is_forced = delete->state->on_busy == ON_BUSY_FORCE;
	size_t n = delete->luns->inventory.n_luns;
	_cleanup_free_ struct lun_job *jobs = calloc(n ? n : 1, sizeof(*jobs));
	_cleanup_free_ int *results = calloc(n ? n : 1, sizeof(*results));
	int r;

	if (!jobs || !results)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		jobs[i] = (struct lun_job){ delete->task->sysfs_fd,
					    &delete->luns->inventory.luns[i],
					    delete->vport.sysname };
	notify_status("removing %zu LUNs", n);
	r = worker_run_all(
		in_worker_delete_lun, jobs, n, sizeof(*jobs),
		task_until(delete->task, is_forced ? FORCED_USEC : REMOVE_USEC), results);
	for (size_t i = 0; i < n && r >= 0; i++)
		r = results[i];
	/* The delete of the port ends what these wait for. */
	return r == -ETIMEDOUT && is_forced ? 0 : r;
}

/* lpfc answers EAGAIN while its own logout is under way; there is no event for its end. */
static int delete_locked(struct delete *delete, int lock)
{
	uint64_t deadline = task_until(delete->task, REMOVE_USEC);
	int r;

	notify_status("deleting %s", delete->vport.sysname);
	for (;;) {
		r = vport_write_delete(delete->task, lock, &delete->vport, deadline);
		if (r != -EAGAIN || left_usec(deadline) == 0)
			return r;
		(void)poll(NULL, 0, RETRY_MSEC);
	}
}

/* A write that blocks in the driver cannot be taken back, and needs no second one. */
static int fail_deletion(const struct delete *delete, int error)
{
	static const char text[] =
		"the driver is still deleting %s; the kernel's log may tell "
		"what holds it up, and it goes when the driver is done";

	if (error != -ETIMEDOUT)
		return vport_fail_errno(delete->task, error, "delete the virtual port");
	log_error(&delete->task->subject, text, delete->vport.sysname);
	notify_status(text, delete->vport.sysname);
	return EXIT_FAILURE;
}

/* Whether the vport is still there. Somebody may have made another one of the same WWPN in its place, and the kernel
 * gives the number of a host again. */
static int find_again(struct delete *delete, bool *ret_is_there)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	const struct fc_vport *vport;
	int r;

	r = scan_names(delete->task->sysfs, delete->vport.wwpn, &inventory);
	if (r < 0)
		return r;
	vport = vhba_state_vport(delete->state, &inventory);
	*ret_is_there = vport && streq(vport->sysname, delete->vport.sysname);
	if (*ret_is_there)
		delete->vport = *vport; /* its host may have come since */
	else
		log_info(&delete->task->subject, "its virtual port is gone already");
	return 0;
}

/* One writer a parent at a time: only for the write itself, so that LUNs that are slow to go hold up
 * no other vHBA. */
static int delete_vport(struct delete *delete)
{
	_cleanup_close_ int lock = -EBADF;
	bool is_there;
	int r;

	notify_status("waiting for the lock of the parent HBA");
	lock = lock_take_parent(delete->task->run, delete->state->parent_wwpn,
				delete->task->deadline);
	if (lock < 0)
		return vport_fail_locked(delete->task, delete->state->parent_wwpn, lock);
	r = find_again(delete, &is_there);
	if (r < 0)
		return fail_deletion(delete, r);
	if (!is_there)
		return 0;
	r = vport_unmark(delete->task->run, delete->state->name);
	if (r < 0)
		log_warning(&delete->task->subject,
			    "cannot take the mark of %s away: %s, ignoring",
			    delete->vport.sysname, strerror(-r));
	r = delete_locked(delete, lock);
	return r < 0 ? fail_deletion(delete, r) : 0;
}

/* Neither the vport nor its host is there. Both numbers are given again: the number of a host to any host that
 * comes, the name of a vport where its HBA went and came back. */
static bool is_gone(const struct delete *delete, const struct inventory *inventory)
{
	const struct fc_vport *vport = inventory_vport_below(
		inventory, delete->vport.wwpn, delete->vport.parent_host);
	const struct fc_port *port =
		inventory_port_by_host(inventory, delete->vport.host);

	return (!vport || !streq(vport->sysname, delete->vport.sysname)) &&
	       (!port || port->wwpn != delete->vport.wwpn ||
		port->parent_host != delete->vport.parent_host);
}

/* The vport is gone when its host is, its names when udev has seen all disks go. */
static int look(struct watch *watch, void *context)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	struct delete *delete = context;
	int r;

	if (delete->removals.n > 0) {
		watch_expect(watch, delete->removals.n);
		return 0;
	}
	r = scan_names(delete->task->sysfs, delete->vport.wwpn, &inventory);
	if (r < 0)
		return r;
	return is_gone(delete, &inventory);
}

static void seen(struct udev_device *device, void *context)
{
	struct delete *delete = context;

	uevent_handled(&delete->removals, device);
}

static int await_end(struct delete *delete, struct watch *watch)
{
	int r;

	notify_status("waiting for udev");
	r = watch_run(watch, task_until(delete->task, UDEV_USEC));
	if (r == -ETIMEDOUT && delete->removals.n > 0) {
		log_warning(&delete->task->subject, "udev is not done with %s, ignoring",
			    delete->removals.waiting[0]);
		return 0;
	}
	return r < 0 ? r : 0;
}

/* --- steps ----------------------------------------------------------------------------------- */

/* A read of udev's that the end of its disk cuts short is an error in the log, and one more command for the
 * array to abort. */
static void keep_udev_off(struct delete *delete)
{
	int r;

	notify_status("waiting until udev is done with the disks");
	r = disk_lock_take(&delete->disks, &delete->luns->tree,
			   task_until(delete->task, DISK_LOCK_USEC));
	if (r < 0)
		log_warning(&delete->task->subject,
			    "cannot keep udev off the disks: %s, ignoring", strerror(-r));
}

static int refuse_users(const struct delete *delete)
{
	_cleanup_free_ char *who = NULL;
	int r;

	r = vport_await_users(delete->task, delete->vport.host,
			      task_until(delete->task,
					 vport_users_patience(delete->state, false)),
			      false, false, &who, delete->luns);
	if (r < 0)
		return vport_fail_errno(delete->task, r, "find out who uses the LUNs");
	return r > 0 ? vport_fail(delete->task, STAGE_BUSY, who, NULL) : 0;
}

/* To wait for udev and to flush takes up to a minute. Somebody may have begun to use a LUN since, or the vport may
 * be gone. Returns 0, or an exit code where it said why the vport is not to go. */
static int look_again(struct delete *delete, bool *ret_is_there)
{
	int r;

	r = find_again(delete, ret_is_there);
	if (r >= 0 && !*ret_is_there)
		return 0;
	vport_luns_done(delete->luns);
	if (r >= 0 && delete->state->on_busy == ON_BUSY_FORCE)
		r = vport_read_luns(delete->task, delete->vport.host, delete->luns);
	else if (r >= 0)
		return refuse_users(delete);
	return r < 0 ? vport_fail_errno(delete->task, r, "look at the LUNs") : 0;
}

/* Whoever waits for the pool's lock learns from the LUNs that are there which maps fall; the port itself does not
 * matter to them. */
static void unlock(struct delete *delete)
{
	disk_lock_release(&delete->disks);
	if (*delete->pool_lock >= 0)
		close(*delete->pool_lock);
	*delete->pool_lock = -EBADF;
}

static int remove_luns(struct delete *delete)
{
	int r;

	remove_maps(delete);
	release_names(delete);
	r = delete_luns(delete);
	unlock(delete);
	return r < 0 ? vport_fail_errno(delete->task, r,
					"remove the LUNs by their files below /sys") :
		       0;
}

static void log_deleted(const struct delete *delete)
{
	const struct log_event event = {
		.priority = LOG_INFO,
		.message_id = MESSAGE_ID_VPORT_DELETED,
	};
	char wwpn[WWN_TEXT_SIZE];

	log_event(&delete->task->subject, &event,
		  "deleted virtual port %s with %zu LUN%s below host%" PRIu32,
		  wwn_format(delete->vport.wwpn, wwpn), delete->luns->inventory.n_luns,
		  delete->luns->inventory.n_luns == 1 ? "" : "s",
		  delete->vport.parent_host);
}

/* All that cannot be undone. */
static int remove_all(struct delete *delete)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	/* Before the first disk goes: what udev says of it must not be missed. */
	r = watch_new(look, seen, delete, &watch);
	if (r >= 0)
		r = watch_narrow(watch, delete->vport.host);
	if (r >= 0)
		r = uevent_expect_removal(&delete->removals, &delete->luns->tree);
	if (r < 0)
		return vport_fail_errno(delete->task, r, "listen to events");
	r = remove_luns(delete);
	if (r == 0)
		r = delete_vport(delete);
	if (r != 0)
		return r;
	r = await_end(delete, watch);
	if (r < 0)
		return fail_deletion(delete, r);
	log_deleted(delete);
	return 0;
}

static int run_steps(struct delete *delete)
{
	bool is_there = false;
	int r;

	keep_udev_off(delete);
	r = flush(delete);
	if (r == 0)
		r = look_again(delete, &is_there);
	if (r == 0 && is_there)
		r = remove_all(delete);
	return r;
}

int vport_remove(struct task *task, const struct vhba_state *state,
		 const struct fc_vport *vport, struct vport_luns *luns, bool is_alone,
		 int *pool_lock)
{
	struct delete delete = {
		.task = task,
		.state = state,
		.vport = *vport,
		.luns = luns,
		.is_alone = is_alone,
		.pool_lock = pool_lock,
	};
	int r;

	r = run_steps(&delete);
	disk_lock_release(&delete.disks);
	uevent_list_done(&delete.removals);
	return r;
}
