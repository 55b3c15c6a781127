// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How long the kernel and udev alone take for disks to come or go:
 *
 *   await-disks add|remove COUNT FILE TEXT [FILE TEXT...]
 *
 * Writes each TEXT to its FILE, all at the same time, and prints the microseconds until udev is done
 * with the event of the last of COUNT disks behind remote ports, or until the writes return, whichever
 * is later.
 */
#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TIMEOUT_MSEC (20 * 60 * 1000)

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static long long now_usec(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000LL + ts.tv_nsec / 1000;
}

static struct udev_monitor *listen_to_udev(void)
{
	struct udev *udev = udev_new();
	struct udev_monitor *monitor =
		udev ? udev_monitor_new_from_netlink(udev, "udev") : NULL;

	if (!monitor ||
	    udev_monitor_filter_add_match_subsystem_devtype(monitor, "block", "disk") <
		    0 ||
	    udev_monitor_set_receive_buffer_size(monitor, 64 << 20) < 0 ||
	    udev_monitor_enable_receiving(monitor) < 0)
		die("udev monitor");
	return monitor;
}

static void write_in_child(const char *file, const char *text)
{
	pid_t pid = fork();
	size_t size = strlen(text);
	int fd;

	if (pid < 0)
		die("fork");
	if (pid > 0)
		return;
	fd = open(file, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, size) != (ssize_t)size)
		die(file);
	exit(EXIT_SUCCESS);
}

static int is_wanted(struct udev_device *device, const char *action)
{
	const char *what = udev_device_get_action(device);

	return what && strcmp(what, action) == 0 &&
	       strstr(udev_device_get_devpath(device), "/rport-");
}

static void await_disks(struct udev_monitor *monitor, const char *action, long count)
{
	struct pollfd fd = { .fd = udev_monitor_get_fd(monitor), .events = POLLIN };

	while (count > 0) {
		struct udev_device *device;

		if (poll(&fd, 1, TIMEOUT_MSEC) <= 0)
			die("poll");
		device = udev_monitor_receive_device(monitor);
		if (!device)
			continue;
		count -= is_wanted(device, action);
		udev_device_unref(device);
	}
}

static void await_writes(void)
{
	int status;

	while (wait(&status) > 0)
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
	struct udev_monitor *monitor;
	long long began;

	if (argc < 5 || argc % 2 == 0) {
		fprintf(stderr,
			"usage: await-disks add|remove COUNT FILE TEXT [FILE TEXT...]\n");
		return 2;
	}
	monitor = listen_to_udev();
	began = now_usec();
	for (int i = 3; i < argc; i += 2)
		write_in_child(argv[i], argv[i + 1]);
	await_disks(monitor, argv[1], strtol(argv[2], NULL, 10));
	await_writes();
	printf("%lld\n", now_usec() - began);
	return 0;
}
