// SPDX-License-Identifier: LGPL-2.1-or-later
/* The one request to device-mapper that we need (linux/dm-ioctl.h), without libdevmapper. */
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <sys/ioctl.h>

#include "sys/dm-map.h"
#include "sys/fd.h"

int dm_map_remove(const char *name)
{
	_cleanup_close_ int fd = -EBADF;
	struct dm_ioctl request = {
		.version = { DM_VERSION_MAJOR, 0, 0 },
		.data_size = sizeof(request),
		.flags = DM_DEFERRED_REMOVE,
	};

	assert(name);

	if (strlen(name) >= sizeof(request.name))
		return -ENAMETOOLONG;
	memcpy(request.name, name, strlen(name) + 1);
	fd = open("/dev/" DM_DIR "/" DM_CONTROL_NODE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (ioctl(fd, DM_DEV_REMOVE, &request) < 0 && errno != ENXIO)
		return -errno;
	return 0;
}
