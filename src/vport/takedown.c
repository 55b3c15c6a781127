// SPDX-License-Identifier: LGPL-2.1-or-later
/* The way down of a vHBA: may it go, what of it is ours, and what is remembered at the end. */
#include <inttypes.h>

#include "names/names.h"
#include "lib/clock.h"
#include "lib/fd.h"
#include "state/lock.h"
#include "event/notify.h"
#include "fc/scan.h"
#include "state/state-dir.h"
#include "state/state-lookup.h"
#include "state/vport-mark.h"
#include "vport/vport.h"

#define UDEV_USEC (20 * USEC_PER_SEC)
#define LOCK_USEC (80 * USEC_PER_SEC) /* another vHBA of the pool is being deleted */

struct takedown {
	struct task *task;
	const struct vhba_state *state;
	bool is_shutdown;
	struct inventory inventory;
	const struct fc_vport *vport; /* NULL: gone already, or type=hba */
	uint32_t host; /* of the port with the LUNs; HOST_NONE: there is none */
	struct vport_luns luns; /* of the host, as the last look saw them */
	bool is_alone; /* no other vHBA of the pool was up when it began */
	struct uevent_list uevents;
	int pool_lock;
	bool has_left_guest;
	int exit_code;
};

/* What a step has found out. */
enum outcome {
	GOES, /* nothing is in the way of the next step */
	STAYS, /* it is not to go: what is remembered of it stays */
	FAILED, /* it was refused or went wrong: exit_code */
};

static enum outcome fail(struct takedown *down, int exit_code)
{
	down->exit_code = exit_code;
	return FAILED;
}

static enum outcome fail_if(struct takedown *down, int exit_code)
{
	return exit_code ? fail(down, exit_code) : GOES;
}

/* A start that was killed while it made the port leaves a process that goes on with that. Returns 0, or an exit
 * code where it said that it is not done. */
static int await_announced(const struct takedown *down)
{
	int r;

	if (!vhba_state_is_announced(down->state))
		return 0;
	r = vport_await_write(down->task, down->state->parent_wwpn,
			      task_until(down->task, LOCK_USEC));
	return r < 0 ? vport_fail_locked(down->task, down->state->parent_wwpn, r) : 0;
}

/* Looks for the port, which can go at any time. The numbers of one that went may be those of another soon. */
static int look_for_port(struct takedown *down)
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

static enum outcome find_port(struct takedown *down)
{
	int r;

	r = await_announced(down);
	if (r != 0)
		return fail(down, r);
	r = look_for_port(down);
	if (r < 0)
		return fail(down, vport_fail_errno(down->task, r, "look at the ports"));
	down->is_alone = !vport_pool_is_shared(down->task, down->state);
	return GOES;
}

static bool is_to_be_deleted(const struct takedown *down)
{
	return down->vport && vhba_state_owns(down->state, &down->inventory, down->vport);
}

/* --- users --- */

static void unlock_pool(struct takedown *down)
{
	if (down->pool_lock >= 0)
		close(down->pool_lock);
	down->pool_lock = -EBADF;
}

/* At shutdown, with the LUNs still in use when the time is up, the least is lost by leaving the port:
 * what is left is written back, and systemd-shutdown unmounts again after all units. */
static enum outcome leave_at_shutdown(struct takedown *down, const char *who)
{
	char detail[128];
	int r;

	log_warning(&down->task->subject,
		    "still in use, leaving the virtual port alone: %s", who);
	r = vport_flush(down->task, &down->luns.tree, detail, sizeof(detail));
	if (r > 0)
		log_warning(&down->task->subject, "%s", detail);
	return r < 0 ? fail(down, vport_fail_errno(down->task, r, "flush the LUNs")) :
		       STAYS;
}

static int await_users(struct takedown *down, uint64_t deadline, char **ret_who)
{
	int r;

	free(*ret_who);
	*ret_who = NULL;
	vport_luns_done(&down->luns);
	r = look_for_port(down);
	if (r < 0 || down->host == HOST_NONE)
		return r;
	return vport_await_users(down->task, down->host, deadline, down->is_shutdown,
				 !is_to_be_deleted(down), ret_who, &down->luns);
}

