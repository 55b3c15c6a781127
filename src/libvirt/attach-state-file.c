// SPDX-License-Identifier: LGPL-2.1-or-later
/* The state of npiv-guest in /run/npiv, and the guest in the states of the vHBAs that are up. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "libvirt/attach-state-file.h"
#include "lib/fd.h"
#include "lib/run-file.h"
#include "lib/text.h"
#include "state/state-dir.h"

static int open_folder(const struct guest_task *task)
{
	char path[PATH_MAX];
	int fd;

	if (snprintf(path, sizeof(path), "%s/guest", task->run) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		return -errno;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int attach_state_read(const struct guest_task *task, struct attach_state *ret_state)
{
	_cleanup_close_ int folder = open_folder(task);
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	*ret_state = (struct attach_state){ 0 };
	r = folder < 0 ? folder : run_file_read(folder, task->pool, &text, &size);
	if (r >= 0)
		r = attach_state_parse(text, ret_state);
	return r == -ENOENT || r == -EBADMSG ? 0 : r;
}

int attach_state_write(const struct guest_task *task, const struct attach_state *state)
{
	_cleanup_close_ int folder = open_folder(task);
	char temporary[NPIV_NAME_MAX + 2];
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	if (folder < 0)
		return folder;
	r = TEXT_OF(&text, &size, attach_state_print, state);
	if (r < 0)
		return r;
	/* No name of a pool begins with a dot, so the temporary file has a name of its own. */
	(void)snprintf(temporary, sizeof(temporary), ".%s", task->pool);
	return run_file_write(folder, task->pool, temporary, text, size);
}

int attach_state_remove(const struct guest_task *task)
{
	_cleanup_close_ int folder = open_folder(task);

	if (folder < 0)
		return folder;
	return unlinkat(folder, task->pool, 0) < 0 && errno != ENOENT ? -errno : 0;
}

int guest_find_wanted(const struct guest_task *task,
		      char ret_guest[static NPIV_GUEST_MAX + 1])
{
	_cleanup_(state_list_done) struct state_list list = { 0 };
	int r;

	*ret_guest = '\0';
	r = state_lookup_all(task->run, &list);
	if (r < 0)
		return r;
	/* Two vHBAs can differ between the reload of one and of the other. */
	for (size_t i = 0; i < list.n && !*ret_guest; i++)
		if (streq(list.states[i].pool, task->pool) && list.states[i].guest)
			(void)snprintf(ret_guest, NPIV_GUEST_MAX + 1, "%s",
				       list.states[i].guest);
	return 0;
}
