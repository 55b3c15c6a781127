// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the environment, the kernel's command line and a few files of the running system. */
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/parse.h"
#include "lib/boot.h"
#include "lib/fd.h"
#include "lib/io.h"

/* Longer than the command line of any architecture (COMMAND_LINE_SIZE). */
#define CMDLINE_MAX 16384

/* Opens a path below root. */
static int open_below(const char *root, const char *path, int flags)
{
	_cleanup_free_ char *full = NULL;
	int fd;

	if (asprintf(&full, "%s%s", root, path) < 0) {
		full = NULL;
		return -ENOMEM;
	}
	fd = open(full, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static bool exists_below(const char *root, const char *path)
{
	_cleanup_close_ int fd = open_below(root, path, O_PATH);

	return fd >= 0;
}

static bool is_container(const char *root)
{
	const char *virtualization = getenv("SYSTEMD_VIRTUALIZATION");

	if (virtualization)
		return startswith(virtualization, "container:");
	return exists_below(root, "/run/systemd/container");
}

static bool is_initrd(const char *root)
{
	const char *initrd = getenv("SYSTEMD_IN_INITRD");

	return initrd ? streq(initrd, "1") : exists_below(root, "/etc/initrd-release");
}

static bool is_user_manager(void)
{
	const char *scope = getenv("SYSTEMD_SCOPE");

	return scope && streq(scope, "user");
}

static bool is_switched_off(const char *root)
{
	_cleanup_close_ int fd = open_below(root, "/proc/cmdline", O_RDONLY);
	char text[CMDLINE_MAX], *next = text;
	bool is_on = true;
	ssize_t n;

	n = fd < 0 ? 0 : io_read(fd, text, sizeof(text) - 1);
	if (n <= 0)
		return false;
	text[n] = '\0';
	/* The last one counts, so that an admin can add one at the boot loader's prompt. */
	for (char *word; (word = strsep(&next, " \t\n"));) {
		const char *value = startswith(word, "npiv=");

		if (value && parse_bool(value, &is_on) < 0)
			is_on = true;
	}
	return !is_on;
}

bool boot_wants_vhbas(const char *root)
{
	assert(root);

	return !is_user_manager() && !is_container(root) && !is_initrd(root) &&
	       !is_switched_off(root);
}

bool boot_has_enabled(const char *root)
{
	_cleanup_closedir_ DIR *stream = NULL;
	struct dirent *entry;
	int fd;

	assert(root);

	fd = open_below(root, "/etc/systemd/system/npiv.target.wants",
			O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return false;
	stream = fdopendir(fd);
	if (!stream) {
		close(fd);
		return false;
	}
	while ((entry = readdir(stream)))
		if (startswith(entry->d_name, "npiv-vport@"))
			return true;
	return false;
}