/* A multipath map with paths of another vHBA does not fall with ours, so its users do not count, unless the
 * port stays: its paths are nobody's then, and the map loses its names. Two vHBAs of a pool that go at the
 * same time must not both think that a map does not fall: each looks, and deletes, with the pool's lock
 * held. */
static int look_with_lock(struct takedown *down, uint64_t lock_deadline, char **ret_who)
{
	notify_status("waiting for another virtual HBA of the pool to go");
	down->pool_lock =
		lock_take_pool(down->task->run, down->state->pool, lock_deadline);
	if (down->pool_lock < 0)
		return down->pool_lock;
	return await_users(down, 0, ret_who);
}

/* Mostly nobody uses them, nor has the lock, and one look is all. Who waits for users does so without
 * the lock, and looks again with it. Returns 0 with the lock, 1 where it is in use, or -errno. */
static int lock_when_unused(struct takedown *down, char **ret_who)
{
	uint64_t deadline = task_until(
		down->task, vport_users_patience(down->state, down->is_shutdown));
	int r;

	r = look_with_lock(down, 0, ret_who);
	while (r == -EAGAIN || (r > 0 && left_usec(deadline) > 0)) {
		unlock_pool(down);
		r = await_users(down, deadline, ret_who);
		if (r != 0)
			return r;
		r = look_with_lock(down, task_until(down->task, LOCK_USEC), ret_who);
		if (r == -EAGAIN)
			return r;
	}
	return r;
}

/* By force it goes in spite of its users, yet with the lock as well: of two that go from under the same map, the last
 * one must see that the map falls. Otherwise the map would go on queueing without a path. Returns as
 * lock_when_unused() does, but with the lock. */
static int lock_though_used(struct takedown *down, char **ret_who)
{
	return down->pool_lock >= 0 ?
		       1 :
		       look_with_lock(down, task_until(down->task, LOCK_USEC), ret_who);
}

static enum outcome check_users(struct takedown *down)
{
	_cleanup_free_ char *who = NULL;
	int r;

	if (down->host == HOST_NONE)
		return GOES;
	r = lock_when_unused(down, &who);
	if (r > 0 && down->state->on_busy == ON_BUSY_FORCE)
		r = lock_though_used(down, &who);
	if (r < 0)
		return fail(down, vport_fail_errno(down->task, r,
						   "find out who uses the LUNs"));
	if (r == 0)
		return GOES;
	if (down->state->on_busy == ON_BUSY_FORCE) {
		log_warning(&down->task->subject, "in use, deleting by on_busy=force: %s",
			    who);
		return GOES;
	}
	return down->is_shutdown ?
		       leave_at_shutdown(down, who) :
		       fail(down, vport_fail(down->task, STAGE_BUSY, who, NULL));
}

/* --- names --- */

static int look(struct watch *watch, void *context)
{
	struct takedown *down = context;

	uevent_prune(&down->uevents, down->task->sysfs_fd);
	return down->uevents.n == 0;
}

static void seen(struct udev_device *device, void *context)
{
	struct takedown *down = context;

	uevent_handled(&down->uevents, device);
}

/* The disks stay, their names go: with the state away udev finds them to be nobody's. */
static enum outcome take_names(struct takedown *down)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = state_dir_remove(down->task->run, down->state);
	if (r >= 0)
		r = watch_new(look, seen, down, &watch);
	if (r >= 0)
		r = scan_host(down->task->sysfs, down->host, &inventory);
	if (r >= 0)
		r = uevent_trigger_host(&down->uevents, down->task->sysfs_fd, &inventory,
					down->host);
	if (r >= 0)
		r = watch_run(watch, task_until(down->task, UDEV_USEC));
	if (r == -ETIMEDOUT) {
		log_warning(&down->task->subject, "udev is not done with %s, ignoring",
			    down->uevents.waiting[0]);
		r = 0;
	}
	return r < 0 ? fail(down,
			    vport_fail_errno(down->task, r, "take the names away")) :
		       GOES;
}

/* --- what is remembered --- */

bool vport_pool_is_shared(const struct task *task, const struct vhba_state *state)
{
	_cleanup_(state_list_done) struct state_list list = { 0 };

	if (state_lookup_all(task->run, &list) < 0)
		return true; /* rather a name too many pinned than one that changes its meaning */
	for (size_t i = 0; i < list.n; i++)
		if (!streq(list.states[i].name, state->name) &&
		    streq(list.states[i].pool, state->pool))
			return true;
	return false;
}

