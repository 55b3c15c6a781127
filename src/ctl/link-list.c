// SPDX-License-Identifier: LGPL-2.1-or-later
/* All links below /dev/npiv: POOL/NAME and POOL/by-target/NAME. */
#include <fcntl.h>
#include <limits.h>

#include "config/name.h"
#include "lib/fd.h"
#include "ctl/link-list.h"

#define MAX_DEPTH 2U /* folders below /dev/npiv: the pool, and by-target */

static int add_link(struct link_list *list, const char *folder, const char *name,
		    const char *target)
{
	const char *device = strrchr(target, '/');
	struct named_link *link;

	link = array_grow(&list->links, list->n, sizeof(*link));
	if (!link)
		return -ENOMEM;
	if (asprintf(&link->name, "%s%s%s", folder, *folder ? "/" : "", name) < 0) {
		link->name = NULL;
		return -ENOMEM;
	}
	link->target = strdup(device ? device + 1 : target);
	if (!link->target) {
		free(link->name);
		return -ENOMEM;
	}
	list->n++;
	return 0;
}

static int read_folder(int at, const char *path, const char *folder, unsigned depth,
		       struct link_list *list);

static int read_item(int dir, const char *folder, const char *name, unsigned depth,
		     struct link_list *list)
{
	char target[PATH_MAX], below[NPIV_LINK_MAX];
	ssize_t n;

	n = readlinkat(dir, name, target, sizeof(target) - 1);
	if (n >= 0) {
		target[n] = '\0';
		return add_link(list, folder, name, target);
	}
	if (depth >= MAX_DEPTH ||
	    snprintf(below, sizeof(below), "%s%s%s", folder, *folder ? "/" : "", name) >=
		    (int)sizeof(below))
		return 0;
	return read_folder(dir, name, below, depth + 1, list);
}

static int read_folder(int at, const char *path, const char *folder, unsigned depth,
		       struct link_list *list)
{
	_cleanup_closedir_ DIR *stream = NULL;
	struct dirent *item;
	int fd, r = 0;

	fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	stream = fdopendir(fd);
	if (!stream) {
		r = -errno;
		close(fd);
		return r;
	}
	while (r >= 0 && (item = readdir(stream)))
		if (item->d_name[0] != '.')
			r = read_item(dirfd(stream), folder, item->d_name, depth, list);
	return r;
}

int link_list_read(const char *root, struct link_list *ret_list)
{
	_cleanup_(link_list_done) struct link_list list = { 0 };
	char path[PATH_MAX];
	int r;

	assert(root);
	assert(ret_list);

	if (snprintf(path, sizeof(path), "%s" NPIV_DEV_DIR, root) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	r = read_folder(AT_FDCWD, path, "", 0, &list);
	if (r < 0)
		return r;
	link_list_sort(&list);

	*ret_list = list;
	list = (struct link_list){ 0 };
	return 0;
}
