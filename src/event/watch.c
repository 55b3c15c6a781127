// SPDX-License-Identifier: LGPL-2.1-or-later
/* An event loop that looks again after every event: of udev, of the FC transport over netlink, of mounts, and of a
 * timer. */
#include <fcntl.h>
#include <inttypes.h>
#include <linux/netlink.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <systemd/sd-event.h>

#include "fc/inventory.h"
#include "lib/clock.h"
#include "lib/fd.h"
#include "event/watch.h"

/* --- what the kernel and udev announce --- */

#define UDEV_BUFFER_SIZE \
	(8 << 20) /* bytes: some thousand events while a driver blocks us */

#define N_PORT_SUBSYSTEMS 2U /* the first of add_subsystems() */

struct monitor {
	struct udev *udev;
	struct udev_monitor *udev_monitor;
	bool is_narrow;
	uint32_t host; /* with is_narrow: the only host whose events pass; HOST_NONE: events of ports */
	sd_event_source *udev_source, *fc_source;
	watch_event_fn fn; /* device NULL: events may have been lost, look again */
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
	/* Lost events (ENOBUFS) are a reason to look too: each look covers everything. */
	if (!is_any)
		monitor->fn(NULL, monitor->context);
	return 0;
}

static int on_fc_event(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct monitor *monitor = userdata;
	char message[4096];

	/* The content of these events is ignored: the state is read from sysfs. They are only a reason to look. */
	while (recv(fd, message, sizeof(message), MSG_DONTWAIT) > 0)
		;
	monitor->fn(NULL, monitor->context);
	return 0;
}

