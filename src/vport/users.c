// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who still uses a vHBA's LUNs, and the wait until they let go. */
#include "lib/clock.h"
#include "lib/text.h"
#include "block/in-use.h"
#include "event/notify.h"
#include "fc/scan.h"
#include "vport/vport.h"

/* A program that opens a disk in passing (blkid, a probe) has let go within this time. */
#define PASSING_USEC (2 * USEC_PER_SEC)

/* There is no event for a close. */
#define POLL_USEC (200 * USEC_PER_MSEC)

struct await {
	struct task *task;
	uint32_t host;
	const struct fc_lun *lun; /* NULL: all of the host */
	uint64_t deadline;
	bool is_shutdown;
	bool port_stays;
	char *who; /* of the last look; NULL: nobody */
	struct vport_luns luns; /* of the last look */
};

/* leaving: the host, where maps are to lose its paths; HOST_NONE: they keep them, and all of their users count. */
static int read_tree(struct task *task, uint32_t host, uint32_t leaving,
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

static int read_luns(struct task *task, uint32_t host, uint32_t leaving,
		     struct vport_luns *ret_luns)
{
	_cleanup_(vport_luns_done) struct vport_luns luns = { 0 };
	int r;

	r = scan_host(task->sysfs, host, &luns.inventory);
	if (r >= 0)
		r = read_tree(task, host, leaving, &luns);
	if (r < 0)
		return r;

	*ret_luns = luns;
	luns = (struct vport_luns){ 0 };
	return 0;
}

int vport_read_luns(struct task *task, uint32_t host, struct vport_luns *ret_luns)
{
	assert(ret_luns);

	return read_luns(task, host, host, ret_luns);
}

void vport_luns_done(struct vport_luns *luns)
{
	inventory_done(&luns->inventory);
	block_tree_done(&luns->tree);
}

static int read_users(struct await *await, struct user_list *ret_users)
{
	int r;

	vport_luns_done(&await->luns);
	r = await->lun ?
		    block_tree_add_lun(&await->luns.tree, await->task->sysfs_fd,
				       await->lun->host, await->lun) :
		    read_luns(await->task, await->host,
			      await->port_stays ? HOST_NONE : await->host, &await->luns);
	return r < 0 ? r : in_use_read(&await->luns.tree, ret_users);
}

static int name_users(struct await *await, const struct user_list *users)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = TEXT_OF(&text, &size, user_list_print, users);
	if (r < 0)
		return r;
	free(await->who);
	await->who = TAKE_PTR(text);
	return 0;
}

static void tell(const struct await *await)
{
	notify_status("waiting until it is no longer in use: %s; %u s left", await->who,
		      (unsigned)(left_usec(await->deadline) / USEC_PER_SEC));
}

static int look(struct watch *watch, void *context)
{
	_cleanup_(user_list_done) struct user_list users = { 0 };
	struct await *await = context;
	int r;

	r = read_users(await, &users);
	if (r < 0)
		return r;
	free(await->who);
	await->who = NULL;
	if (users.n == 0)
		return 1;
	r = name_users(await, &users);
	if (r < 0)
		return r;
	/* A mount or a volume does not go because we wait, unless the whole machine goes down. */
	if (!await->is_shutdown && user_list_has_lasting(&users))
		return 1;
	tell(await);
	watch_within(watch, await->is_shutdown ? 5 * POLL_USEC : POLL_USEC);
	return 0;
}

uint64_t vport_users_patience(const struct vhba_state *state, bool is_shutdown)
{
	assert(state);

	return is_shutdown ? state->stop_usec : PASSING_USEC;
}

/* Returns 0 where nobody uses them, 1 where somebody does, or -errno. */
static int await_users(struct await *await, char **ret_who)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = watch_new(look, NULL, await, &watch);
	if (r >= 0)
		r = watch_add_mounts(watch);
	if (r >= 0)
		r = watch_run(watch, await->deadline);
	if (r < 0 && r != -ETIMEDOUT) {
		free(await->who);
		return r;
	}

	*ret_who = await->who;
	return await->who ? 1 : 0;
}

int vport_await_users(struct task *task, uint32_t host, uint64_t deadline,
		      bool is_shutdown, bool port_stays, char **ret_who,
		      struct vport_luns *ret_luns)
{
	struct await await = {
		.task = task,
		.host = host,
		.deadline = deadline,
		.is_shutdown = is_shutdown,
		.port_stays = port_stays,
	};
	int r;

	assert(ret_luns);

	r = await_users(&await, ret_who);
	if (r < 0)
		vport_luns_done(&await.luns);
	else
		*ret_luns = await.luns;
	return r;
}

int vport_await_lun_users(struct task *task, const struct fc_lun *lun, uint64_t *deadline,
			  char **ret_who)
{
	struct await await = {
		.task = task,
		.host = lun->host,
		.lun = lun,
	};
	int r;

	assert(deadline);

	if (*deadline == 0)
		*deadline = task_until(task, PASSING_USEC);
	await.deadline = *deadline;
	r = await_users(&await, ret_who);
	vport_luns_done(&await.luns);
	return r;
}
