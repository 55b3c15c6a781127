// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Applies a list of changes to configfs, one a line on standard input, in one process: a
 * shell's mkdir and ln for each of hundreds of them take a minute under emulation.
 *
 *   mkdir PATH   rmdir PATH   link TARGET PATH   unlink PATH   write PATH TEXT
 *
 * What is already as asked is no error. The first change that fails ends it, exit code 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct change {
	const char *verb;
	int (*apply)(const char *path, const char *rest);
};

static int unless(int r, int harmless)
{
	return r < 0 && errno != harmless ? -errno : 0;
}

static int apply_mkdir(const char *path, const char *rest)
{
	(void)rest;
	return unless(mkdir(path, 0755), EEXIST);
}

static int apply_rmdir(const char *path, const char *rest)
{
	(void)rest;
	return unless(rmdir(path), ENOENT);
}

static int apply_link(const char *target, const char *path)
{
	return unless(symlink(target, path), EEXIST);
}

static int apply_unlink(const char *path, const char *rest)
{
	(void)rest;
	return unless(unlink(path), ENOENT);
}

/* An attribute takes its whole value in one write. */
static int apply_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;
	int r;

	if (fd < 0)
		return -errno;
	n = write(fd, text, strlen(text));
	r = n < 0 ? -errno : 0;
	close(fd);
	return r;
}

static const struct change changes[] = {
	{ "mkdir", apply_mkdir },   { "rmdir", apply_rmdir }, { "link", apply_link },
	{ "unlink", apply_unlink }, { "write", apply_write },
};

static int apply(char *line)
{
	char *rest = line;
	const char *verb = strsep(&rest, " ");
	const char *path = strsep(&rest, " ");

	if (!path)
		return -EINVAL;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (strcmp(changes[i].verb, verb) == 0)
			return changes[i].apply(path, rest ? rest : "");
	return -EINVAL;
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	int r = 0;

	while (r == 0 && getline(&line, &size, stdin) > 0) {
		char *copy;

		line[strcspn(line, "\n")] = '\0';
		copy = *line ? strdup(line) : NULL;
		if (!copy)
			continue;
		r = apply(copy);
		if (r < 0)
			fprintf(stderr, "configfs-apply: %s: %s\n", line, strerror(-r));
		free(copy);
	}
	free(line);
	return r == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
