// SPDX-License-Identifier: LGPL-2.1-or-later
/* Takes a vHBA down: decides whether it may be removed, removes what npiv has created, and forgets the state. */
#include <inttypes.h>

#include "names/names.h"
#include "lib/clock.h"
#include "lib/fd.h"
#include "state/lock.h"
#include "event/notify.h"
#include "fc/scan.h"
#include "state/state-dir.h"
#include "state/vport-mark.h"
#include "event/uevent.h"
#include "event/watch.h"
#include "vport/guest.h"
#include "vport/takedown.h"
#include "vport/write.h"

#define UDEV_USEC (20 * USEC_PER_SEC)
#define LOCK_USEC (80 * USEC_PER_SEC) /* another vHBA of the pool is being deleted */

struct takedown {
	struct task *task;
	const struct vhba_state *state;
	bool is_shutdown;
	struct inventory inventory;
	const struct fc_vport *vport; /* NULL: gone already, or type=hba */
	uint32_t host; /* host of the port with the LUNs; HOST_NONE: there is no port */
	struct vport_luns luns; /* of the host, as the last look saw them */
	char *who; /* users of the LUNs at the last look; NULL: none */
	bool is_alone; /* no other vHBA of the pool was up when the take-down began */
	bool has_left_guest;
	struct uevent_list uevents;
	int pool_lock; /* below zero: not held */
};

static enum removal takedown_fail(const struct takedown *down, int error,
				  const char *what)
{
	return removal_fail(down->task, error, what);
}

/* Looks for the port, which can disappear at any time. Its numbers may soon be those of another port. */
static int takedown_look_for_port(struct takedown *down)
{
	int r;

	inventory_done(&down->inventory);
	down->vport = NULL;
	down->host = HOST_NONE;
	r = scan_names(down->task->sysfs, down->state->wwpn, &down->inventory);
	if (r < 0)
		return r;
	down->vport = vhba_state_vport(down->state, &down->inventory);
	down->host = vhba_state_host(down->state, &down->inventory);
	down->task->subject.host = down->host;
	return 0;
}

static bool takedown_deletes_port(const struct takedown *down)
{
	return down->vport && vhba_state_owns(down->state, &down->inventory, down->vport);
}

/* --- the port --- */

/* A start that was killed while it created the port leaves a child that completes the write. */
static enum removal takedown_await_start(const struct takedown *down)
{
	uint64_t parent_wwpn = down->state->parent_wwpn;
	int r;

	if (!vhba_state_is_announced(down->state))
		return REMOVAL_GO_ON;
	r = vport_await_write(down->task, parent_wwpn, task_until(down->task, LOCK_USEC));
	return r < 0 ? removal_fail_locked(down->task, parent_wwpn, r) : REMOVAL_GO_ON;
}

static enum removal takedown_find_port(struct takedown *down)
{
	int r;

	r = takedown_look_for_port(down);
	if (r < 0)
		return takedown_fail(down, r, "look at the ports");
	down->is_alone = !state_pool_is_shared(down->task->run, down->state);
	return REMOVAL_GO_ON;
}

static enum removal takedown_check_purpose(const struct takedown *down)
{
	if (down->state->type == VHBA_VPORT && down->state->on_stop == ON_STOP_KEEP) {
		log_notice(&down->task->subject,
			   "leaving it up with its names by on_stop=keep");
		return REMOVAL_KEPT;
	}
	/* A port that is not deleted ends with the machine, with its names. */
	return down->is_shutdown && !takedown_deletes_port(down) ? REMOVAL_KEPT :
								   REMOVAL_GO_ON;
}

/* --- the guest --- */

/* The guest of the pool gives its LUNs back first. At shutdown guests are stopped with all that they have. */
static enum removal takedown_leave_guest(struct takedown *down)
{
	int r;

	if (down->host == HOST_NONE || down->is_shutdown)
		return REMOVAL_GO_ON;
	r = vport_guest_leave(down->task, down->state, true);
	if (r < 0)
		return takedown_fail(down, r, "write what is remembered");
	down->has_left_guest = true;
	return REMOVAL_GO_ON;
}

/* The vHBA stays after all. */
static void takedown_return_to_guest(const struct takedown *down)
{
	int r;

	if (!down->has_left_guest)
		return;
	r = vport_guest_leave(down->task, down->state, false);
	if (r < 0)
		log_warning(&down->task->subject,
			    "cannot write what is remembered: %s, ignoring",
			    strerror(-r));
}

/* --- users --- */

/* Result of a look at the users of the LUNs. */
enum use {
	USE_NONE, /* the LUNs are not in use */
	USE_SOME, /* the LUNs are in use by down->who */
	USE_UNKNOWN, /* another take-down holds the lock of the pool, so there was no look */
	USE_FAILED, /* an error, which is logged */
};

