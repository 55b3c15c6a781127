// SPDX-License-Identifier: LGPL-2.1-or-later
/* Opens, judges and reads one configuration file. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/limits.h"
#include "config/file.h"
#include "lib/fd.h"

static bool is_dev_null(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

/* Why something of this kind and mode is no configuration file, or NULL. */
static const char *stat_fault(const struct stat *st)
{
	switch (st->st_mode & S_IFMT) {
	case S_IFREG:
		break;
	case S_IFDIR:
		return "this is a folder, not a file";
	case S_IFIFO:
		return "this is a FIFO, not a file";
	case S_IFSOCK:
		return "this is a socket, not a file";
	default:
		return "this is a device, not a file";
	}
	if (st->st_mode & S_IWOTH)
		return "everybody may write to this file, refusing it (chmod o-w)";
	if (st->st_size > (off_t)NPIV_CONFIG_FILE_MAX)
		return "this file is larger than 1 MiB, refusing it";
	return NULL;
}

void config_file_warn(const struct stat *st, uid_t owner, const char *path,
		      struct messages *messages)
{
	const char *kind = S_ISDIR(st->st_mode) ? "folder" : "file";

	assert(st);
	assert(path);
	assert(messages);

	if (st->st_uid != 0 && st->st_uid != owner)
		messages_add(
			messages, MESSAGE_WARNING, path, 0,
			"this %s belongs to user %u, who can give any LUN to anybody; "
			"make it root's (chown root)",
			kind, (unsigned)st->st_uid);
	if (st->st_mode & S_IWGRP)
		messages_add(
			messages, MESSAGE_WARNING, path, 0,
			"group %u may write to this %s, and so give any LUN to anybody; "
			"take that away (chmod g-w)",
			(unsigned)st->st_gid, kind);
}

/* Reads to the end of the file. -EFBIG above the limit: it may have grown since fstat(). */
static int read_all(int fd, char **ret_text, size_t *ret_size)
{
	_cleanup_free_ char *text = NULL;
	size_t size = 0, room = 4096;

	for (;;) {
		ssize_t n;

		if (!text || size == room) {
			char *larger;

			room *= text ? 2 : 1;
			larger = realloc(text, room);
			if (!larger)
				return -ENOMEM;
			text = larger;
		}
		n = read(fd, text + size, room - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		size += (size_t)n;
		if (size > NPIV_CONFIG_FILE_MAX)
			return -EFBIG;
	}

	*ret_text = TAKE_PTR(text);
	*ret_size = size;
	return 0;
}

static int refuse(struct messages *messages, const char *path, const char *why)
{
	messages_add(messages, MESSAGE_ERROR, path, 0, "%s", why);
	return CONFIG_FILE_REFUSED;
}

static int refuse_errno(struct messages *messages, const char *path, int error)
{
	if (error == ENOMEM)
		return -ENOMEM;
	messages_add(messages, MESSAGE_ERROR, path, 0, "cannot be read: %s",
		     strerror(error));
	return CONFIG_FILE_REFUSED;
}

int config_file_load(struct config *config, int dirfd, const char *name,
		     const struct config_source *source, uid_t owner,
		     struct messages *messages)
{
	struct config_source full = *source;
	_cleanup_free_ char *text = NULL;
	_cleanup_close_ int fd = -EBADF;
	const char *fault;
	struct stat st;
	int r;

	assert(config);
	assert(name);
	assert(messages);

	/* Looked at before it is opened: opening can be an act by itself, on a tape or a watchdog. */
	if (fstatat(dirfd, name, &st, 0) < 0) {
		if (errno == ENOENT &&
		    fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return refuse(messages, source->path,
				      "this link points to nothing");
		return refuse_errno(messages, source->path, errno);
	}
	if (is_dev_null(&st))
		return CONFIG_FILE_MASKED;
	fault = stat_fault(&st);
	if (fault)
		return refuse(messages, source->path, fault);

	fd = openat(dirfd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		return refuse_errno(messages, source->path, errno);
	/* Again, of what is open now: the name may have changed hands in between. */
	fault = stat_fault(&st);
	if (fault)
		return refuse(messages, source->path, fault);
	config_file_warn(&st, owner, source->path, messages);
	r = read_all(fd, &text, &full.size);
	if (r < 0)
		return refuse_errno(messages, source->path, -r);

	full.text = text;
	r = config_add(config, &full, messages);
	return r < 0 ? r : CONFIG_FILE_LOADED;
}
