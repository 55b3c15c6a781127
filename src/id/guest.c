// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whose guest may have a disk that goes. */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "names/registry.h"
#include "id/id.h"
#include "lib/run-file.h"

/* The pool of the first link: all are in one. */
static int print_pool(const struct lookup *lookup, const struct device_names *entry,
		      FILE *out)
{
	char path[PATH_MAX];
	const char *link;
	int n;

	if (entry->n_links == 0)
		return 0;
	link = entry->links[0];
	n = (int)strcspn(link, "/");
	if (snprintf(path, sizeof(path), "%s/guest/%.*s", lookup->run, n, link) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	if (access(path, F_OK) == 0)
		fprintf(out, "%.*s\n", n, link);
	return 0;
}

int id_guest(const struct lookup *lookup, const char *name, FILE *out)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	_cleanup_free_ char *text = NULL;
	char path[PATH_MAX];
	size_t size;
	int r;

	if (snprintf(path, sizeof(path), "%s/device/%s", lookup->run, name) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	r = run_file_read(AT_FDCWD, path, &text, &size);
	if (r == -ENOENT)
		return 0;
	if (r >= 0)
		r = device_names_parse(text, size, &entry);
	return r < 0 ? r : print_pool(lookup, &entry, out);
}
