// SPDX-License-Identifier: LGPL-2.1-or-later
/* Asks a disk itself whether it is still mapped. */
#include <fcntl.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>

#include "fc/devpath.h"
#include "lib/fd.h"
#include "fc/scsi-inquiry.h"

#define INQUIRY	     0x12
#define DATA_LENGTH  36U /* SPC-4 6.6.2: what every device answers at least */
#define SENSE_LENGTH 32U
#define TIMEOUT_MSEC 5000U

int scsi_inquiry(const char *disk, enum lun_presence *ret_presence)
{
	unsigned char command[6] = { INQUIRY, 0, 0, 0, DATA_LENGTH, 0 };
	unsigned char data[DATA_LENGTH] = { 0 }, sense[SENSE_LENGTH] = { 0 };
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = SG_DXFER_FROM_DEV,
		.cmd_len = sizeof(command),
		.cmdp = command,
		.mx_sb_len = sizeof(sense),
		.sbp = sense,
		.dxfer_len = sizeof(data),
		.dxferp = data,
		.timeout = TIMEOUT_MSEC,
	};
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	_cleanup_close_ int fd = -EBADF;
	size_t n = 0;

	assert(disk);
	assert(ret_presence);

	(void)snprintf(path, sizeof(path), "/dev/%.31s", disk);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (ioctl(fd, SG_IO, &io) < 0)
		return -errno;

	if (io.resid >= 0 && (size_t)io.resid <= sizeof(data))
		n = sizeof(data) - (size_t)io.resid;
	/* Without an answer of the target's own, what is there is nobody's: the transport failed. */
	*ret_presence =
		io.sb_len_wr > 0 || (io.host_status == 0 && io.driver_status == 0) ?
			inquiry_presence(io.status, data, n, sense, io.sb_len_wr) :
			PRESENCE_UNKNOWN;
	return 0;
}
