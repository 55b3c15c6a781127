// SPDX-License-Identifier: LGPL-2.1-or-later
/* Deleting a vport with nothing lost: caches first, then maps and disks, then the port. The kernel
 * takes the link away before it removes disks: a SYNCHRONIZE CACHE would then come too late. */
#include <inttypes.h>
#include <poll.h>

#include "core/wwn.h"
#include "sys/claim-dir.h"
#include "sys/clock.h"
#include "sys/dm-map.h"
#include "sys/fd.h"
#include "sys/lock.h"
#include "sys/map-owner.h"
#include "sys/notify.h"
#include "sys/scan.h"
#include "sys/scsi-device.h"
#include "sys/vport-mark.h"
#include "sys/worker.h"
#include "vport.h"

/* All of it, within the unit's TimeoutStopSec= (core/unit.c leaves 90 s beside the wait for users). A
 * vport_delete alone, ours or that of another vHBA whose lock we wait for, can take 30 s and more. */
#define REMOVE_USEC (80 * USEC_PER_SEC)
#define FLUSH_USEC  (30 * USEC_PER_SEC)
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
	uint32_t parent_host;
	uint64_t deadline;
	const struct vport_luns *luns;
	struct poke_list removals;
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
			   now_usec() + FLUSH_USEC, results);
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
		r = claim_dir_release(delete->task->run, delete->task->sysfs_fd,
				      node->name);
		if (r < 0)
			log_warning(&delete->task->subject,
				    "cannot release the names of %s: %s, ignoring",
				    node->name, strerror(-r));
	}
}

struct lun_job {
	int sysfs;
	const struct fc_lun *lun;
};

static int in_worker_delete_lun(void *context)
{
	const struct lun_job *job = context;

	return scsi_device_delete(job->sysfs, job->lun);
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
					    &delete->luns->inventory.luns[i] };
	notify_status("removing %zu LUNs", n);
	r = worker_run_all(in_worker_delete_lun, jobs, n, sizeof(*jobs),
			   is_forced ? now_usec() + FORCED_USEC : delete->deadline,
			   results);
	for (size_t i = 0; i < n && r >= 0; i++)
		r = results[i];
	/* The delete of the port ends what these wait for. */
	return r == -ETIMEDOUT && is_forced ? 0 : r;
}

/* lpfc answers EAGAIN while its own logout is under way; there is no event for its end. */
static int delete_locked(struct delete *delete, int lock)
{
	int r;

	notify_status("deleting %s", delete->vport.sysname);
	for (;;) {
		r = vport_write_delete(delete->task, lock, &delete->vport,
				       delete->deadline);
		if (r != -EAGAIN || left_usec(delete->deadline) == 0)
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

/* One writer a parent at a time: only for the write itself, so that LUNs that are slow to go hold up
 * no other vHBA. */
static int delete_vport(struct delete *delete)
{
	_cleanup_close_ int lock = -EBADF;
	int r;

	notify_status("waiting for the lock of the parent HBA");
	lock = lock_take_parent(delete->task->run, delete->state->parent_wwpn,
				delete->deadline);
	if (lock < 0)
		return vport_fail_locked(delete->task, delete->state->parent_wwpn, lock);
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

	poke_seen(&delete->removals, device);
}

static int await_end(struct delete *delete, struct watch *watch)
{
	int r;

	notify_status("waiting for udev");
	r = watch_run(watch, now_usec() + UDEV_USEC);
	if (r == -ETIMEDOUT && delete->removals.n > 0) {
		log_warning(&delete->task->subject, "udev is not done with %s, ignoring",
			    delete->removals.waiting[0]);
		return 0;
	}
	return r < 0 ? r : 0;
}

static int run_steps(struct delete *delete)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	/* Before the first disk goes: what udev says of it must not be missed. */
	r = watch_new(look, seen, delete, &watch);
	if (r >= 0)
		r = watch_narrow(watch, delete->vport.host);
	if (r >= 0)
		r = poke_expect_removal(&delete->removals, &delete->luns->tree);
	if (r < 0)
		return vport_fail_errno(delete->task, r, "listen to events");
	r = flush(delete);
	if (r != 0)
		return r;
	remove_maps(delete);
	release_names(delete);
	r = delete_luns(delete);
	if (r < 0)
		return vport_fail_errno(delete->task, r,
					"remove the LUNs by their files below /sys");
	r = delete_vport(delete);
	if (r != 0)
		return r;
	r = await_end(delete, watch);
	return r < 0 ? fail_deletion(delete, r) : 0;
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
		  delete->luns->inventory.n_luns == 1 ? "" : "s", delete->parent_host);
}

int vport_remove(struct task *task, const struct vhba_state *state,
		 const struct fc_vport *vport, const struct vport_luns *luns,
		 bool is_alone)
{
	struct delete delete = {
		.task = task,
		.state = state,
		.vport = *vport,
		.luns = luns,
		.is_alone = is_alone,
		.parent_host = vport->parent_host,
		.deadline = now_usec() + REMOVE_USEC,
	};
	int r;

	r = run_steps(&delete);
	if (r == 0)
		log_deleted(&delete);
	poke_list_done(&delete.removals);
	return r;
}
