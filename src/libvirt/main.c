// SPDX-License-Identifier: LGPL-2.1-or-later
/* The program of npiv-guest@POOL.service: attaches the LUNs of a pool to its guest while the guest runs. */
#include <fcntl.h>
#include <sys/stat.h>

#include "config/name.h"
#include "libvirt/guest.h"
#include "lib/clock.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "lib/usage.h"
#include "state/lock.h"
#include "fc/sysfs.h"

/* Another run may attach a whole pool; libvirt itself waits 30 s for a guest that is busy. */
#define LOCK_USEC (40 * USEC_PER_SEC)

static void print_help(void)
{
	puts("Usage: npiv-guest POOL\n"
	     "\n"
	     "Attaches the LUNs of a pool to its guest (the key guest of [pool POOL]) while the guest\n"
	     "runs, and detaches LUNs that have disappeared. npiv-guest@POOL.service runs it.\n"
	     "\n"
	     "  --help       show this help\n"
	     "  --version    show the version");
}

static const struct usage usage = { "npiv-guest", NPIV_VERSION, "h", print_help };

static int task_fail(const struct guest_task *task, int error, const char *what)
{
	log_error(&task->subject, "cannot %s: %s", what, strerror(-error));
	return EXIT_FAILURE;
}

static int task_begin(struct guest_task *task)
{
	task->run = environment_run_dir();
	if (!task->run)
		return task_fail(task, -ENOMEM, "begin");
	task->sysfs = sysfs_open_dir(AT_FDCWD, environment_sysfs());
	if (task->sysfs < 0)
		return task_fail(task, task->sysfs, "open /sys");
	task->lock = lock_take_guests(task->run, now_usec() + LOCK_USEC);
	if (task->lock < 0)
		return task_fail(task, task->lock, "wait for another npiv-guest");
	return EXIT_SUCCESS;
}

static int task_run(const char *pool)
{
	struct guest_task task = {
		.pool = pool,
		.sysfs = -EBADF,
		.lock = -EBADF,
		.subject = { .pool = pool, .is_guest = true, .host = HOST_NONE },
	};
	int r;

	r = task_begin(&task);
	if (r == EXIT_SUCCESS)
		r = guest_reconcile(&task);
	closep(&task.lock);
	closep(&task.sysfs);
	free(task.run);
	return r;
}

int main(int argc, char *argv[])
{
	int r;

	r = usage_read_options(&usage, argc, argv);
	if (r >= 0)
		return r;
	if (argc - optind != 1)
		return usage_fail(&usage, "give one pool");
	if (!name_is_valid(argv[optind]))
		return usage_fail(&usage, name_fault(argv[optind]));

	umask(022);
	return task_run(argv[optind]);
}
