// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads and writes that continue after a partial or interrupted call. */
#include <unistd.h>

#include "lib/io.h"

ssize_t io_read(int fd, void *buf, size_t size)
{
	size_t n = 0;

	assert(buf || size == 0);

	while (n < size) {
		ssize_t r = read(fd, (char *)buf + n, size - n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -errno;
		if (r == 0)
			break;
		n += (size_t)r;
	}
	return (ssize_t)n;
}

int io_write(int fd, const void *buf, size_t size)
{
	const char *text = buf;

	assert(buf || size == 0);

	while (size > 0) {
		ssize_t n = write(fd, text, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		size -= (size_t)n;
	}
	return 0;
}
