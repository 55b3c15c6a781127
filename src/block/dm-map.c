// SPDX-License-Identifier: LGPL-2.1-or-later
/* The three requests to device-mapper that npiv needs (linux/dm-ioctl.h), without libdevmapper. */
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <sys/ioctl.h>

#include "block/dm-map.h"
#include "lib/fd.h"

/* Adds the map's number, which glibc and the kernel encode alike, to a request (linux/dm-ioctl.h) and makes it.
 * Returns -ENOENT if there is no such map, or no device-mapper. */
static int dm_request(unsigned long request, struct dm_ioctl *data, dev_t map)
{
	_cleanup_close_ int fd = -EBADF;

	data->dev = map;
	data->version[0] = DM_VERSION_MAJOR;
	fd = open("/dev/" DM_DIR "/" DM_CONTROL_NODE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (ioctl(fd, request, data) < 0)
		return errno == ENXIO ? -ENOENT : -errno;
	return 0;
}

/* To end a map that does not exist is no error. */
static int ignore_absence(int r)
{
	return r == -ENOENT ? 0 : r;
}

int dm_map_remove(dev_t map)
{
	struct dm_ioctl data = {
		.data_size = sizeof(data),
		.flags = DM_DEFERRED_REMOVE,
	};

	return ignore_absence(dm_request(DM_DEV_REMOVE, &data, map));
}

int dm_map_fail_queued(dev_t map)
{
	struct {
		struct dm_ioctl head;
		uint64_t sector; /* from here on a struct dm_target_msg */
		char text[sizeof("fail_if_no_path")];
	} data = {
		.head = {
			.data_size = sizeof(data),
			.data_start = offsetof(typeof(data), sector),
		},
		.text = "fail_if_no_path",
	};

	return ignore_absence(dm_request(DM_TARGET_MSG, &data.head, map));
}

int dm_map_read_status(dev_t map, char status[static DM_MAP_STATUS_SIZE])
{
	struct {
		struct dm_ioctl head;
		struct dm_target_spec target; /* the only target of such a map */
		char text[DM_MAP_STATUS_SIZE];
	} data = {
		.head = {
			.data_size = sizeof(data),
			.data_start = offsetof(typeof(data), target),
		},
	};
	int r;

	r = dm_request(DM_TABLE_STATUS, &data.head, map);
	if (r < 0)
		return r;
	if (data.head.target_count != 1 || !streq(data.target.target_type, "multipath"))
		return -ENOENT;
	if (data.head.flags & DM_BUFFER_FULL_FLAG ||
	    !memchr(data.text, '\0', sizeof(data.text)))
		return -EMSGSIZE;
	memcpy(status, data.text, sizeof(data.text));
	return 0;
}
