// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether the host itself uses a LUN: two who write to it know nothing of each other, and destroy it. */
#include "guest.h"
#include "sys/in-use.h"

static int read_tree(const struct guest_task *task, const struct guest_host *host,
		     size_t device, struct block_tree *tree)
{
	int r = 0;

	for (size_t i = 0; i < host->n_paths && r >= 0; i++)
		if (host->paths[i].device == device)
			r = block_tree_add(tree, task->sysfs, HOST_NONE,
					   host->paths[i].disk);
	return r;
}

static int print_users(const struct user_list *users, char **ret_text)
{
	size_t size;
	FILE *out = open_memstream(ret_text, &size);

	if (!out)
		return -ENOMEM;
	user_list_print(users, out);
	return fclose(out) == 0 ? 0 : -ENOMEM;
}

int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, char **ret_who)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	_cleanup_(user_list_done) struct user_list users = { 0 };
	int r;

	assert(task);
	assert(host);
	assert(ret_who);

	*ret_who = NULL;
	r = read_tree(task, host, device, &tree);
	if (r >= 0)
		r = in_use_look_lasting(&tree, &users);
	if (r < 0 || users.n == 0)
		return r;
	return print_users(&users, ret_who);
}
