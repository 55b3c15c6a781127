// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads one logical unit from its scsi_device. */
#include <inttypes.h>

#include "fc/array-text.h"
#include "fc/identity.h"
#include "lib/limits.h"
#include "fc/lun.h"
#include "lib/fd.h"
#include "fc/lun-read.h"
#include "fc/sysfs.h"

#define SECTOR_SIZE   512U /* unit of the size attribute, whatever the disk's sector size */
#define VPD_PAGE_SIZE 259U /* a header of 4 bytes and the longest serial number */

int lun_address_parse(const char *text, struct fc_lun *lun)
{
	int n = 0;

	assert(text);
	assert(lun);

	if (sscanf(text, "%" SCNu32 ":%" SCNu32 ":%" SCNu32 ":%" SCNu64 "%n", &lun->host,
		   &lun->channel, &lun->target, &lun->kernel_lun, &n) != 4 ||
	    text[n] != '\0')
		return -EINVAL;
	lun->lun = lun_number(lun->kernel_lun);
	return 0;
}

int lun_read_wwid(int at, const char *path, char *buf, size_t size)
{
	char raw[NPIV_ATTR_MAX];
	int r;

	assert(buf);

	*buf = '\0';
	r = sysfs_read_text(at, path, raw, sizeof(raw));
	return r < 0 ? r : array_text_escape(raw, strlen(raw), buf, size);
}

static void read_serial(int dir, char *buf, size_t size)
{
	unsigned char page[VPD_PAGE_SIZE];
	ssize_t n = sysfs_read_bytes(dir, "device/vpd_pg80", page, sizeof(page));

	array_text_serial(page, n < 0 ? 0 : (size_t)n, buf, size);
}

static void read_disk(int dir, struct fc_lun *lun)
{
	_cleanup_closedir_ DIR *stream = sysfs_open_stream(dir, "device/block");
	struct dirent *item;
	char path[64];
	uint64_t sectors;

	if (!stream)
		return;
	while ((item = readdir(stream)))
		if (item->d_name[0] != '.' && strlen(item->d_name) < sizeof(lun->disk)) {
			(void)snprintf(lun->disk, sizeof(lun->disk), "%.31s",
				       item->d_name);
			break;
		}

	(void)snprintf(path, sizeof(path), "%s/size", lun->disk);
	if (lun->disk[0] && sysfs_read_number(dirfd(stream), path, &sectors) >= 0 &&
	    sectors <= UINT64_MAX / SECTOR_SIZE)
		lun->size = sectors * SECTOR_SIZE;
}

/* Whether the kernel gives a device to no driver (scsi_bus_match(), scsi_sysfs.c): by its list of devices that are
 * only for the array's own tools (BLIST_NO_ULD_ATTACH), or because the array reports that no unit is connected at
 * that number (the peripheral qualifier in the first byte of INQUIRY). */
static bool is_undriven(int dir)
{
	char flags[512];
	unsigned char inquiry[1];

	attribute_text(dir, "device/blacklist", flags, sizeof(flags));
	return strstr(flags, "NO_ULD_ATTACH") ||
	       (sysfs_read_bytes(dir, "device/inquiry", inquiry, sizeof(inquiry)) == 1 &&
		inquiry[0] >> 5 != 0);
}

/* Reads the WWPN of the remote port above the unit. Returns 0 if there is none, else 1. */
static int read_target(int sysfs, const char *path, struct fc_lun *lun)
{
	const char *rport = strstr(path, "/rport-");
	char attribute[96];
	int length;

	if (!rport)
		return 0;
	length = (int)strcspn(rport + 1, "/");
	if (length > 31)
		return 0;
	(void)snprintf(attribute, sizeof(attribute),
		       "class/fc_remote_ports/%.*s/port_name", length, rport + 1);
	if (sysfs_read_wwn(sysfs, attribute, &lun->target_wwpn) < 0)
		lun->target_wwpn = 0;
	return 1;
}

int lun_read_identity(int sysfs, int dir, const char *path, struct fc_lun *lun)
{
	int r;

	assert(path);
	assert(lun);

	r = read_target(sysfs, path, lun);
	if (r <= 0)
		return r;
	(void)lun_read_wwid(dir, "device/wwid", lun->wwid, sizeof(lun->wwid));
	attribute_text(dir, "device/vendor", lun->vendor, sizeof(lun->vendor));
	attribute_text(dir, "device/model", lun->model, sizeof(lun->model));
	read_serial(dir, lun->serial, sizeof(lun->serial));
	attribute_text(dir, "device/access_state", lun->access, sizeof(lun->access));
	read_disk(dir, lun);
	return 1;
}

int lun_read(int sysfs, int dir, const char *path, struct fc_lun *lun)
{
	uint64_t type;
	int r;

	r = lun_read_identity(sysfs, dir, path, lun);
	if (r <= 0)
		return r;
	r = sysfs_read_number(dir, "device/type", &type);
	if (r < 0)
		return r;

	lun->type = (unsigned)type;
	attribute_text(dir, "device/state", lun->state, sizeof(lun->state));
	attribute_text(dir, "device/rev", lun->revision, sizeof(lun->revision));
	lun->is_undriven = !*lun->disk && is_undriven(dir);
	return 1;
}
