// SPDX-License-Identifier: LGPL-2.1-or-later
/* udev's monitor and the FC transport's netlink events on one event loop. */
#include <inttypes.h>
#include <linux/netlink.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "fc/inventory.h"
#include "lib/fd.h"
#include "event/monitor.h"

#define UDEV_BUFFER_SIZE \
	(8 << 20) /* bytes: some thousand events while a driver holds us up */

#define N_PORT_SUBSYSTEMS 2U /* the first of add_subsystems() */

struct monitor {
	struct udev *udev;
	struct udev_monitor *udev_monitor;
	bool is_narrow;
	uint32_t host; /* is_narrow: whose events alone come; HOST_NONE: those of ports */
	sd_event_source *udev_source, *fc_source;
	monitor_fn fn;
	void *context;
};

static int on_udev(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct monitor *monitor = userdata;
	struct udev_device *device;
	bool is_any = false;

	while ((device = udev_monitor_receive_device(monitor->udev_monitor))) {
		monitor->fn(device, monitor->context);
		udev_device_unref(device);
		is_any = true;
	}
	/* Lost events (ENOBUFS) are a reason to look too: what is there is looked at as a whole each time. */
	if (!is_any)
		monitor->fn(NULL, monitor->context);
	return 0;
}

static int on_fc_event(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct monitor *monitor = userdata;
	char message[4096];

	/* What they say is read back from sysfs; they are only a reason to look. */
	while (recv(fd, message, sizeof(message), MSG_DONTWAIT) > 0)
		;
	monitor->fn(NULL, monitor->context);
	return 0;
}

static int add_subsystems(struct udev_monitor *udev_monitor, bool is_all)
{
	/* What makes hosts, and what comes below one. */
	static const char *const subsystems[] = { "fc_host",   "fc_vports",
						  "block",     "scsi",
						  "scsi_host", "fc_remote_ports" };
	size_t n = is_all ? ARRAY_SIZE(subsystems) : N_PORT_SUBSYSTEMS;

	for (size_t i = 0; i < n; i++) {
		int r = udev_monitor_filter_add_match_subsystem_devtype(
			udev_monitor, subsystems[i], NULL);

		if (r < 0)
			return r;
	}
	return 0;
}

/* The tags are 61-npiv.rules'. */
static int add_tags(struct udev_monitor *udev_monitor, uint32_t host)
{
	char tag[32];
	int r;

	(void)snprintf(tag, sizeof(tag), "npiv-host%" PRIu32, host);
	r = udev_monitor_filter_add_match_tag(udev_monitor, tag);
	return r < 0 ? r : udev_monitor_filter_add_match_tag(udev_monitor, "npiv-map");
}

static int add_udev(struct monitor *monitor, sd_event *event)
{
	int r;

	monitor->udev = udev_new();
	if (!monitor->udev)
		return -ENOMEM;
	monitor->udev_monitor = udev_monitor_new_from_netlink(monitor->udev, "udev");
	if (!monitor->udev_monitor)
		return -ENOMEM;
	r = add_subsystems(monitor->udev_monitor, true);
	if (r < 0)
		return r;
	/* Needs CAP_NET_ADMIN; without it the default has to do. */
	(void)udev_monitor_set_receive_buffer_size(monitor->udev_monitor,
						   UDEV_BUFFER_SIZE);
	r = udev_monitor_enable_receiving(monitor->udev_monitor);
	if (r < 0)
		return r;
	return sd_event_add_io(event, &monitor->udev_source,
			       udev_monitor_get_fd(monitor->udev_monitor), EPOLLIN,
			       on_udev, monitor);
}

static int open_fc_events(void)
{
	/* The kernel hands SCSI_NL_GRP_FC_EVENTS, a mask, to netlink as a group's number: all groups
	 * are asked for, so that neither reading of it is missed (scsi_netlink.c, 6.1). */
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = UINT32_MAX };
	_cleanup_close_ int fd = -EBADF;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
		    NETLINK_SCSITRANSPORT);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	return TAKE_FD(fd);
}

static int add_fc_events(struct monitor *monitor, sd_event *event)
{
	_cleanup_close_ int fd = open_fc_events();
	int r;

	/* No scsi_mod yet, or no CAP_NET_ADMIN: the slow timer of whoever waits does as well. */
	if (fd < 0)
		return 0;
	r = sd_event_add_io(event, &monitor->fc_source, fd, EPOLLIN, on_fc_event,
			    monitor);
	if (r < 0)
		return r;
	r = sd_event_source_set_io_fd_own(monitor->fc_source, true);
	if (r < 0)
		return r;
	fd = -EBADF; /* the source closes it */
	return 0;
}

int monitor_new(sd_event *event, monitor_fn fn, void *context,
		struct monitor **ret_monitor)
{
	_cleanup_(monitor_freep) struct monitor *monitor = NULL;
	int r;

	assert(event);
	assert(fn);
	assert(ret_monitor);

	monitor = calloc(1, sizeof(*monitor));
	if (!monitor)
		return -ENOMEM;
	monitor->fn = fn;
	monitor->context = context;
	r = add_udev(monitor, event);
	if (r < 0)
		return r;
	r = add_fc_events(monitor, event);
	if (r < 0)
		return r;

	*ret_monitor = TAKE_PTR(monitor);
	return 0;
}

/* libudev has the kernel throw away what no filter lets in, so that the process sleeps on. */
int monitor_narrow(struct monitor *monitor, uint32_t host)
{
	bool was_narrow;
	int r;

	assert(monitor);

	was_narrow = monitor->is_narrow;
	if (was_narrow && host == monitor->host)
		return 0;
	r = udev_monitor_filter_remove(monitor->udev_monitor);
	if (r >= 0)
		r = add_subsystems(monitor->udev_monitor, host != HOST_NONE);
	if (r >= 0 && host != HOST_NONE)
		r = add_tags(monitor->udev_monitor, host);
	if (r >= 0)
		r = udev_monitor_filter_update(monitor->udev_monitor);
	if (r < 0)
		return r;
	monitor->is_narrow = true;
	monitor->host = host;
	return was_narrow;
}

void monitor_free(struct monitor *monitor)
{
	sd_event_source_unref(monitor->udev_source);
	sd_event_source_unref(monitor->fc_source);
	if (monitor->udev_monitor)
		udev_monitor_unref(monitor->udev_monitor);
	if (monitor->udev)
		udev_unref(monitor->udev);
	free(monitor);
}
