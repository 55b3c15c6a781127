// SPDX-License-Identifier: LGPL-2.1-or-later
/* dev_loss_tmo and fast_io_fail_tmo of the remote ports of a vHBA. */
#include "fc/rport.h"
#include "vport/vport.h"

void vport_set_timeouts(const struct task *task, const struct inventory *inventory,
			uint32_t host, int dev_loss_tmo, int fast_io_fail_tmo,
			bool *is_refused)
{
	assert(task);
	assert(inventory);
	assert(is_refused);

	if (dev_loss_tmo == TMO_UNSET && fast_io_fail_tmo == TMO_UNSET)
		return;
	for (size_t i = 0; i < inventory->n_rports; i++) {
		const struct fc_rport *rport = &inventory->rports[i];
		int r;

		/* Not only targets: some drivers say what a port is only after it has come. */
		if (rport->host != host)
			continue;
		r = rport_set_timeouts(task->sysfs_fd, rport, dev_loss_tmo,
				       fast_io_fail_tmo);
		if (r != -EINVAL || *is_refused)
			continue;
		*is_refused = true;
		log_warning(
			&task->subject,
			"the kernel does not take dev_loss_tmo and fast_io_fail_tmo for %s, ignoring",
			rport->sysname);
	}
}
