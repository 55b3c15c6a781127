// SPDX-License-Identifier: LGPL-2.1-or-later
/* Creates and removes files of a configuration folder; each change is atomic. */
#include <fcntl.h>
#include <sys/stat.h>

#include "config/write.h"
#include "lib/fd.h"
#include "lib/io.h"

static int open_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int make_folder(const char *folder)
{
	if (mkdir(folder, 0755) < 0 && errno != EEXIST)
		return -errno;
	return open_folder(folder);
}

/* Creates a file without a name, and names it when it is complete: linkat() never replaces a file, and a failure
 * leaves nothing behind (open(2), O_TMPFILE). */
static int write_unnamed(int dir, const char *name, const char *text, size_t size)
{
	_cleanup_close_ int fd = -EBADF;
	char path[32];
	int r;

	fd = openat(dir, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	r = io_write(fd, text, size);
	if (r < 0)
		return r;
	if (fchmod(fd, 0644) < 0 || fsync(fd) < 0)
		return -errno;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, path, dir, name, AT_SYMLINK_FOLLOW) < 0 ? -errno : 0;
}

/* Does the same on file systems without O_TMPFILE, with a temporary name that is no configuration file. */
static int write_named(int dir, const char *name, const char *text, size_t size)
{
	_cleanup_free_ char *temporary = NULL;
	_cleanup_close_ int fd = -EBADF;
	int r;

	if (asprintf(&temporary, ".%s.%d", name, (int)getpid()) < 0) {
		temporary = NULL;
		return -ENOMEM;
	}
	fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	r = io_write(fd, text, size);
	if (r >= 0 && (fchmod(fd, 0644) < 0 || fsync(fd) < 0 ||
		       renameat2(dir, temporary, dir, name, RENAME_NOREPLACE) < 0))
		r = -errno;
	if (r < 0)
		(void)unlinkat(dir, temporary, 0);
	return r;
}

int config_write_new(const char *folder, const char *name, const char *text, size_t size)
{
	_cleanup_close_ int dir = -EBADF;
	int r;

	assert(folder);
	assert(name);
	assert(text);

	dir = make_folder(folder);
	if (dir < 0)
		return dir;
	r = write_unnamed(dir, name, text, size);
	/* -ENOENT: the file cannot be named without /proc. */
	if (r == -EOPNOTSUPP || r == -EISDIR || r == -ENOENT)
		r = write_named(dir, name, text, size);
	if (r >= 0 && fsync(dir) < 0)
		r = -errno;
	return r;
}

int config_remove(const char *folder, const char *name)
{
	_cleanup_close_ int dir = -EBADF;

	assert(folder);
	assert(name);

	dir = open_folder(folder);
	if (dir < 0)
		return dir;
	if (unlinkat(dir, name, 0) < 0 || fsync(dir) < 0)
		return -errno;
	return 0;
}
