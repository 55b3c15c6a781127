// SPDX-License-Identifier: LGPL-2.1-or-later
/* Links from vports to their vHBAs. */
#include <limits.h>
#include <sys/stat.h>

#include "config/name.h"
#include "lib/fd.h"
#include "state/vport-mark.h"

#define FOLDER	    "vport"
#define LINK_PREFIX "../vhba/"
#define TARGET_SIZE (NPIV_NAME_MAX + sizeof(LINK_PREFIX))

static DIR *open_marks(const char *run)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/" FOLDER, run) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		return NULL;
	return opendir(path);
}

static bool leads_to(int dir, const char *sysname, const char *target)
{
	char found[TARGET_SIZE];
	ssize_t n = readlinkat(dir, sysname, found, sizeof(found) - 1);

	if (n < 0)
		return false;
	found[n] = '\0';
	return streq(found, target);
}

int vport_mark(const char *run, const char *name, const char *sysname)
{
	_cleanup_closedir_ DIR *dir = NULL;
	char target[TARGET_SIZE];

	assert(run);
	assert(name);
	assert(sysname);

	dir = open_marks(run);
	if (!dir)
		return -errno;
	(void)snprintf(target, sizeof(target), LINK_PREFIX "%s", name);
	if (leads_to(dirfd(dir), sysname, target))
		return 0;
	if (unlinkat(dirfd(dir), sysname, 0) < 0 && errno != ENOENT)
		return -errno;
	return symlinkat(target, dirfd(dir), sysname) < 0 ? -errno : 0;
}

bool vport_is_marked(const char *run, const char *name, const char *sysname)
{
	_cleanup_closedir_ DIR *dir = NULL;
	char target[TARGET_SIZE];

	assert(run);
	assert(name);
	assert(sysname);

	dir = open_marks(run);
	(void)snprintf(target, sizeof(target), LINK_PREFIX "%s", name);
	return dir && leads_to(dirfd(dir), sysname, target);
}

int vport_unmark(const char *run, const char *name)
{
	_cleanup_closedir_ DIR *dir = NULL;
	char target[TARGET_SIZE];
	struct dirent *item;

	assert(run);
	assert(name);

	dir = open_marks(run);
	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	(void)snprintf(target, sizeof(target), LINK_PREFIX "%s", name);
	while ((item = readdir(dir)))
		if (leads_to(dirfd(dir), item->d_name, target) &&
		    unlinkat(dirfd(dir), item->d_name, 0) < 0 && errno != ENOENT)
			return -errno;
	return 0;
}