/* Beside a vHBA that has come meanwhile the names mean what its LUNs say, as if it had come later. */
static int forget_claims(const struct takedown *down)
{
	const struct task *task = down->task;
	const char *pool = down->state->pool;

	if (!vport_pool_is_shared(task, down->state))
		return names_forget(task->run, task->sysfs_fd, pool);
	return down->is_alone ? names_accept(task->run, task->sysfs_fd, pool) : 0;
}

/* One at a time: of two that end together, the last one is alone. */
static void lock_pool_again(struct takedown *down)
{
	if (down->pool_lock >= 0)
		return;
	down->pool_lock = lock_take_pool(down->task->run, down->state->pool,
					 task_until(down->task, LOCK_USEC));
	if (down->pool_lock < 0)
		log_warning(&down->task->subject, "cannot lock pool '%s': %s, ignoring",
			    down->state->pool, strerror(-down->pool_lock));
}

static enum outcome forget(struct takedown *down)
{
	int r;

	lock_pool_again(down);
	r = forget_claims(down);
	if (r < 0)
		log_warning(
			&down->task->subject,
			"cannot forget what the names of pool '%s' meant: %s, ignoring",
			down->state->pool, strerror(-r));
	r = vport_unmark(down->task->run, down->state->name);
	if (r >= 0)
		r = state_dir_remove(down->task->run, down->state);
	if (r >= 0)
		vport_guest_wake(down->task, down->state);
	return r < 0 ? fail(down, vport_fail_errno(down->task, r,
						   "remove what is remembered")) :
		       GOES;
}

/* --- steps ----------------------------------------------------------------------------------- */

static enum outcome check_purpose(struct takedown *down)
{
	if (down->state->type == VHBA_VPORT && down->state->on_stop == ON_STOP_KEEP) {
		log_info(&down->task->subject,
			 "leaving it up with its names by on_stop=keep");
		return STAYS;
	}
	/* What is not deleted anyway goes down with the machine, names and all. */
	return down->is_shutdown && !is_to_be_deleted(down) ? STAYS : GOES;
}

/* The guest of the pool gives back what it has first. At shutdown guests are stopped with all that they have. */
static enum outcome take_from_guest(struct takedown *down)
{
	int r;

	if (down->host == HOST_NONE || down->is_shutdown)
		return GOES;
	r = vport_guest_leave(down->task, down->state, true);
	if (r < 0)
		return fail(down,
			    vport_fail_errno(down->task, r, "write what is remembered"));
	down->has_left_guest = true;
	return GOES;
}

/* The vHBA stays after all. */
static void give_back_to_guest(struct takedown *down)
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

static enum outcome take_port(struct takedown *down)
{
	if (is_to_be_deleted(down))
		return fail_if(down, vport_remove(down->task, down->state, down->vport,
						  &down->luns, down->is_alone,
						  &down->pool_lock));
	if (down->vport)
		log_info(&down->task->subject,
			 "not made by us: leaving the virtual port alone");
	else if (down->state->is_ours)
		log_info(&down->task->subject, "its virtual port is gone already");
	return down->host == HOST_NONE ? GOES : take_names(down);
}

static enum outcome take_down(struct takedown *down)
{
	enum outcome outcome = find_port(down);

	if (outcome == GOES)
		outcome = check_purpose(down);
	if (outcome == GOES)
		outcome = take_from_guest(down);
	if (outcome == GOES)
		outcome = check_users(down);
	if (outcome == GOES)
		outcome = take_port(down);
	if (outcome == GOES)
		return forget(down);
	give_back_to_guest(down);
	return outcome;
}

int vport_take_down(struct task *task, const struct vhba_state *state, bool is_shutdown)
{
	struct takedown down = {
		.task = task,
		.state = state,
		.is_shutdown = is_shutdown,
		.host = HOST_NONE,
		.pool_lock = -EBADF,
	};

	assert(task);
	assert(state);

	(void)take_down(&down);
	unlock_pool(&down);
	vport_luns_done(&down.luns);
	inventory_done(&down.inventory);
	uevent_list_done(&down.uevents);
	return down.exit_code;
}
