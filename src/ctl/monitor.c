// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl monitor: prints what changes, one line per event. */
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <time.h>

#include "fc/wwn.h"
#include "config/name.h"
#include "ctl/event-track.h"
#include "lib/fd.h"
#include "lib/json.h"
#include "diagnose/stage.h"
#include "ctl/ctl.h"
#include "lib/clock.h"
#include "state/environment.h"
#include "fc/scan.h"
#include "state/state-dir.h"
#include "ctl/terminal.h"
#include "event/watch.h"

#define TIME_SIZE      sizeof("2026-11-23T04:24:37.123Z")
#define MAX_LINK_DEPTH 2U /* folders below /dev/npiv: the pool, and by-target */

struct snapshot {
	struct inventory inventory;
	struct link_list links;
	struct state_list states; /* whose ports these are */
};

struct ctl_monitor {
	bool json;
	char *run;
	bool is_begun;
	struct snapshot before, after;
	struct device_event *events; /* since the look before */
	size_t n_events;
	struct event_tracker tracker;
	int error; /* of an event that could not be kept */
	char time[TIME_SIZE]; /* of the look that found it */
};

static int on_option(int letter, const char *argument, void *context)
{
	struct ctl_monitor *monitor = context;

	monitor->json = true;
	return 0;
}

static const struct ctl_option options[] = {
	{ "json", 'J', no_argument, NULL,
	  "print JSON, one object per line; keys are stable, null means\n"
	  "unknown" },
};

static const struct ctl_help help = {
	.usage = "monitor [OPTION...]",
	.text = "Prints what changes from now on, one line per event: HBAs, virtual ports, remote ports,\n"
		"LUNs and links that appear, disappear or change. SIGINT (Ctrl-C) and SIGTERM end it, with\n"
		"exit code 0.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = on_option,
};

/* --- links --- */

static int link_list_add(struct link_list *list, const char *folder, const char *name,
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

static int link_list_read_folder(int at, const char *path, const char *folder,
				 unsigned depth, struct link_list *list);

static int link_list_read_item(int dir, const char *folder, const char *name,
			       unsigned depth, struct link_list *list)
{
	char target[PATH_MAX], below[NPIV_LINK_MAX];
	ssize_t n;

	n = readlinkat(dir, name, target, sizeof(target) - 1);
	if (n >= 0) {
		target[n] = '\0';
		return link_list_add(list, folder, name, target);
	}
	if (depth >= MAX_LINK_DEPTH ||
	    snprintf(below, sizeof(below), "%s%s%s", folder, *folder ? "/" : "", name) >=
		    (int)sizeof(below))
		return 0;
	return link_list_read_folder(dir, name, below, depth + 1, list);
}

static int link_list_read_folder(int at, const char *path, const char *folder,
				 unsigned depth, struct link_list *list)
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
			r = link_list_read_item(dirfd(stream), folder, item->d_name,
						depth, list);
	return r;
}

/* Lists all links below /dev/npiv: POOL/NAME and POOL/by-target/NAME, in order of names; root is "" or that of a
 * test. A folder that is removed meanwhile, or was never there, has none. */
static int link_list_read(const char *root, struct link_list *ret_list)
{
	_cleanup_(link_list_done) struct link_list list = { 0 };
	char path[PATH_MAX];
	int r;

	assert(root);
	assert(ret_list);

	if (snprintf(path, sizeof(path), "%s" NPIV_DEV_DIR, root) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	r = link_list_read_folder(AT_FDCWD, path, "", 0, &list);
	if (r < 0)
		return r;
	link_list_sort(&list);

	*ret_list = list;
	list = (struct link_list){ 0 };
	return 0;
}

/* --- what is there now --- */

static void snapshot_done(struct snapshot *snapshot)
{
	inventory_done(&snapshot->inventory);
	link_list_done(&snapshot->links);
	state_list_done(&snapshot->states);
}

static int snapshot_take(const struct ctl_monitor *monitor, struct snapshot *ret_snapshot)
{
	_cleanup_(snapshot_done) struct snapshot snapshot = { 0 };
	int r;

	r = scan_inventory(environment_sysfs(), &snapshot.inventory);
	if (r >= 0)
		r = link_list_read(environment_root(), &snapshot.links);
	if (r >= 0)
		r = state_lookup_all(monitor->run, &snapshot.states);
	if (r < 0)
		return r;

	*ret_snapshot = snapshot;
	snapshot = (struct snapshot){ 0 };
	return 0;
}

static void read_time(char buf[static TIME_SIZE])
{
	struct timespec now = { 0 };
	struct tm utc;
	size_t n;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	n = strftime(buf, TIME_SIZE, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now.tv_sec, &utc));
	(void)snprintf(buf + n, TIME_SIZE - n, ".%03uZ",
		       (unsigned)(now.tv_nsec / 1000000) % 1000);
}

