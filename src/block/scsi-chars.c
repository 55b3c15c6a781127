// SPDX-License-Identifier: LGPL-2.1-or-later
/* The character devices of a LUN: SCSI generic, tape, changer and bsg. */
#include <inttypes.h>
#include <limits.h>

#include "block/tree.h"
#include "lib/fd.h"
#include "fc/sysfs.h"

#define PATH_SIZE 128

static const char *format_address(const struct fc_lun *lun,
				  char buf[static DEVICE_NAME_SIZE])
{
	(void)snprintf(buf, DEVICE_NAME_SIZE,
		       "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64, lun->host,
		       lun->channel, lun->target, lun->kernel_lun);
	return buf;
}

const char *lun_unit_name(const struct fc_lun *lun, char buf[static DEVICE_NAME_SIZE])
{
	assert(lun);
	assert(buf);

	if (!*lun->disk)
		return format_address(lun, buf);
	(void)snprintf(buf, DEVICE_NAME_SIZE, "%.31s", lun->disk);
	return buf;
}

static int add_char(struct block_tree *tree, DIR *folder, const char *name,
		    const struct fc_lun *lun)
{
	char path[NAME_MAX + sizeof("/dev")];
	struct scsi_char *item;
	dev_t device;
	int r;

	(void)snprintf(path, sizeof(path), "%s/dev", name);
	r = sysfs_read_device(dirfd(folder), path, &device);
	if (r < 0)
		return r == -ENOENT || r == -ENODEV ? 0 : r;
	item = array_grow(&tree->chars, tree->n_chars, sizeof(*item));
	if (!item)
		return -ENOMEM;
	/* Only bsg names the device by its address (bsg_register_queue(), block/bsg.c), in a folder of its own. */
	(void)snprintf(item->name, sizeof(item->name), "%s%.27s",
		       strchr(name, ':') ? "bsg/" : "", name);
	(void)lun_unit_name(lun, item->unit);
	item->device = device;
	tree->n_chars++;
	return 0;
}

/* A tape has eight devices: with rewinding and without, in four modes (st_probe(), drivers/scsi/st.c). */
static int add_class(struct block_tree *tree, int sysfs, const struct fc_lun *lun,
		     const char *class)
{
	_cleanup_closedir_ DIR *folder = NULL;
	char path[PATH_SIZE], address[DEVICE_NAME_SIZE];
	struct dirent *item;
	int r;

	(void)snprintf(path, sizeof(path), "class/scsi_device/%s/device/%s",
		       format_address(lun, address), class);
	folder = sysfs_open_stream(sysfs, path);
	if (!folder)
		return errno == ENOENT || errno == ENODEV ? 0 : -errno;
	while ((item = readdir(folder))) {
		if (item->d_name[0] == '.')
			continue;
		r = add_char(tree, folder, item->d_name, lun);
		if (r < 0)
			return r;
	}
	return 0;
}

int block_tree_add_lun(struct block_tree *tree, int sysfs, uint32_t host,
		       const struct fc_lun *lun)
{
	static const char *const classes[] = { "scsi_generic", "scsi_tape",
					       "scsi_changer", "bsg" };
	int r = 0;

	assert(tree);
	assert(lun);

	if (*lun->disk)
		r = block_tree_add(tree, sysfs, host, lun->disk);
	for (size_t i = 0; i < ARRAY_SIZE(classes) && r >= 0; i++)
		r = add_class(tree, sysfs, lun, classes[i]);
	return r;
}
