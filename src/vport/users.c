// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds the users of a vHBA's LUNs, and waits until they release them. */
#include "lib/clock.h"
#include "lib/text.h"
#include "block/users.h"
#include "event/notify.h"
#include "fc/scan.h"
#include "event/watch.h"
#include "vport/users.h"

/* A program that opens a disk for a moment (blkid, a probe) has let go within this time. */
#define TRANSIENT_USEC (2 * USEC_PER_SEC)

/* There is no event for a close. */
#define POLL_USEC (200 * USEC_PER_MSEC)

struct users_wait {
	struct task *task;
	struct users_query query;
	const struct fc_lun *lun; /* NULL: all of the host */
	char *who; /* users at the last look; NULL: none */
	struct vport_luns luns; /* of the last look */
};

/* leaving: the host whose paths maps are about to lose; HOST_NONE: maps keep them, and all users of maps count. */
static int users_read_tree(struct task *task, uint32_t host, uint32_t leaving,
			   struct vport_luns *luns)
{
	for (size_t i = 0; i < luns->inventory.n_luns; i++) {
		const struct fc_lun *lun = &luns->inventory.luns[i];
		int r;

		if (lun->host != host)
			continue;
		r = block_tree_add_lun(&luns->tree, task->sysfs_fd, leaving, lun);
		if (r < 0)
			return r;
	}
	return 0;
}

static int users_read_luns(struct task *task, uint32_t host, uint32_t leaving,
			   struct vport_luns *ret_luns)
{
	_cleanup_(vport_luns_done) struct vport_luns luns = { 0 };
	int r;

	r = scan_host(task->sysfs, host, &luns.inventory);
	if (r >= 0)
		r = users_read_tree(task, host, leaving, &luns);
	if (r < 0)
		return r;

	*ret_luns = luns;
	luns = (struct vport_luns){ 0 };
	return 0;
}

int vport_read_luns(struct task *task, uint32_t host, struct vport_luns *ret_luns)
{
	assert(ret_luns);

	return users_read_luns(task, host, host, ret_luns);
}

void vport_luns_done(struct vport_luns *luns)
{
	inventory_done(&luns->inventory);
	block_tree_done(&luns->tree);
}

static int users_read(struct users_wait *wait, struct user_list *ret_users)
{
	const struct users_query *query = &wait->query;
	int r;

	vport_luns_done(&wait->luns);
	r = wait->lun ? block_tree_add_lun(&wait->luns.tree, wait->task->sysfs_fd,
					   wait->lun->host, wait->lun) :
			users_read_luns(wait->task, query->host,
					query->port_stays ? HOST_NONE : query->host,
					&wait->luns);
	return r < 0 ? r : in_use_read(&wait->luns.tree, ret_users);
}

static int users_look(struct watch *watch, void *context)
{
	_cleanup_(user_list_done) struct user_list users = { 0 };
	struct users_wait *wait = context;
	bool is_shutdown = wait->query.is_shutdown;
	size_t size;
	int r;

	r = users_read(wait, &users);
	if (r < 0)
		return r;
	free(wait->who);
	wait->who = NULL;
	if (users.n == 0)
		return 1;
	r = TEXT_OF(&wait->who, &size, user_list_print, &users);
	if (r < 0)
		return r;
	/* Waiting does not end a mount or a volume, unless the machine is shutting down. */
	if (!is_shutdown && user_list_has_persistent(&users))
		return 1;
	notify_status("waiting until it is no longer in use: %s; %u s left", wait->who,
		      (unsigned)(left_usec(wait->query.deadline) / USEC_PER_SEC));
	watch_within(watch, is_shutdown ? 5 * POLL_USEC : POLL_USEC);
	return 0;
}

uint64_t vport_users_patience(const struct vhba_state *state, bool is_shutdown)
{
	assert(state);

	return is_shutdown ? state->stop_usec : TRANSIENT_USEC;
}

/* Returns 0 if the LUNs are not in use, 1 if they are, or -errno. */
static int users_await(struct users_wait *wait, char **ret_who)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = watch_new(users_look, NULL, wait, &watch);
	if (r >= 0)
		r = watch_add_mounts(watch);
	if (r >= 0)
		r = watch_run(watch, wait->query.deadline);
	if (r < 0 && r != -ETIMEDOUT) {
		free(wait->who);
		return r;
	}

	*ret_who = wait->who;
	return wait->who ? 1 : 0;
}

int vport_await_users(struct task *task, const struct users_query *query, char **ret_who,
		      struct vport_luns *ret_luns)
{
	struct users_wait wait = { .task = task, .query = *query };
	int r;

	assert(ret_luns);

	r = users_await(&wait, ret_who);
	if (r < 0)
		vport_luns_done(&wait.luns);
	else
		*ret_luns = wait.luns;
	return r;
}

int vport_await_lun_users(struct task *task, const struct fc_lun *lun, uint64_t *deadline,
			  char **ret_who)
{
	struct users_wait wait = {
		.task = task,
		.query.host = lun->host,
		.lun = lun,
	};
	int r;

	assert(deadline);

	if (*deadline == 0)
		*deadline = task_until(task, TRANSIENT_USEC);
	wait.query.deadline = *deadline;
	r = users_await(&wait, ret_who);
	vport_luns_done(&wait.luns);
	return r;
}
