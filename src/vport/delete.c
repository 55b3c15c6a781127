// SPDX-License-Identifier: LGPL-2.1-or-later
/* Deletes a vport without loss of data: flushes first, then removes maps and disks, then the port. The kernel
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
#include "event/uevent.h"
#include "event/watch.h"
#include "vport/delete.h"
#include "vport/write.h"

/* Limits of each step; together they stay within the limit of the unit (task_until()). A single vport_delete can
 * take 30 s and more, and so can the wait for the lock of another vHBA. */
#define DISK_LOCK_USEC (10 * USEC_PER_SEC)
#define FLUSH_USEC     (30 * USEC_PER_SEC)
#define REMOVE_USEC    (80 * USEC_PER_SEC)
#define FORCED_USEC \
	(10 * USEC_PER_SEC) /* for LUNs to go, where what they cache may be lost */
#define UDEV_USEC  (20 * USEC_PER_SEC)
#define RETRY_MSEC 500

struct deletion {
	struct task *task;
	const struct vhba_state *state;
	struct fc_vport vport;
	bool is_alone;
	struct vport_luns *luns;
	int *pool_lock;
	struct disk_lock disks; /* keeps udev off them */
	struct watch *watch;
	struct uevent_list removals;
};

enum removal removal_fail(const struct task *task, int error, const char *what)
{
	vport_fail_errno(task, error, what);
	return REMOVAL_FAILED;
}

enum removal removal_fail_locked(const struct task *task, uint64_t parent_wwpn, int error)
{
	vport_fail_locked(task, parent_wwpn, error);
	return REMOVAL_FAILED;
}

enum removal removal_refuse(const struct task *task, const char *detail, const char *hint)
{
	vport_fail(task, STAGE_BUSY, detail, hint);
	return REMOVAL_REFUSED;
}

