// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Writes down each change of the links below /dev/npiv, in the order in which they happen:
 *
 *   SECONDS set LINK DEVICE IDENTITY     LINK leads to DEVICE now, which is that logical unit
 *   SECONDS gone LINK                    LINK is away
 *
 * Polling would miss a link that flickers; inotify does not. Links are replaced by rename, so a link
 * that only changes is never gone. Times are CLOCK_MONOTONIC's. Ends with a signal.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#define TOP	    "/dev/npiv"
#define WATCHES_MAX 256

static int inotify = -1;
static char *paths[WATCHES_MAX]; /* by watch descriptor */

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static bool read_line(const char *path, char *text, size_t size)
{
	FILE *in = fopen(path, "re");
	bool ok = in && fgets(text, (int)size, in);

	if (in)
		fclose(in);
	if (ok)
		text[strcspn(text, "\n")] = '\0';
	return ok;
}

/* The hexadecimal part that "naa.6…" of a disk and "mpath-36…" of its map have in common. */
static void read_identity(const char *device, char *text, size_t size)
{
	static const char *const attributes[] = { "dm/uuid", "device/wwid",
						  "../device/wwid" };
	char path[128], line[256];

	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		const char *id;

		snprintf(path, sizeof(path), "/sys/class/block/%.64s/%s", device,
			 attributes[i]);
		if (!read_line(path, line, sizeof(line)))
			continue;
		id = strstr(line, "mpath-3");
		id = id				   ? id + strlen("mpath-3") :
		     strncmp(line, "naa.", 4) == 0 ? line + 4 :
						     line;
		snprintf(text, size, "%s", id);
		return;
	}
	snprintf(text, size, "?");
}

static void tell(const char *path)
{
	char target[PATH_MAX], identity[256];
	const char *device;
	struct timespec now;
	ssize_t n;

	clock_gettime(CLOCK_MONOTONIC, &now);
	printf("%lld.%06ld ", (long long)now.tv_sec, now.tv_nsec / 1000);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0) {
		printf("gone %s\n", path + strlen(TOP) + 1);
		return;
	}
	target[n] = '\0';
	device = strrchr(target, '/');
	device = device ? device + 1 : target;
	read_identity(device, identity, sizeof(identity));
	printf("set %s %s %s\n", path + strlen(TOP) + 1, device, identity);
}

/* udev makes links under another name first, with a dot. */
static bool is_temporary(const char *name)
{
	return name[0] == '.' || strstr(name, ".tmp-");
}

static void watch_folder(const char *path);

static void take(const char *folder, const char *name, bool is_folder)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (strncmp(path, TOP, strlen(TOP)) != 0 || is_temporary(name))
		return;
	if (is_folder)
		watch_folder(path);
	else
		tell(path);
}

/* What is there already is told too: a folder and its first link come at once. */
static void watch_folder(const char *path)
{
	struct dirent *entry;
	DIR *dir;
	int wd;

	wd = inotify_add_watch(inotify, path,
			       IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR);
	if (wd < 0 && errno == ENOENT)
		return;
	if (wd < 0 || wd >= WATCHES_MAX)
		die(path);
	free(paths[wd]);
	paths[wd] = strdup(path);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			take(path, entry->d_name, entry->d_type == DT_DIR);
	if (dir)
		closedir(dir);
}

int main(void)
{
	char buffer[1 << 16] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;

	setvbuf(stdout, NULL, _IOLBF, 0);
	inotify = inotify_init1(IN_CLOEXEC);
	if (inotify < 0)
		die("inotify");
	watch_folder("/dev");
	while ((n = read(inotify, buffer, sizeof(buffer))) > 0)
		for (char *p = buffer; p < buffer + n;) {
			const struct inotify_event *event = (const void *)p;

			if (event->mask & IN_Q_OVERFLOW)
				die("events were lost");
			if (event->len > 0 &&
			    !(event->mask & IN_ISDIR && event->mask & IN_DELETE))
				take(paths[event->wd], event->name,
				     event->mask & IN_ISDIR);
			p += sizeof(*event) + event->len;
		}
	die("inotify");
}
