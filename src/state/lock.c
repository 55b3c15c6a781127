// SPDX-License-Identifier: LGPL-2.1-or-later
/* Locks files with flock(2), and waits for a lock until a deadline. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sys/file.h>

#include "fc/array-text.h"
#include "config/name.h"
#include "lib/fd.h"
#include "lib/flock.h"
#include "lib/io.h"
#include "state/lock.h"
#include "state/state-dir.h"

/* Writes the process id, for lock_print_holder_*(). Nothing else depends on it. */
void lock_sign(int lock)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%d\n", (int)getpid());

	if (ftruncate(lock, 0) == 0)
		(void)!pwrite(lock, text, (size_t)n, 0);
}

/* Moves a descriptor up; the open file, and so the lock, stays the same. */
static int move_up(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, FD_LOCK_MIN);

	return moved < 0 ? -errno : moved;
}

static int lock_take(const char *path, uint64_t deadline)
{
	_cleanup_close_ int fd = -EBADF;
	int r;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	r = flock_until(fd, LOCK_EX, deadline, true);
	if (r < 0)
		return r;
	lock_sign(fd);
	return move_up(fd);
}

static int print_path(char path[static PATH_MAX], const char *run, const char *name)
{
	int n = snprintf(path, PATH_MAX, "%s/lock/%s", run, name);

	return n >= PATH_MAX ? -ENAMETOOLONG : 0;
}

/* The files are never removed: after a removal two processes could hold the same lock. */
static int take_named(const char *run, const char *name, uint64_t deadline)
{
	char path[PATH_MAX];
	int r;

	r = state_dir_make(run);
	if (r >= 0)
		r = print_path(path, run, name);
	return r < 0 ? r : lock_take(path, deadline);
}

#define NAME_SIZE (NPIV_NAME_MAX + 16)

static const char *name_parent(uint64_t parent_wwpn, char buf[static NAME_SIZE])
{
	(void)snprintf(buf, NAME_SIZE, "parent-%016" PRIx64, parent_wwpn);
	return buf;
}

static const char *name_kind(const char *kind, const char *name,
			     char buf[static NAME_SIZE])
{
	(void)snprintf(buf, NAME_SIZE, "%s-%s", kind, name);
	return buf;
}

int lock_take_parent(const char *run, uint64_t parent_wwpn, uint64_t deadline)
{
	char name[NAME_SIZE];

	assert(run);

	return take_named(run, name_parent(parent_wwpn, name), deadline);
}

int lock_take_vhba(const char *run, const char *name, uint64_t deadline)
{
	char file[NAME_SIZE];

	assert(run);
	assert(name);

	return take_named(run, name_kind("vhba", name, file), deadline);
}

int lock_take_pool(const char *run, const char *pool, uint64_t deadline)
{
	char file[NAME_SIZE];

	assert(run);
	assert(pool);

	return take_named(run, name_kind("pool", pool, file), deadline);
}

int lock_take_guests(const char *run, uint64_t deadline)
{
	assert(run);

	return take_named(run, "guests", deadline);
}

/* --- the holder of a lock --- */

static ssize_t read_file(const char *path, char *buf, size_t size)
{
	_cleanup_close_ int fd = -EBADF;
	ssize_t n;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	n = io_read(fd, buf, size - 1);
	buf[n < 0 ? 0 : n] = '\0';
	return n;
}

/* proc(5): the arguments of a process, each followed by a NUL byte. */
static void print_process(long pid, char *buf, size_t size)
{
	char path[64], arguments[128];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%ld/cmdline", pid);
	n = read_file(path, arguments, sizeof(arguments));
	for (ssize_t i = 0; i + 1 < n; i++)
		if (arguments[i] == '\0')
			arguments[i] = ' ';
	if (n > 0)
		array_text_mask(arguments);
	if (n > 0)
		(void)snprintf(buf, size, "process %ld (%s) holds it", pid, arguments);
}

static void print_holder(const char *run, const char *name, char *buf, size_t size)
{
	char path[PATH_MAX], text[16], *end;
	long pid;

	(void)snprintf(buf, size, "another process holds it");
	if (print_path(path, run, name) < 0 || read_file(path, text, sizeof(text)) <= 0)
		return;
	pid = strtol(text, &end, 10);
	if (pid > 0 && *end == '\n')
		print_process(pid, buf, size);
}

void lock_print_holder_of_parent(const char *run, uint64_t parent_wwpn, char *buf,
				 size_t size)
{
	char name[NAME_SIZE];

	assert(run);
	assert(buf);

	print_holder(run, name_parent(parent_wwpn, name), buf, size);
}

void lock_print_holder_of_vhba(const char *run, const char *name, char *buf, size_t size)
{
	char file[NAME_SIZE];

	assert(run);
	assert(name);
	assert(buf);

	print_holder(run, name_kind("vhba", name, file), buf, size);
}