static enum use takedown_fail_look(const struct takedown *down, int error)
{
	(void)takedown_fail(down, error, "find out who uses the LUNs");
	return USE_FAILED;
}

static void takedown_unlock_pool(struct takedown *down)
{
	if (down->pool_lock >= 0)
		close(down->pool_lock);
	down->pool_lock = -EBADF;
}

/* Waits until deadline for the users to let go; 0: looks once. */
static enum use takedown_look_at_users(struct takedown *down, uint64_t deadline)
{
	struct users_query query = { .deadline = deadline,
				     .is_shutdown = down->is_shutdown };
	int r;

	free(down->who);
	down->who = NULL;
	vport_luns_done(&down->luns);
	r = takedown_look_for_port(down);
	if (r < 0)
		return takedown_fail_look(down, r);
	if (down->host == HOST_NONE)
		return USE_NONE;
	query.host = down->host;
	query.port_stays = !takedown_deletes_port(down);
	r = vport_await_users(down->task, &query, &down->who, &down->luns);
	if (r < 0)
		return takedown_fail_look(down, r);
	return r > 0 ? USE_SOME : USE_NONE;
}

/* Looks once with the lock of the pool, which is held from then on, whatever the result. A multipath map with
 * paths of another vHBA survives the removal of this one, so its users do not count, unless this port stays: then
 * its paths have no owner, and the map loses its names. Two vHBAs of a pool that are removed at the same time must
 * not both conclude that a map survives: each looks and deletes with the lock of the pool. */
static enum use takedown_look_locked(struct takedown *down, uint64_t lock_deadline)
{
	notify_status("waiting for another virtual HBA of the pool to go");
	down->pool_lock =
		lock_take_pool(down->task->run, down->state->pool, lock_deadline);
	if (down->pool_lock == -EAGAIN)
		return USE_UNKNOWN;
	if (down->pool_lock < 0)
		return takedown_fail_look(down, down->pool_lock);
	return takedown_look_at_users(down, 0);
}

/* Mostly the LUNs are not in use and the lock is free, so one look is enough. The wait for users does not hold the
 * lock, and ends with a look that does. USE_NONE is returned with the lock held, USE_SOME with or without it. */
static enum use takedown_await_users(struct takedown *down)
{
	uint64_t deadline = task_until(
		down->task, vport_users_patience(down->state, down->is_shutdown));
	enum use use = takedown_look_locked(down, 0);

	while (use == USE_UNKNOWN || (use == USE_SOME && left_usec(deadline) > 0)) {
		takedown_unlock_pool(down);
		use = takedown_look_at_users(down, deadline);
		if (use != USE_NONE)
			return use;
		use = takedown_look_locked(down, task_until(down->task, LOCK_USEC));
		if (use == USE_UNKNOWN)
			return use;
	}
	return use;
}

/* If LUNs are still in use when the time is over at shutdown, it is safest to leave the port: caches are written
 * back, and systemd-shutdown unmounts again after all units. */
static enum removal takedown_leave_at_shutdown(struct takedown *down)
{
	char detail[128];
	int r;

	log_warning(&down->task->subject,
		    "still in use, leaving the virtual port alone: %s", down->who);
	r = vport_flush(down->task, &down->luns.tree, detail, sizeof(detail));
	if (r < 0)
		return takedown_fail(down, r, "flush the LUNs");
	if (r > 0)
		log_warning(&down->task->subject, "%s", detail);
	return REMOVAL_KEPT;
}

/* What happens to a vHBA whose LUNs are in use. */
static enum removal takedown_judge_users(struct takedown *down)
{
	if (down->state->on_busy == ON_BUSY_FORCE) {
		log_warning(&down->task->subject, "in use, deleting by on_busy=force: %s",
			    down->who);
		return REMOVAL_GO_ON;
	}
	return down->is_shutdown ? takedown_leave_at_shutdown(down) :
				   removal_refuse(down->task, down->who, NULL);
}

/* Continues with the lock of the pool held, also by force: of two vHBAs that are removed from under the same map,
 * the last one must see that the map has to be removed. Otherwise the map would queue I/O without a path. */
static enum removal takedown_check_users(struct takedown *down)
{
	enum use use;

	if (down->host == HOST_NONE)
		return REMOVAL_GO_ON;
	use = takedown_await_users(down);
	if (use == USE_SOME && down->state->on_busy == ON_BUSY_FORCE &&
	    down->pool_lock < 0)
		use = takedown_look_locked(down, task_until(down->task, LOCK_USEC));
	switch (use) {
	case USE_NONE:
		return REMOVAL_GO_ON;
	case USE_SOME:
		return takedown_judge_users(down);
	case USE_UNKNOWN:
		(void)takedown_fail_look(down, -EAGAIN);
		break;
	case USE_FAILED:
		break;
	}
	return REMOVAL_FAILED;
}

/* --- names --- */