/* Which vHBA sees it; NULL: none of ours. */
static const char *find_vhba(const struct host_event *event, void *context)
{
	const struct ctl_monitor *monitor = context;
	const struct snapshot *snapshot = &monitor->after;
	const struct fc_port *port =
		inventory_port_by_host(&snapshot->inventory, event->host);
	uint64_t wwpn = event->object == OBJECT_VPORT ? event->wwpn :
			port			      ? port->wwpn :
							0;

	for (size_t i = 0; wwpn && i < snapshot->states.n; i++)
		if (snapshot->states.states[i].wwpn == wwpn)
			return snapshot->states.states[i].name;
	return NULL;
}

static void print_json(const struct ctl_monitor *monitor, const struct host_event *event)
{
	struct json json = { .out = stdout, .is_compact = true };

	json_begin_object(&json, NULL);
	json_text(&json, "time", monitor->time);
	json_text(&json, "event", event_kind_to_string(event->kind));
	json_text(&json, "object", event_object_to_string(event->object));
	json_text(&json, "name", event->name);
	json_text(&json, "vhba", event->vhba);
	wwn_json(&json, "wwpn", event->wwpn);
	if (event->lun)
		json_number(&json, "lun", event->lun->lun);
	else
		json_text(&json, "lun", NULL);
	json_text(&json, "attribute", event->attribute);
	json_text(&json, "before", event->before);
	json_text(&json, "after", event->after);
	json_end_object(&json);
}

/* "… lun 8:0:1:0 (web01 LUN 0) state: running -> blocked". */
static void print_line(const struct ctl_monitor *monitor, const struct host_event *event)
{
	const char *vhba = event->vhba;
	const char *before = *event->before ? event->before : "none";
	const char *after = *event->after ? event->after : "none";

	printf("%s %s %s", monitor->time, event_object_to_string(event->object),
	       event->name);
	if (event->lun)
		printf(" (%s%sLUN %" PRIu64 ")", vhba ? vhba : "", vhba ? " " : "",
		       event->lun->lun);
	else if (vhba)
		printf(" (%s)", vhba);
	switch (event->kind) {
	case EVENT_ADDED:
		printf(" added: %s\n", after);
		break;
	case EVENT_REMOVED:
		printf(" removed, was %s\n", before);
		break;
	case EVENT_CHANGED:
	case _EVENT_KIND_MAX:
		printf(" %s: %s -> %s\n", event->attribute, before, after);
		break;
	}
}

static void print_event(const struct host_event *event, void *context)
{
	const struct ctl_monitor *monitor = context;

	if (monitor->json)
		print_json(monitor, event);
	else
		print_line(monitor, event);
}

/* --- events --- */

/* Returns false for what is none of Fibre Channel's. */
static bool find_object(struct udev_device *device, enum event_object *ret_object)
{
	const char *subsystem = udev_device_get_subsystem(device);
	const char *type = udev_device_get_devtype(device);
	const char *path = udev_device_get_devpath(device);

	if (!subsystem || !path)
		return false;
	if (streq(subsystem, "fc_host"))
		*ret_object = strstr(path, "/vport-") ? OBJECT_PORT : OBJECT_HBA;
	else if (streq(subsystem, "fc_vports"))
		*ret_object = OBJECT_VPORT;
	else if (streq(subsystem, "fc_remote_ports"))
		*ret_object = OBJECT_RPORT;
	else if (streq(subsystem, "scsi") && type && streq(type, "scsi_device") &&
		 strstr(path, "/rport-"))
		*ret_object = OBJECT_LUN;
	else if (streq(subsystem, "block"))
		*ret_object = OBJECT_LINK;
	else
		return false;
	return true;
}

