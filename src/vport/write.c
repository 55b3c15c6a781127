// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes that create, delete and reset a vport, each in a child that continues until the driver has answered. */
#include "lib/clock.h"
#include "lib/fd.h"
#include "state/lock.h"
#include "event/notify.h"
#include "fc/vport.h"
#include "lib/worker.h"
#include "vport/write.h"

struct write_job {
	int sysfs, lock;
	uint32_t parent_host;
	const struct fc_vport *vport; /* only its names if it is to be created */
};

static int in_worker_create(void *context)
{
	const struct write_job *job = context;

	lock_sign(job->lock);
	return (int)vport_create(job->sysfs, job->parent_host, job->vport->wwpn,
				 job->vport->wwnn);
}

static int in_worker_delete(void *context)
{
	const struct write_job *job = context;

	lock_sign(job->lock);
	return vport_delete(job->sysfs, job->parent_host, job->vport->wwpn,
			    job->vport->wwnn);
}

static int in_worker_reset(void *context)
{
	const struct write_job *job = context;

	lock_sign(job->lock);
	return vport_reset(job->sysfs, job->vport);
}

static int write_run(worker_fn fn, struct write_job *job, bool is_interruptible,
		     uint64_t deadline, int *ret_answer)
{
	const struct worker_survivor survivor = { job->sysfs, job->lock,
						  is_interruptible };

	return worker_run_survivor(fn, job, &survivor, deadline, ret_answer);
}

int vport_write_create(const struct task *task, int lock, uint32_t parent_host,
		       uint64_t wwpn, uint64_t wwnn, uint64_t deadline,
		       ssize_t *ret_answer)
{
	const struct fc_vport vport = { .wwpn = wwpn, .wwnn = wwnn };
	struct write_job job = { task->sysfs_fd, lock, parent_host, &vport };
	int answer, r;

	assert(ret_answer);

	r = write_run(in_worker_create, &job, true, deadline, &answer);
	if (r >= 0)
		*ret_answer = answer;
	return r;
}

int vport_write_delete(const struct task *task, int lock, const struct fc_vport *vport,
		       uint64_t deadline)
{
	struct write_job job = { task->sysfs_fd, lock, vport->parent_host, vport };
	int answer, r;

	r = write_run(in_worker_delete, &job, false, deadline, &answer);
	return r < 0 ? r : answer;
}

int vport_write_reset(const struct task *task, int lock, const struct fc_vport *vport,
		      uint64_t deadline)
{
	struct write_job job = { task->sysfs_fd, lock, vport->parent_host, vport };
	int answer, r;

	r = write_run(in_worker_reset, &job, true, deadline, &answer);
	return r < 0 ? r : answer;
}

int vport_await_write(const struct task *task, uint64_t parent_wwpn, uint64_t deadline)
{
	_cleanup_close_ int lock = -EBADF;

	notify_status("waiting for the lock of the parent HBA");
	lock = lock_take_parent(task->run, parent_wwpn, deadline);
	return lock < 0 ? lock : 0;
}