static int takedown_look_at_events(struct watch *watch, void *context)
{
	struct takedown *down = context;

	uevent_prune(&down->uevents, down->task->sysfs_fd);
	return down->uevents.n == 0;
}

static void takedown_on_event(struct udev_device *device, void *context)
{
	struct takedown *down = context;

	uevent_handled(&down->uevents, device);
}

/* The disks stay, their names are removed: without the state udev finds that the disks belong to no vHBA. */
static enum removal takedown_remove_names(struct takedown *down)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = state_dir_remove(down->task->run, down->state);
	if (r >= 0)
		r = watch_new(takedown_look_at_events, takedown_on_event, down, &watch);
	if (r >= 0)
		r = scan_host(down->task->sysfs, down->host, &inventory);
	if (r >= 0)
		r = uevent_trigger_host(&down->uevents, down->task->sysfs_fd, &inventory,
					down->host);
	if (r >= 0)
		r = watch_run(watch, task_until(down->task, UDEV_USEC));
	if (r < 0 && r != -ETIMEDOUT)
		return takedown_fail(down, r, "take the names away");
	if (r < 0)
		log_warning(&down->task->subject, "udev is not done with %s, ignoring",
			    down->uevents.waiting[0]);
	return REMOVAL_GO_ON;
}

static enum removal takedown_remove_port(struct takedown *down)
{
	if (takedown_deletes_port(down))
		return vport_remove(down->task, down->state, down->vport, &down->luns,
				    down->is_alone, &down->pool_lock);
	if (down->vport)
		log_notice(&down->task->subject,
			   "not made by us: leaving the virtual port alone");
	else if (down->state->is_ours)
		log_notice(&down->task->subject, "its virtual port is gone already");
	return down->host == HOST_NONE ? REMOVAL_GO_ON : takedown_remove_names(down);
}

/* --- what is remembered --- */

/* Beside a vHBA that has come meanwhile the names mean what its LUNs say, as if it had come later. */
static int takedown_forget_claims(const struct takedown *down)
{
	const struct task *task = down->task;
	const char *pool = down->state->pool;

	if (!state_pool_is_shared(task->run, down->state))
		return names_forget(task->run, task->sysfs_fd, pool);
	return down->is_alone ? names_accept(task->run, task->sysfs_fd, pool) : 0;
}

/* Only one at a time, so that of two that end together the last one finds itself alone. */
static void takedown_lock_pool(struct takedown *down)
{
	if (down->pool_lock >= 0)
		return;
	down->pool_lock = lock_take_pool(down->task->run, down->state->pool,
					 task_until(down->task, LOCK_USEC));
	if (down->pool_lock < 0)
		log_warning(&down->task->subject, "cannot lock pool '%s': %s, ignoring",
			    down->state->pool, strerror(-down->pool_lock));
}

static enum removal takedown_forget(struct takedown *down)
{
	int r;

	takedown_lock_pool(down);
	r = takedown_forget_claims(down);
	if (r < 0)
		log_warning(
			&down->task->subject,
			"cannot forget what the names of pool '%s' meant: %s, ignoring",
			down->state->pool, strerror(-r));
	r = vport_unmark(down->task->run, down->state->name);
	if (r >= 0)
		r = state_dir_remove(down->task->run, down->state);
	if (r < 0)
		return takedown_fail(down, r, "remove what is remembered");
	vport_guest_notify(down->task, down->state);
	return REMOVAL_GONE;
}

/* --- all steps --- */

/* The vHBA stays, with its guest and its state, when any step before takedown_forget() ends otherwise. */
static enum removal takedown_run(struct takedown *down)
{
	enum removal removal = takedown_await_start(down);

	if (removal == REMOVAL_GO_ON)
		removal = takedown_find_port(down);
	if (removal == REMOVAL_GO_ON)
		removal = takedown_check_purpose(down);
	if (removal == REMOVAL_GO_ON)
		removal = takedown_leave_guest(down);
	if (removal == REMOVAL_GO_ON)
		removal = takedown_check_users(down);
	if (removal == REMOVAL_GO_ON)
		removal = takedown_remove_port(down);
	if (removal == REMOVAL_GO_ON || removal == REMOVAL_GONE)
		return takedown_forget(down);
	takedown_return_to_guest(down);
	return removal;
}

enum removal vport_take_down(struct task *task, const struct vhba_state *state,
			     bool is_shutdown)
{
	struct takedown down = {
		.task = task,
		.state = state,
		.is_shutdown = is_shutdown,
		.host = HOST_NONE,
		.pool_lock = -EBADF,
	};
	enum removal removal;

	assert(task);
	assert(state);

	removal = takedown_run(&down);
	takedown_unlock_pool(&down);
	vport_luns_done(&down.luns);
	inventory_done(&down.inventory);
	uevent_list_done(&down.uevents);
	free(down.who);
	return removal;
}
