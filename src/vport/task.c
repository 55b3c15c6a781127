// SPDX-License-Identifier: LGPL-2.1-or-later
/* What every verb begins with: its roots, and the lock of the vHBA. */
#include <fcntl.h>
#include <signal.h>

#include "state/unit-time.h"
#include "lib/clock.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "state/lock.h"
#include "fc/sysfs.h"
#include "vport/vport.h"

#define LOCK_USEC \
	(50 * USEC_PER_SEC) /* systemd runs one verb at a time; people may not */

int task_init(struct task *task, const char *name)
{
	*task = (struct task){
		.name = name,
		.run = environment_run_dir(),
		.sysfs = environment_sysfs(),
		.sysfs_fd = -EBADF,
		.lock = -EBADF,
		.began = now_usec(),
		.subject = { .vhba = name, .host = HOST_NONE },
	};
	task_limit(task, unit_stop_timeout_usec());
	if (!task->run)
		return vport_fail_errno(task, -ENOMEM, "begin");
	task->sysfs_fd = sysfs_open_dir(AT_FDCWD, task->sysfs);
	if (task->sysfs_fd < 0)
		return vport_fail_errno(task, task->sysfs_fd, "open /sys");
	return 0;
}

void task_limit(struct task *task, uint64_t unit_timeout_usec)
{
	task->deadline = task->began + unit_run_usec(unit_timeout_usec);
}

uint64_t task_until(const struct task *task, uint64_t usec)
{
	uint64_t end = now_usec() + usec;

	return end < task->deadline ? end : task->deadline;
}

/* Returns an exit code for an error of lock_take_vhba(). */
static int task_fail_lock(const struct task *task, int error)
{
	char holder[192];

	if (error == -ECANCELED)
		return vport_interrupted(task);
	if (error != -EAGAIN)
		return vport_fail_errno(task, error, "lock the vHBA below /run/npiv");
	lock_print_holder_of_vhba(task->run, task->name, holder, sizeof(holder));
	log_error(&task->subject, "another npiv-vport is at work on this vHBA: %s",
		  holder);
	return EXIT_FAILURE;
}

bool task_lock(struct task *task, int *ret_exit_code)
{
	sigset_t signals;

	assert(ret_exit_code);

	if (task->lock >= 0)
		return true;
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);
	task->lock = lock_take_vhba(task->run, task->name, task_until(task, LOCK_USEC));
	if (task->lock >= 0)
		return true;
	*ret_exit_code = task_fail_lock(task, task->lock);
	return false;
}

void task_unlock(struct task *task)
{
	if (task->lock >= 0)
		close(task->lock);
	task->lock = -EBADF;
}

void task_set_subject(struct task *task, const struct vhba_state *state)
{
	task->subject.pool = state->pool;
	task->subject.wwpn = state->wwpn;
	task->subject.parent_wwpn = state->parent_wwpn;
}

void task_done(struct task *task)
{
	task_unlock(task);
	if (task->sysfs_fd >= 0)
		close(task->sysfs_fd);
	free(task->run);
}
