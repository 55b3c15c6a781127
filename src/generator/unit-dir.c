// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes below the folder that systemd gives to a generator, and nowhere else. */
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/fd.h"
#include "generator/unit-dir.h"
#include "lib/io.h"

int unit_dir_open(const char *path)
{
	int fd;

	assert(path);

	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int open_folder(int dirfd, const char *name)
{
	int fd;

	if (mkdirat(dirfd, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int unit_dir_write(int dirfd, const char *folder, const char *name, const char *text,
		   size_t size)
{
	_cleanup_close_ int parent = -EBADF, fd = -EBADF;
	int r;

	assert(folder);
	assert(name);
	assert(text);

	parent = open_folder(dirfd, folder);
	if (parent < 0)
		return parent;
	fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	r = io_write(fd, text, size);
	if (r < 0)
		(void)unlinkat(parent, name, 0); /* half a unit is worse than none */
	return r;
}

int unit_dir_link(int dirfd, const char *folder, const char *name, const char *target)
{
	_cleanup_close_ int parent = -EBADF;

	assert(folder);
	assert(name);
	assert(target);

	parent = open_folder(dirfd, folder);
	if (parent < 0)
		return parent;
	return symlinkat(target, parent, name) < 0 ? -errno : 0;
}