int removal_exit_code(enum removal removal)
{
	switch (removal) {
	case REMOVAL_GO_ON:
	case REMOVAL_GONE:
	case REMOVAL_KEPT:
		break;
	case REMOVAL_REFUSED:
		return stage_info(STAGE_BUSY)->exit_code;
	case REMOVAL_UNFINISHED:
	case REMOVAL_FAILED:
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/* --- what is cached --- */

static int delete_in_worker_flush(void *context)
{
	const struct block_node *node = context;

	return block_flush(node->name);
}

static int delete_read_flush_results(struct task *task, const struct block_tree *tree,
				     const int *results, char *detail, size_t size)
{
	for (size_t i = 0; i < tree->n; i++) {
		const char *name = tree->nodes[i].name;

		if (results[i] >= 0)
			continue;
		if (!block_flush_has_no_answer(results[i])) {
			log_warning(&task->subject, "cannot flush %s: %s, ignoring", name,
				    strerror(-results[i]));
			continue;
		}
		if (results[i] == -ETIMEDOUT)
			(void)snprintf(detail, size, "%s has data that cannot be written",
				       name);
		else
			(void)snprintf(detail, size, "cannot flush %s: %s", name,
				       results[i] == -EPIPE ?
					       "the process that did it was killed" :
					       strerror(-results[i]));
		return 1;
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
	r = worker_run_all(delete_in_worker_flush, tree->nodes, tree->n,
			   sizeof(*tree->nodes), task_until(task, FLUSH_USEC), results);
	return r < 0 ? r : delete_read_flush_results(task, tree, results, detail, size);
}

/* --- what may still refuse the removal --- */

/* A read by udev that the end of its disk cuts short is an error in the log, and one more command for the array to
 * abort. */
static void delete_keep_udev_off(struct deletion *deletion)
{
	int r;

	notify_status("waiting until udev is done with the disks");
	r = disk_lock_take(&deletion->disks, &deletion->luns->tree,
			   task_until(deletion->task, DISK_LOCK_USEC));
	if (r < 0)
		log_warning(&deletion->task->subject,
			    "cannot keep udev off the disks: %s, ignoring", strerror(-r));
}

/* Returns 1 if the vport still exists, 0 if it is gone, which is logged, or -errno. Another vport of the same WWPN
 * may have been created in its place, and the kernel reuses the number of a host. */
static int delete_find_again(struct deletion *deletion)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	const struct fc_vport *vport;
	int r;

	r = scan_names(deletion->task->sysfs, deletion->vport.wwpn, &inventory);
	if (r < 0)
		return r;
	vport = vhba_state_vport(deletion->state, &inventory);
	if (!vport || !streq(vport->sysname, deletion->vport.sysname)) {
		log_notice(&deletion->task->subject, "its virtual port is gone already");
		return 0;
	}
	deletion->vport = *vport; /* its host may have come since */
	return 1;
}

/* What cannot be written within the time is refused rather than lost, unless losing it is asked for. */
static enum removal delete_flush(const struct deletion *deletion)
{
	char detail[128];
	int r;

	r = vport_flush(deletion->task, &deletion->luns->tree, detail, sizeof(detail));
	if (r < 0)
		return removal_fail(deletion->task, r, "flush the LUNs");
	if (r == 0)
		return REMOVAL_GO_ON;
	if (deletion->state->on_busy == ON_BUSY_REFUSE)
		return removal_refuse(deletion->task, detail,
				      "is the link down? If not, stop it again");
	log_warning(&deletion->task->subject, "%s, deleting by on_busy=force", detail);
	return REMOVAL_GO_ON;
}

static enum removal delete_refuse_users(const struct deletion *deletion)
{
	const struct users_query query = {
		.host = deletion->vport.host,
		.deadline = task_until(deletion->task,
				       vport_users_patience(deletion->state, false)),
	};
	_cleanup_free_ char *who = NULL;
	int r;

	r = vport_await_users(deletion->task, &query, &who, deletion->luns);
	if (r < 0)
		return removal_fail(deletion->task, r, "find out who uses the LUNs");
	return r > 0 ? removal_refuse(deletion->task, who, NULL) : REMOVAL_GO_ON;
}

/* Waiting for udev and flushing take up to a minute. Since then a process may have opened a LUN, or the vport may
 * be gone. */
static enum removal delete_look_again(struct deletion *deletion)
{
	int r;

	r = delete_find_again(deletion);
	if (r == 0)
		return REMOVAL_GONE;
	vport_luns_done(deletion->luns);
	if (r > 0 && deletion->state->on_busy == ON_BUSY_REFUSE)
		return delete_refuse_users(deletion);
	if (r > 0)
		r = vport_read_luns(deletion->task, deletion->vport.host, deletion->luns);
	return r < 0 ? removal_fail(deletion->task, r, "look at the LUNs") :
		       REMOVAL_GO_ON;
}

/* --- maps and disks --- */

static bool delete_map_is_on_paths(const struct deletion *deletion,
				   const struct block_node *map)
{
	return deletion->luns->tree.nodes[map->below].kind == BLOCK_DISK;
}

/* A map, or a partition of one, that would lose its last path. A map with a path of another pool or of the host
 * itself is left alone, whatever the state of that path. */
static bool delete_is_falling_map(const struct deletion *deletion,
				  const struct block_node *node)
{
	const struct block_node *map = node;

	if (node->kind != BLOCK_MAP || node->has_others || node->may_recover)
		return false;
	while (map->kind == BLOCK_MAP && !delete_map_is_on_paths(deletion, map))
		map = &deletion->luns->tree.nodes[map->below];
	return map_is_of_pool(deletion->task->sysfs_fd, deletion->task->run, map->name,
			      deletion->state->pool);
}

/* A map without a path may queue I/O for ever. A process that waits for that I/O (a flush that took too long, or
 * udev while it reads the map) could not even be killed, and the map could not be removed. By now all data is on
 * the LUNs, or may be lost. */
static void delete_fail_queued(const struct deletion *deletion)
{
	for (size_t i = 0; i < deletion->luns->tree.n; i++) {
		const struct block_node *node = &deletion->luns->tree.nodes[i];
		int r;

		/* One of a partition has no queue of its own. */
		if (!delete_is_falling_map(deletion, node) ||
		    !delete_map_is_on_paths(deletion, node))
			continue;
		r = dm_map_fail_queued(node->device);
		if (r < 0)
			log_warning(
				&deletion->task->subject,
				"cannot have map %s fail what it has queued: %s, ignoring",
				node->title, strerror(-r));
	}
}

/* Maps of multipath that would lose their last path, each after its partitions. */
static void delete_remove_maps(const struct deletion *deletion)
{
	delete_fail_queued(deletion);
	for (size_t i = deletion->luns->tree.n; i > 0; i--) {
		const struct block_node *node = &deletion->luns->tree.nodes[i - 1];
		int r;

		if (!delete_is_falling_map(deletion, node))
			continue;
		r = dm_map_remove(node->device);
		if (r < 0)
			log_warning(&deletion->task->subject,
				    "cannot remove map %s: %s, ignoring", node->title,
				    strerror(-r));
	}
}

/* If no other vHBA of the pool is up, all meanings of its names are forgotten at the end, without a process per
 * disk: until they are released, udev starts one for each disk. */
static void delete_release_names(const struct deletion *deletion)
{
	for (size_t i = 0; i < deletion->luns->tree.n && deletion->is_alone; i++) {
		const struct block_node *node = &deletion->luns->tree.nodes[i];
		int r;

		if (node->kind != BLOCK_DISK)
			continue;
		r = names_release(deletion->task->run, deletion->task->sysfs_fd,
				  node->name);
		if (r < 0)
			log_warning(&deletion->task->subject,
				    "cannot release the names of %s: %s, ignoring",
				    node->name, strerror(-r));
	}
}

struct lun_job {
	int sysfs;
	const struct fc_lun *lun;
	const char *vport;
};

static int delete_in_worker_lun(void *context)
{
	const struct lun_job *job = context;

	return scsi_device_delete(job->sysfs, job->lun, job->vport);
}

static int delete_remove_disks(const struct deletion *deletion)
{
	bool is_forced = deletion->state->on_busy == ON_BUSY_FORCE;
	size_t n = deletion->luns->inventory.n_luns;
	_cleanup_free_ struct lun_job *jobs = calloc(n ? n : 1, sizeof(*jobs));
	_cleanup_free_ int *results = calloc(n ? n : 1, sizeof(*results));
	int r;

	if (!jobs || !results)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		jobs[i] = (struct lun_job){ deletion->task->sysfs_fd,
					    &deletion->luns->inventory.luns[i],
					    deletion->vport.sysname };
	notify_status("removing %zu LUNs", n);
	r = worker_run_all(delete_in_worker_lun, jobs, n, sizeof(*jobs),
			   task_until(deletion->task,
				      is_forced ? FORCED_USEC : REMOVE_USEC),
			   results);
	for (size_t i = 0; i < n && r >= 0; i++)
		r = results[i];
	/* The delete of the port ends what these wait for. */
	return r == -ETIMEDOUT && is_forced ? 0 : r;
}

/* Another take-down that waits for the lock of the pool learns from the LUNs that are there which maps fall; the
 * port itself does not matter to it. */
static void delete_unlock(struct deletion *deletion)
{
	disk_lock_release(&deletion->disks);
	if (*deletion->pool_lock >= 0)
		close(*deletion->pool_lock);
	*deletion->pool_lock = -EBADF;
}

static enum removal delete_luns(struct deletion *deletion)
{
	int r;

	delete_remove_maps(deletion);
	delete_release_names(deletion);
	r = delete_remove_disks(deletion);
	delete_unlock(deletion);
	return r < 0 ? removal_fail(deletion->task, r,
				    "remove the LUNs by their files below /sys") :
		       REMOVAL_GO_ON;
}

/* --- the port --- */

/* A write that blocks in the driver cannot be taken back, and needs no second one. */
static enum removal delete_fail(const struct deletion *deletion, int error)
{
	static const char text[] =
		"the driver is still deleting %s, which disappears when the "
		"driver is done; 'journalctl -k' may show the cause";

	if (error != -ETIMEDOUT)
		return removal_fail(deletion->task, error, "delete the virtual port");
	log_error(&deletion->task->subject, text, deletion->vport.sysname);
	notify_status(text, deletion->vport.sysname);
	return REMOVAL_UNFINISHED;
}

/* lpfc answers EAGAIN while its own logout is under way; there is no event for its end. */
static int delete_write(const struct deletion *deletion, int lock)
{
	uint64_t deadline = task_until(deletion->task, REMOVE_USEC);
	int r;

	notify_status("deleting %s", deletion->vport.sysname);
	for (;;) {
		r = vport_write_delete(deletion->task, lock, &deletion->vport, deadline);
		if (r != -EAGAIN || left_usec(deadline) == 0)
			return r;
		(void)poll(NULL, 0, RETRY_MSEC);
	}
}

/* One writer per parent at a time: the lock is held only for the write itself, so that LUNs that are slow to go
 * hold up no other vHBA. */
static enum removal delete_port(struct deletion *deletion)
{
	_cleanup_close_ int lock = -EBADF;
	int r;

	notify_status("waiting for the lock of the parent HBA");
	lock = lock_take_parent(deletion->task->run, deletion->state->parent_wwpn,
				deletion->task->deadline);
	if (lock < 0)
		return removal_fail_locked(deletion->task, deletion->state->parent_wwpn,
					   lock);
	r = delete_find_again(deletion);
	if (r < 0)
		return delete_fail(deletion, r);
	if (r == 0)
		return REMOVAL_GO_ON;
	r = vport_unmark(deletion->task->run, deletion->state->name);
	if (r < 0)
		log_warning(&deletion->task->subject,
			    "cannot take the mark of %s away: %s, ignoring",
			    deletion->vport.sysname, strerror(-r));
	r = delete_write(deletion, lock);
	return r < 0 ? delete_fail(deletion, r) : REMOVAL_GO_ON;
}

/* --- the end --- */

/* Neither the vport nor its host exists. Both numbers can be reused: that of the host by any new host, that of the
 * vport if its HBA was removed and added again. */
static bool delete_is_complete(const struct deletion *deletion,
			       const struct inventory *inventory)
{
	const struct fc_vport *vport = inventory_vport_below(
		inventory, deletion->vport.wwpn, deletion->vport.parent_host);
	const struct fc_port *port =
		inventory_port_by_host(inventory, deletion->vport.host);

	return (!vport || !streq(vport->sysname, deletion->vport.sysname)) &&
	       (!port || port->wwpn != deletion->vport.wwpn ||
		port->parent_host != deletion->vport.parent_host);
}

/* The vport is gone when its host is, its names when udev has seen all disks go. */
static int delete_look(struct watch *watch, void *context)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	struct deletion *deletion = context;
	int r;

	if (deletion->removals.n > 0) {
		watch_expect(watch, deletion->removals.n);
		return 0;
	}
	r = scan_names(deletion->task->sysfs, deletion->vport.wwpn, &inventory);
	if (r < 0)
		return r;
	return delete_is_complete(deletion, &inventory);
}

static void delete_on_event(struct udev_device *device, void *context)
{
	struct deletion *deletion = context;

	uevent_handled(&deletion->removals, device);
}

/* Subscribe before the first disk is removed, so that no event of udev is missed. */
static enum removal delete_listen(struct deletion *deletion)
{
	int r;

	r = watch_new(delete_look, delete_on_event, deletion, &deletion->watch);
	if (r >= 0)
		r = watch_narrow(deletion->watch, deletion->vport.host);
	if (r >= 0)
		r = uevent_expect_removal(&deletion->removals, &deletion->luns->tree);
	return r < 0 ? removal_fail(deletion->task, r, "listen to events") :
		       REMOVAL_GO_ON;
}

static void delete_log(const struct deletion *deletion)
{
	const struct log_event event = {
		.priority = LOG_NOTICE,
		.message_id = MESSAGE_ID_VPORT_DELETED,
	};
	char wwpn[WWN_TEXT_SIZE];

	log_event(&deletion->task->subject, &event,
		  "deleted virtual port %s with %zu LUN%s below host%" PRIu32,
		  wwn_format(deletion->vport.wwpn, wwpn),
		  deletion->luns->inventory.n_luns,
		  deletion->luns->inventory.n_luns == 1 ? "" : "s",
		  deletion->vport.parent_host);
}

static enum removal delete_await_end(struct deletion *deletion)
{
	int r;

	notify_status("waiting for udev");
	r = watch_run(deletion->watch, task_until(deletion->task, UDEV_USEC));
	if (r == -ETIMEDOUT && deletion->removals.n > 0)
		log_warning(&deletion->task->subject,
			    "udev is not done with %s, ignoring",
			    deletion->removals.waiting[0]);
	else if (r < 0)
		return delete_fail(deletion, r);
	delete_log(deletion);
	return REMOVAL_GONE;
}

/* --- all steps --- */

static enum removal delete_run(struct deletion *deletion)
{
	enum removal removal;

	delete_keep_udev_off(deletion);
	removal = delete_flush(deletion);
	if (removal == REMOVAL_GO_ON)
		removal = delete_look_again(deletion);
	if (removal == REMOVAL_GO_ON)
		removal = delete_listen(deletion);
	/* From here on nothing can be undone. */
	if (removal == REMOVAL_GO_ON)
		removal = delete_luns(deletion);
	if (removal == REMOVAL_GO_ON)
		removal = delete_port(deletion);
	if (removal == REMOVAL_GO_ON)
		removal = delete_await_end(deletion);
	return removal;
}

enum removal vport_remove(struct task *task, const struct vhba_state *state,
			  const struct fc_vport *vport, struct vport_luns *luns,
			  bool is_alone, int *pool_lock)
{
	struct deletion deletion = {
		.task = task,
		.state = state,
		.vport = *vport,
		.luns = luns,
		.is_alone = is_alone,
		.pool_lock = pool_lock,
	};
	enum removal removal;

	removal = delete_run(&deletion);
	disk_lock_release(&deletion.disks);
	uevent_list_done(&deletion.removals);
	watch_freep(&deletion.watch);
	return removal;
}
