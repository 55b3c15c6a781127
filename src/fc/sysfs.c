// SPDX-License-Identifier: LGPL-2.1-or-later
/* Attributes of sysfs: reads with a size limit, and the only writes. */
#include <fcntl.h>
#include <sys/sysmacros.h>

#include "lib/limits.h"
#include "fc/wwn.h"
#include "lib/fd.h"
#include "lib/io.h"
#include "fc/sysfs.h"
#include "fc/array-text.h"

int sysfs_open_dir(int at, const char *path)
{
	int fd;

	assert(path);

	fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

DIR *sysfs_open_stream(int at, const char *path)
{
	int fd = sysfs_open_dir(at, path);
	DIR *dir;

	if (fd < 0) {
		errno = -fd;
		return NULL;
	}
	dir = fdopendir(fd);
	if (!dir)
		close(fd);
	return dir;
}

/* Opens without waiting, even if the path leads to a FIFO, which no sysfs has. */
static int open_to_read(int at, const char *path)
{
	int fd = openat(at, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	return fd < 0 ? -errno : fd;
}

ssize_t sysfs_read_bytes(int at, const char *path, void *buf, size_t size)
{
	_cleanup_close_ int fd = -EBADF;

	assert(path);
	assert(buf);

	fd = open_to_read(at, path);
	return fd < 0 ? fd : io_read(fd, buf, size);
}

/* Reads a text attribute in one read: it has at most a page (Documentation/filesystems/sysfs.rst), and a second
 * read for its end would be a third of all calls of a scan. */
static ssize_t read_page(int at, const char *path, char page[static NPIV_ATTR_MAX])
{
	_cleanup_close_ int fd = -EBADF;
	ssize_t n;

	fd = open_to_read(at, path);
	if (fd < 0)
		return fd;
	do
		n = read(fd, page, NPIV_ATTR_MAX);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

int sysfs_read_text(int at, const char *path, char *buf, size_t size)
{
	char page[NPIV_ATTR_MAX + 1];
	ssize_t n;
	size_t length;

	assert(path);
	assert(buf);
	assert(size > 0);

	n = read_page(at, path, page);
	if (n < 0)
		return (int)n;
	page[n] = '\0';
	length = strlen(page);
	while (length > 0 && strchr(" \t\n", page[length - 1]))
		length--;
	if (length >= size)
		return -EMSGSIZE;

	memcpy(buf, page, length);
	buf[length] = '\0';
	return 0;
}

int sysfs_read_number(int at, const char *path, uint64_t *ret)
{
	char text[24];
	uint64_t n = 0;
	int r;

	assert(ret);

	r = sysfs_read_text(at, path, text, sizeof(text));
	if (r < 0)
		return r;
	if (!*text)
		return -EINVAL;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, (uint64_t)(*p - '0'), &n))
			return -EINVAL;
	}

	*ret = n;
	return 0;
}

int sysfs_read_device(int at, const char *path, dev_t *ret)
{
	unsigned major_number, minor_number;
	char text[32];
	int r;

	assert(ret);

	r = sysfs_read_text(at, path, text, sizeof(text));
	if (r < 0)
		return r;
	if (sscanf(text, "%u:%u", &major_number, &minor_number) != 2)
		return -EBADMSG;

	*ret = makedev(major_number, minor_number);
	return 0;
}

int sysfs_read_wwn(int at, const char *path, uint64_t *ret)
{
	char text[32];
	int r;

	r = sysfs_read_text(at, path, text, sizeof(text));
	return r < 0 ? r : wwn_parse_sysfs(text, ret);
}

ssize_t sysfs_write_bytes(int at, const char *path, const void *bytes, size_t size)
{
	_cleanup_close_ int fd = -EBADF;
	ssize_t n;

	assert(path);
	assert(bytes);

	fd = openat(at, path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	/* Do not retry on EINTR: lpfc returns it when all its vports are in use. */
	n = write(fd, bytes, size);
	return n < 0 ? -errno : n;
}

ssize_t sysfs_write(int at, const char *path, const char *text)
{
	assert(text);

	return sysfs_write_bytes(at, path, text, strlen(text));
}

void attribute_text(int dir, const char *attribute, char *buf, size_t size)
{
	assert(buf);

	if (sysfs_read_text(dir, attribute, buf, size) < 0)
		*buf = '\0';
	array_text_mask(buf);
}

uint64_t attribute_hex(int dir, const char *attribute, uint64_t otherwise)
{
	uint64_t n;

	return sysfs_read_wwn(dir, attribute, &n) < 0 ? otherwise : n;
}

uint32_t attribute_u32(int dir, const char *attribute)
{
	uint64_t n;

	return sysfs_read_number(dir, attribute, &n) < 0 || n > UINT32_MAX ? 0 :
									     (uint32_t)n;
}
