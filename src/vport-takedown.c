// SPDX-License-Identifier: LGPL-2.1-or-later
/* The way down of a vHBA: may it go, what of it is ours, and what is remembered at the end. */
#include <inttypes.h>

#include "sys/claim-dir.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/lock.h"
#include "sys/notify.h"
#include "sys/scan.h"
#include "sys/state-dir.h"
#include "sys/state-lookup.h"
#include "sys/vport-mark.h"
#include "vport.h"

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
	struct poke_list pokes;
	int pool_lock;
};

/* A start that was killed while it made the port leaves a process that goes on with that. Returns 0, or an exit
 * code where it said that it is not done. */
static int await_announced(const struct takedown *down)
{
	int r;

	if (!vhba_state_is_announced(down->state))
		return 0;
	r = vport_await_write(down->task, down->state->parent_wwpn,
			      now_usec() + LOCK_USEC);
	return r < 0 ? vport_fail_locked(down->task, down->state->parent_wwpn, r) : 0;
}

static int find_port(struct takedown *down)
{
	int r;

	r = scan_names(down->task->sysfs, down->state->wwpn, &down->inventory);
	if (r < 0)
		return r;
	down->vport = vhba_state_vport(down->state, &down->inventory);
	down->host = vhba_state_host(down->state, &down->inventory);
	down->task->subject.host = down->host;
	return 0;
}

static bool is_to_be_deleted(const struct takedown *down)
{
	return down->vport &&
	       vhba_state_owns(down->state, &down->inventory, down->vport);
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
static int leave_at_shutdown(struct takedown *down, const char *who)
{
	char detail[128];
	int r;

	log_warning(&down->task->subject,
		    "still in use, leaving the virtual port alone: %s", who);
	r = vport_flush(down->task, &down->luns.tree, detail, sizeof(detail));
	if (r > 0)
		log_warning(&down->task->subject, "%s", detail);
	return r < 0 ? vport_fail_errno(down->task, r, "flush the LUNs") : 0;
}

static int await_users(struct takedown *down, uint64_t deadline, char **ret_who)
{
	free(*ret_who);
	*ret_who = NULL;
	vport_luns_done(&down->luns);
	return vport_await_users(down->task, down->host, deadline, down->is_shutdown,
				 ret_who, &down->luns);
}

/* A multipath map with paths of another vHBA does not fall with ours, so its users do not count. Two
 * vHBAs of a pool that go at the same time must not both think so: each looks, and deletes, with the
 * pool's lock held. */
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
	uint64_t deadline =
		now_usec() + vport_users_patience(down->state, down->is_shutdown);
	int r;

	r = look_with_lock(down, 0, ret_who);
	while (r == -EAGAIN || (r > 0 && left_usec(deadline) > 0)) {
		unlock_pool(down);
		r = await_users(down, deadline, ret_who);
		if (r != 0)
			return r;
		r = look_with_lock(down, deadline + LOCK_USEC, ret_who);
		if (r == -EAGAIN)
			return r;
	}
	return r;
}

/* Returns 0 where the way is free, else what the take-down ends with. */
static int check_users(struct takedown *down, bool *ret_is_free)
{
	_cleanup_free_ char *who = NULL;
	int r;

	*ret_is_free = false;
	r = lock_when_unused(down, &who);
	if (r < 0)
		return vport_fail_errno(down->task, r, "find out who uses the LUNs");
	if (r > 0 && down->state->on_busy == ON_BUSY_FORCE)
		log_warning(&down->task->subject, "in use, deleting by on_busy=force: %s",
			    who);
	else if (r > 0)
		return down->is_shutdown ? leave_at_shutdown(down, who) :
					   vport_fail(down->task, STAGE_BUSY, who, NULL);
	*ret_is_free = true;
	return 0;
}

/* --- names --- */

static int look(struct watch *watch, void *context)
{
	struct takedown *down = context;

	poke_prune(&down->pokes, down->task->sysfs_fd);
	return down->pokes.n == 0;
}

