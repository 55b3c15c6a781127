// SPDX-License-Identifier: LGPL-2.1-or-later
/* The two requests to device-mapper that we need (linux/dm-ioctl.h), without libdevmapper. */
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <sys/ioctl.h>

#include "sys/dm-map.h"
#include "sys/fd.h"

/* Completes a request with the map's name, and makes it. What is not there is no error. */
static int ask(unsigned long request, struct dm_ioctl *data, const char *name)
{
	_cleanup_close_ int fd = -EBADF;

	if (strlen(name) >= sizeof(data->name))
		return -ENAMETOOLONG;
	memcpy(data->name, name, strlen(name) + 1);
	data->version[0] = DM_VERSION_MAJOR;
	fd = open("/dev/" DM_DIR "/" DM_CONTROL_NODE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (ioctl(fd, request, data) < 0 && errno != ENXIO)
		return -errno;
	return 0;
}

int dm_map_remove(const char *name)
{
	struct dm_ioctl data = {
		.data_size = sizeof(data),
		.flags = DM_DEFERRED_REMOVE,
	};

	assert(name);

	return ask(DM_DEV_REMOVE, &data, name);
}

int dm_map_fail_queued(const char *name)
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

	assert(name);

	return ask(DM_TARGET_MSG, &data.head, name);
}
