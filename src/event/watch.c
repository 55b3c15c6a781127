// SPDX-License-Identifier: LGPL-2.1-or-later
/* An event loop in which every event is a reason to look again. */
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>

#include "lib/clock.h"
#include "lib/fd.h"
#include "event/watch.h"

struct watch {
	sd_event *event;
	struct monitor *monitor;
	sd_event_source *timer, *mounts;
	watch_look_fn look;
	monitor_fn seen;
	void *context;
	uint64_t deadline;
	uint64_t rest_until; /* no look before, so that a burst of events costs one */
	/* Asked for by the look that runs, or that was the last: */
	uint64_t within; /* 0: nothing */
	size_t expected; /* events of disks that are still to come; 0: any event will do */
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

/* Whether an event is a reason to look: a LUN makes half a dozen, and a host can have thousands of LUNs. */
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
	/* There may be an end now, after many events that nobody has looked for. */
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

	/* Looking takes at most a quarter of the time, however many events there are: udev and the
	 * kernel, for whom we wait, need the processor more. Without any it takes little. */
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
	/* An accuracy of 1 us: sd-event else lets timers slip by up to 250 ms. */
	r = sd_event_add_time(watch->event, &watch->timer, CLOCK_MONOTONIC, 0, 1,
			      on_timer, watch);
	if (r < 0)
		return r;
	return monitor_new(watch->event, on_event, watch, &watch->monitor);
}

int watch_new(watch_look_fn look, monitor_fn seen, void *context,
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

	/* The mount table of the host, not that of this unit's sandbox; proc(5): a change is POLLPRI. */
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