static void seen(struct udev_device *device, void *context)
{
	struct takedown *down = context;

	poke_seen(&down->pokes, device);
}

/* The disks stay, their names go: with the state away udev finds them to be nobody's. */
static int take_names(struct takedown *down)
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
		r = poke_host(&down->pokes, down->task->sysfs_fd, &inventory, down->host);
	if (r >= 0)
		r = watch_run(watch, now_usec() + UDEV_USEC);
	if (r == -ETIMEDOUT) {
		log_warning(&down->task->subject, "udev is not done with %s, ignoring",
			    down->pokes.waiting[0]);
		r = 0;
	}
	return r < 0 ? vport_fail_errno(down->task, r, "take the names away") : 0;
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
		return claim_dir_forget(task->run, task->sysfs_fd, pool);
	return down->is_alone ? claim_dir_accept(task->run, task->sysfs_fd, pool) : 0;
}

static int forget(struct takedown *down)
{
	int r;

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
	return r < 0 ? vport_fail_errno(down->task, r, "remove what is remembered") : 0;
}

static int take_down_port(struct takedown *down)
{
	if (is_to_be_deleted(down))
		return vport_remove(down->task, down->state, down->vport, &down->luns,
				    down->is_alone);
	if (down->vport)
		log_info(&down->task->subject,
			 "not made by us: leaving the virtual port alone");
	return take_names(down);
}

static int take_down_unused(struct takedown *down, bool *ret_is_free)
{
	int r = check_users(down, ret_is_free);

	return *ret_is_free ? take_down_port(down) : r;
}

/* The pool's guest gives back what it has first. Where the vHBA stays after all, it gets it again. At
 * shutdown guests are stopped with all that they have. */
static int take_down_from_guest(struct takedown *down, bool *ret_is_free)
{
	int r, s;

	if (down->is_shutdown)
		return take_down_unused(down, ret_is_free);
	*ret_is_free = false;
	r = vport_guest_leave(down->task, down->state, true);
	if (r < 0)
		return vport_fail_errno(down->task, r, "write what is remembered");
	r = take_down_unused(down, ret_is_free);
	if (r == 0)
		return 0;
	s = vport_guest_leave(down->task, down->state, false);
	if (s < 0)
		log_warning(&down->task->subject,
			    "cannot write what is remembered: %s, ignoring",
			    strerror(-s));
	return r;
}

static int take_down(struct takedown *down)
{
	bool is_free;
	int r;

	r = await_announced(down);
	if (r != 0)
		return r;
	r = find_port(down);
	if (r < 0)
		return vport_fail_errno(down->task, r, "look at the ports");
	down->is_alone = !vport_pool_is_shared(down->task, down->state);
	if (down->state->type == VHBA_VPORT && down->state->on_stop == ON_STOP_KEEP) {
		log_info(&down->task->subject,
			 "leaving it up with its names by on_stop=keep");
		return 0;
	}
	/* What is not deleted anyway goes down with the machine, names and all. */
	if (down->is_shutdown && !is_to_be_deleted(down))
		return 0;
	if (down->host != HOST_NONE) {
		r = take_down_from_guest(down, &is_free);
		if (!is_free)
			return r;
	} else if (is_to_be_deleted(down)) {
		/* No port goes by its name; what hangs below it is written back all the same. */
		r = vport_read_luns(down->task, down->vport->host, &down->luns);
		r = r < 0 ? vport_fail_errno(down->task, r, "look at the LUNs") :
			    take_down_port(down);
	} else if (down->state->is_ours && !down->vport) {
		log_info(&down->task->subject, "its virtual port is gone already");
	}
	return r != 0 ? r : forget(down);
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
	int r;

	assert(task);
	assert(state);

	r = take_down(&down);
	unlock_pool(&down);
	vport_luns_done(&down.luns);
	inventory_done(&down.inventory);
	poke_list_done(&down.pokes);
	return r;
}