static int add_subsystems(struct udev_monitor *udev_monitor, bool is_all)
{
	/* Subsystems of hosts, and of what appears below a host. */
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

/* 61-npiv.rules sets these tags. */
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
	/* This needs CAP_NET_ADMIN; without it the default size has to do. */
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
	/* The kernel passes SCSI_NL_GRP_FC_EVENTS, which is a mask, to netlink as the number of a group. Subscribe
	 * to all groups, so that either reading of it works (scsi_netlink.c, 6.1). */
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

	/* There is no scsi_mod yet, or no CAP_NET_ADMIN: the slow timer replaces the events. */
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

static void monitor_free(struct monitor *monitor)
{
	sd_event_source_unref(monitor->udev_source);
	sd_event_source_unref(monitor->fc_source);
	if (monitor->udev_monitor)
		udev_monitor_unref(monitor->udev_monitor);
	if (monitor->udev)
		udev_unref(monitor->udev);
	free(monitor);
}
DEFINE_CLEANUP(struct monitor *, monitor_free);

/* Subscribes at once, so that no event from here on is missed. There are two sources: udev's events of block, SCSI
 * and Fibre Channel devices, each after udev has handled it; and the FC transport's link and RSCN events over
 * netlink. The latter are hints, which not every driver posts, so failing to get them is no error. */
static int monitor_new(sd_event *event, watch_event_fn fn, void *context,
		       struct monitor **ret_monitor)
{
	_cleanup_(monitor_freep) struct monitor *monitor = NULL;
	int r;

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

/* libudev makes the kernel drop events that no filter passes, so that the process is not woken up. */
static int monitor_narrow(struct monitor *monitor, uint32_t host)
{
	bool was_narrow;
	int r;

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

/* --- the loop --- */

struct watch {
	sd_event *event;
	struct monitor *monitor;
	sd_event_source *timer, *mounts;
	watch_look_fn look;
	watch_event_fn seen;
	void *context;
	uint64_t deadline;
	uint64_t rest_until; /* no look before this time, so that a burst of events costs one look */
	/* Requested by the look that runs, or by the last one: */
	uint64_t within; /* look again within this time; 0: no request */
	size_t expected; /* events of disks to wait for; 0: look after any event */
};

static void watch_plan_look(struct watch *watch, uint64_t when)
{
	uint64_t planned = 0;

	if (when < watch->rest_until)
		when = watch->rest_until;
	(void)sd_event_source_get_time(watch->timer, &planned);
	if (when < planned)
		(void)sd_event_source_set_time(watch->timer, when);
}

/* Whether an event is a reason to look: a LUN causes half a dozen events, and a host can have thousands of LUNs. */
static bool watch_is_reason(struct watch *watch, struct udev_device *device)
{
	const char *subsystem = udev_device_get_subsystem(device);

	if (watch->expected == 0 || !subsystem)
		return true;
	if (streq(subsystem, "scsi"))
		return false;
	if (!streq(subsystem, "block"))
		return true;
	if (--watch->expected > 0)
		return false;
	/* All expected events have arrived, so the wait may be over: look at once. */
	watch->rest_until = 0;
	return true;
}

static void on_event(struct udev_device *device, void *context)
{
	struct watch *watch = context;

	if (device && watch->seen)
		watch->seen(device, watch->context);
	if (!device || watch_is_reason(watch, device))
		watch_plan_look(watch, now_usec());
}

static int on_mounts(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	watch_plan_look(userdata, now_usec());
	return 0;
}

static void watch_plan_next(struct watch *watch, uint64_t started)
{
	uint64_t now = now_usec(), took = now - started, slow = WATCH_SLOW_USEC, when;

	/* Looking takes at most a quarter of the time, however many events there are: udev and the kernel need the
	 * processor more. Without events it takes little. */
	watch->rest_until = now + 3 * took;
	if (slow < 30 * took)
		slow = 30 * took;
	when = now + (watch->within ? watch->within : slow);
	if (when > watch->deadline)
		when = watch->deadline;
	(void)sd_event_source_set_time(watch->timer, when);
	(void)sd_event_source_set_enabled(watch->timer, SD_EVENT_ON);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct watch *watch = userdata;
	uint64_t started = now_usec();
	int r;

	watch->within = 0;
	watch->expected = 0;
	r = watch->look(watch, watch->context);
	if (r == 0 && started >= watch->deadline)
		r = -ETIMEDOUT;
	if (r != 0)
		return sd_event_exit(watch->event, r);
	watch_plan_next(watch, started);
	return 0;
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info,
		     void *userdata)
{
	struct watch *watch = userdata;

	return sd_event_exit(watch->event, -ECANCELED);
}

static int watch_add_signals(struct watch *watch)
{
	sigset_t set;
	int r;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -errno;
	r = sd_event_add_signal(watch->event, NULL, SIGTERM, on_signal, watch);
	return r < 0 ? r :
		       sd_event_add_signal(watch->event, NULL, SIGINT, on_signal, watch);
}

static int watch_setup(struct watch *watch)
{
	int r;

	r = sd_event_new(&watch->event);
	if (r < 0)
		return r;
	r = watch_add_signals(watch);
	if (r < 0)
		return r;
	/* Accuracy of 1 us: otherwise sd-event lets timers slip by up to 250 ms. */
	r = sd_event_add_time(watch->event, &watch->timer, CLOCK_MONOTONIC, 0, 1,
			      on_timer, watch);
	if (r < 0)
		return r;
	return monitor_new(watch->event, on_event, watch, &watch->monitor);
}

int watch_new(watch_look_fn look, watch_event_fn seen, void *context,
	      struct watch **ret_watch)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	assert(look);
	assert(ret_watch);

	watch = calloc(1, sizeof(*watch));
	if (!watch)
		return -ENOMEM;
	watch->look = look;
	watch->seen = seen;
	watch->context = context;
	r = watch_setup(watch);
	if (r < 0)
		return r;

	*ret_watch = TAKE_PTR(watch);
	return 0;
}

int watch_add_mounts(struct watch *watch)
{
	_cleanup_close_ int fd = -EBADF;
	int r;

	assert(watch);

	/* Read the mount table of the host, not that of this unit's sandbox. proc(5): a change is POLLPRI. */
	fd = open("/proc/1/mountinfo", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	r = sd_event_add_io(watch->event, &watch->mounts, fd, EPOLLPRI, on_mounts, watch);
	if (r < 0)
		return r;
	r = sd_event_source_set_io_fd_own(watch->mounts, true);
	if (r < 0)
		return r;
	fd = -EBADF; /* the source closes it */
	return 0;
}

void watch_within(struct watch *watch, uint64_t usec)
{
	assert(watch);

	if (watch->within == 0 || usec < watch->within)
		watch->within = usec;
}

void watch_expect(struct watch *watch, size_t n)
{
	assert(watch);

	watch->expected = n;
}

int watch_narrow(struct watch *watch, uint32_t host)
{
	assert(watch);

	return monitor_narrow(watch->monitor, host);
}

int watch_run(struct watch *watch, uint64_t deadline)
{
	int r;

	assert(watch);

	watch->deadline = deadline;
	r = sd_event_source_set_time(watch->timer, 0);
	if (r >= 0)
		r = sd_event_source_set_enabled(watch->timer, SD_EVENT_ON);
	return r < 0 ? r : sd_event_loop(watch->event);
}

void watch_free(struct watch *watch)
{
	if (watch->monitor)
		monitor_free(watch->monitor);
	sd_event_source_unref(watch->timer);
	sd_event_source_unref(watch->mounts);
	sd_event_unref(watch->event);
	free(watch);
}
