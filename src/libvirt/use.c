// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether something on this host uses a LUN: a guest beside it would destroy what is on it. */
#include <poll.h>

#include "libvirt/guest.h"
#include "lib/clock.h"
#include "lib/text.h"
#include "block/users.h"

/* A program that opens a disk in passing (blkid, a probe) has closed it within this time. */
#define PASSING_USEC (2 * USEC_PER_SEC)

/* There is no event for a close. */
#define POLL_MSEC 200

static int read_tree(const struct guest_task *task, const struct guest_host *host,
		     size_t device, struct block_tree *tree)
{
	int r = 0;

	for (size_t i = 0; i < host->n_paths && r >= 0; i++)
		if (host->paths[i].device == device)
			r = block_tree_add_lun(tree, task->sysfs, HOST_NONE,
					       &host->paths[i].lun);
	return r;
}

static int look(const struct guest_task *task, const struct guest_host *host,
		size_t device, struct user_list *ret_users)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	int r;

	r = read_tree(task, host, device, &tree);
	return r < 0 ? r : in_use_read(&tree, ret_users);
}

int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, uint64_t *deadline, char **ret_who)
{
	_cleanup_(user_list_done) struct user_list users = { 0 };
	size_t size;
	int r;

	assert(task);
	assert(host);
	assert(deadline);
	assert(ret_who);

	*ret_who = NULL;
	for (;;) {
		r = look(task, host, device, &users);
		if (r < 0 || users.n == 0)
			return r;
		if (*deadline == 0)
			*deadline = now_usec() + PASSING_USEC;
		if (user_list_has_persistent(&users) || left_usec(*deadline) == 0)
			return TEXT_OF(ret_who, &size, user_list_print, &users);
		user_list_done(&users);
		(void)poll(NULL, 0, POLL_MSEC);
	}
}
