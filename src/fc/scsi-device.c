// SPDX-License-Identifier: LGPL-2.1-or-later
/* Flushes, removes, rescans and finds SCSI devices. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/fs.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>

#include "fc/devpath.h"
#include "lib/fd.h"
#include "fc/scsi-device.h"
#include "fc/sysfs.h"

#define PATH_SIZE 96

static bool is_gone(ssize_t r)
{
	return r == -ENOENT || r == -ENODEV || r == -ENXIO;
}

int block_flush(const char *name)
{
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	_cleanup_close_ int fd = -EBADF;

	assert(name);

	(void)snprintf(path, sizeof(path), "/dev/%.31s", name);
	/* fsync() needs no write access (blkdev_fsync(), block/fops.c), and a close after writing would cause an
	 * event of udev. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return is_gone(-errno) ? 0 : -errno;
	/* Also writes back a mounted file system (blkdev_flushbuf(), block/ioctl.c). fsync() alone does not, but it
	 * makes the disk empty its cache. */
	(void)ioctl(fd, BLKFLSBUF, 0);
	return fsync(fd) < 0 ? -errno : 0;
}

bool block_flush_has_no_answer(int result)
{
	switch (result) {
	case -ETIMEDOUT: /* the device did not answer in time */
	case -EPIPE: /* the worker was killed */
	case -EACCES:
	case -EAGAIN:
	case -EINTR:
	case -EMFILE:
	case -ENFILE:
	case -ENOMEM:
	case -EPERM:
		return true;
	default:
		return false;
	}
}

/* Writes to an attribute of a SCSI device; the kernel does the work before the write returns. */
static int write_one(int sysfs, const struct fc_lun *lun, const char *attribute)
{
	char path[PATH_SIZE];
	ssize_t n;

	(void)snprintf(path, sizeof(path),
		       "class/scsi_device/%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64
		       "/device/%s",
		       lun->host, lun->channel, lun->target, lun->kernel_lun, attribute);
	n = sysfs_write(sysfs, path, "1");
	return n < 0 && !is_gone(n) ? (int)n : 0;
}

static bool is_below(int sysfs, const struct fc_lun *lun, const char *vport)
{
	char path[PATH_SIZE], target[PATH_MAX], found[VPORT_NAME_SIZE];
	ssize_t n;

	(void)snprintf(path, sizeof(path),
		       "class/scsi_device/%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64,
		       lun->host, lun->channel, lun->target, lun->kernel_lun);
	n = readlinkat(sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	devpath_vport(target, found);
	return streq(found, vport);
}

int scsi_device_delete(int sysfs, const struct fc_lun *lun, const char *vport)
{
	assert(lun);
	assert(vport);

	return is_below(sysfs, lun, vport) ? write_one(sysfs, lun, "delete") : 0;
}

int scsi_device_rescan(int sysfs, const struct fc_lun *lun)
{
	assert(lun);

	return write_one(sysfs, lun, "rescan");
}

int scsi_host_scan(int sysfs, uint32_t host)
{
	char path[PATH_SIZE];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "class/scsi_host/host%" PRIu32 "/scan", host);
	n = sysfs_write(sysfs, path, "- - -");
	return n < 0 ? (int)n : 0;
}

#define INQUIRY	     0x12
#define DATA_LENGTH  36U /* SPC-4 6.6.2: the least that every device returns */
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
	/* If the transport failed, the target sent no answer, and data and status mean nothing. */
	*ret_presence =
		io.sb_len_wr > 0 || (io.host_status == 0 && io.driver_status == 0) ?
			inquiry_presence(io.status, data, n, sense, io.sb_len_wr) :
			PRESENCE_UNKNOWN;
	return 0;
}
