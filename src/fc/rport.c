// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes the timeouts of remote ports, in an order that the kernel accepts. */
#include "fc/rport.h"
#include "fc/sysfs.h"

#define PATH_SIZE 96
#define MAX_WITHOUT_FAST_FAIL \
	600 /* seconds: SCSI_DEVICE_BLOCK_MAX_TIMEOUT, scsi_device.h */

static int write_seconds(int sysfs, const struct fc_rport *rport, const char *attribute,
			 int seconds)
{
	char path[PATH_SIZE], wanted[16], current[32];
	ssize_t n;
	int r;

	if (seconds == TMO_UNSET)
		return 0;
	(void)snprintf(path, sizeof(path), "class/fc_remote_ports/%s/%s", rport->sysname,
		       attribute);
	if (seconds == TMO_OFF)
		(void)snprintf(wanted, sizeof(wanted), "off");
	else
		(void)snprintf(wanted, sizeof(wanted), "%d", seconds);
	r = sysfs_read_text(sysfs, path, current, sizeof(current));
	if (r < 0)
		return r;
	if (streq(current, wanted))
		return 0;
	n = sysfs_write(sysfs, path, wanted);
	return n < 0 ? (int)n : 0;
}

int rport_set_timeouts(int sysfs, const struct fc_rport *rport, int dev_loss_tmo,
		       int fast_io_fail_tmo)
{
	int step = dev_loss_tmo, r;

	assert(rport);

	/* fast_io_fail_tmo must be below the present dev_loss_tmo, and a dev_loss_tmo above 600 needs a
	 * fast_io_fail_tmo: first raise dev_loss_tmo as far as possible without one, then set fast_io_fail_tmo,
	 * then the final dev_loss_tmo (fc_rport_set_dev_loss_tmo(), scsi_transport_fc.c). */
	if (step > MAX_WITHOUT_FAST_FAIL)
		step = MAX_WITHOUT_FAST_FAIL;
	r = write_seconds(sysfs, rport, "fast_io_fail_tmo", fast_io_fail_tmo);
	if (r == -EINVAL && dev_loss_tmo != TMO_UNSET) {
		r = write_seconds(sysfs, rport, "dev_loss_tmo", step);
		if (r >= 0)
			r = write_seconds(sysfs, rport, "fast_io_fail_tmo",
					  fast_io_fail_tmo);
	}
	return r < 0 ? r : write_seconds(sysfs, rport, "dev_loss_tmo", dev_loss_tmo);
}