/* Whether it counts: links may come with any event of a disk, devices only with these two. */
static bool is_news(enum event_object object, const char *action)
{
	return object == OBJECT_LINK || streq(action, "add") || streq(action, "remove");
}

static int keep_event(struct ctl_monitor *monitor, struct udev_device *device,
		      enum event_object object, const char *action)
{
	const char *links = udev_device_get_property_value(device, "DEVLINKS");
	struct device_event *event;

	event = array_grow(&monitor->events, monitor->n_events, sizeof(*event));
	if (!event)
		return -ENOMEM;
	monitor->n_events++;
	event->object = object;
	event->is_removed = streq(action, "remove");
	event->name = strdup(udev_device_get_sysname(device));
	event->links = links ? strdup(links) : NULL;
	return event->name && (event->links || !links) ? 0 : -ENOMEM;
}

static void on_event(struct udev_device *device, void *context)
{
	struct ctl_monitor *monitor = context;
	const char *action = udev_device_get_action(device);
	enum event_object object;
	int r = 0;

	if (action && find_object(device, &object) && is_news(object, action))
		r = keep_event(monitor, device, object, action);
	monitor->error = monitor->error ? monitor->error : r;
}

static void drop_events(struct ctl_monitor *monitor)
{
	for (size_t i = 0; i < monitor->n_events; i++)
		device_event_done(&monitor->events[i]);
	free(monitor->events);
	monitor->events = NULL;
	monitor->n_events = 0;
}

static int track_events(struct ctl_monitor *monitor)
{
	const struct event_look look = {
		.before = monitor->is_begun ? &monitor->before.inventory : NULL,
		.after = &monitor->after.inventory,
		.links = &monitor->after.links,
		.events = monitor->events,
		.n_events = monitor->n_events,
		.now = now_usec(),
	};
	int r = monitor->error;

	read_time(monitor->time);
	if (r >= 0)
		r = event_tracker_look(&monitor->tracker, &look);
	drop_events(monitor);
	return r;
}

static int on_look(struct watch *watch, void *context)
{
	struct ctl_monitor *monitor = context;
	int r;

	snapshot_done(&monitor->after);
	r = snapshot_take(monitor, &monitor->after);
	if (r >= 0)
		r = track_events(monitor);
	if (r < 0)
		return r;
	monitor->is_begun = true;
	snapshot_done(&monitor->before);
	monitor->before = monitor->after;
	monitor->after = (struct snapshot){ 0 };
	/* The reader of a pipe needs each event at once. */
	return fflush(stdout) < 0 || ferror(stdout) ? -EIO : 0;
}

static int monitor_run(struct ctl_monitor *monitor)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	int r;

	r = watch_new(on_look, on_event, monitor, &watch);
	if (r < 0)
		return r;
	if (terminal_is_live() && !monitor->json)
		fputs("npivctl: watching; Ctrl-C ends\n", stderr);
	r = watch_run(watch, UINT64_MAX);
	return r == -ECANCELED ? 0 : r;
}

static void monitor_done(struct ctl_monitor *monitor)
{
	snapshot_done(&monitor->before);
	snapshot_done(&monitor->after);
	drop_events(monitor);
	event_tracker_done(&monitor->tracker);
	free(monitor->run);
}

int ctl_monitor(int argc, char *argv[])
{
	_cleanup_(monitor_done) struct ctl_monitor monitor = {
		.tracker = { .fn = print_event,
			     .vhba_of = find_vhba,
			     .context = &monitor },
	};
	int r;

	r = ctl_parse_options(argc, argv, &help, &monitor, NULL);
	if (r >= 0)
		return r;
	monitor.run = environment_run_dir();
	r = monitor.run ? monitor_run(&monitor) : -ENOMEM;
	return r < 0 ? ctl_fail("cannot watch", r) : EXIT_SUCCESS;
}
