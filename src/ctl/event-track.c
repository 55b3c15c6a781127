// SPDX-License-Identifier: LGPL-2.1-or-later
/* A list of all that was ever seen or announced and is not gone, by name, with how it was last. */
#include <inttypes.h>
#include <search.h>

#include "ctl/event-track.h"
#include "fc/lun.h"
#include "config/name.h"

struct tracked_item {
	char *name; /* of devices and links alike: no two are the same */
	enum event_object object;
	uint32_t host;
	uint64_t wwpn;
	struct fc_lun lun; /* with OBJECT_LUN */
	char text[HOST_EVENT_TEXT_SIZE]; /* its state, or a link's target, as it was reported or seen last */
	char target[HOST_EVENT_TEXT_SIZE]; /* a link's, at the last look */
	char vhba[NPIV_NAME_MAX + 1]; /* "": none */
	bool is_reported; /* as there */
	bool is_there; /* at the last look */
	uint64_t differs_since; /* these two; 0: they do not */
	struct tracked_item *next;
};

static int item_compare(const void *a, const void *b)
{
	const struct tracked_item *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static struct tracked_item *item_find(const struct event_tracker *tracker, char *name)
{
	const struct tracked_item key = { .name = name };
	struct tracked_item **found = tfind(&key, &tracker->tree, item_compare);

	return found ? *found : NULL;
}

static void item_free(struct tracked_item *item)
{
	free(item->name);
	free(item);
}

static struct tracked_item *item_add(struct event_tracker *tracker,
				     enum event_object object, const char *name)
{
	struct tracked_item *item = calloc(1, sizeof(*item));

	if (!item)
		return NULL;
	item->object = object;
	item->host = HOST_NONE;
	item->name = strdup(name);
	if (!item->name || !tsearch(item, &tracker->tree, item_compare)) {
		item_free(item);
		return NULL;
	}
	item->next = tracker->first;
	tracker->first = item;
	return item;
}

static void report_item(const struct event_tracker *tracker,
			const struct tracked_item *item, enum event_kind kind,
			const char *before, const char *after)
{
	struct host_event event = {
		.object = item->object,
		.kind = kind,
		.name = item->name,
		.host = item->host,
		.wwpn = item->wwpn,
		.lun = item->object == OBJECT_LUN ? &item->lun : NULL,
		.vhba = *item->vhba ? item->vhba : NULL,
		.attribute = kind == EVENT_CHANGED ? "target" : NULL,
	};

	(void)snprintf(event.before, sizeof(event.before), "%s", before);
	(void)snprintf(event.after, sizeof(event.after), "%s", after);
	tracker->fn(&event, tracker->context);
}

static void report_added(const struct event_tracker *tracker, struct tracked_item *item)
{
	item->is_reported = true;
	report_item(tracker, item, EVENT_ADDED, "", item->text);
}

static void report_removed(const struct event_tracker *tracker, struct tracked_item *item)
{
	item->is_reported = false;
	report_item(tracker, item, EVENT_REMOVED, item->text, "");
}

static void item_set_target(const struct event_tracker *tracker,
			    struct tracked_item *item, const char *target)
{
	char before[HOST_EVENT_TEXT_SIZE];

	memcpy(before, item->text, sizeof(before));
	(void)snprintf(item->text, sizeof(item->text), "%s", target);
	if (!item->is_reported)
		report_added(tracker, item);
	else if (!streq(before, target))
		report_item(tracker, item, EVENT_CHANGED, before, target);
}

/* --- what a look sees --- */

struct look_state {
	struct event_tracker *tracker;
	int error;
};

/* Takes over how an item is now. */
static void track_item(const struct host_event *event, void *context)
{
	struct look_state *look_state = context;
	struct event_tracker *tracker = look_state->tracker;
	char name[HOST_EVENT_TEXT_SIZE];
	struct tracked_item *item;
	const char *vhba;

	(void)snprintf(name, sizeof(name), "%s", event->name);
	item = item_find(tracker, name);
	if (!item)
		item = item_add(tracker, event->object, name);
	if (!item) {
		look_state->error = -ENOMEM;
		return;
	}
	item->is_there = true;
	item->is_reported = item->is_reported || !tracker->is_begun;
	item->host = event->host;
	item->wwpn = event->wwpn;
	if (event->lun)
		item->lun = *event->lun;
	vhba = tracker->vhba_of(event, tracker->context);
	if (vhba)
		(void)snprintf(item->vhba, sizeof(item->vhba), "%s", vhba);
	memcpy(item->target, event->after, sizeof(item->target));
	/* What a link leads to is reported by events. */
	if (item->object != OBJECT_LINK || !item->is_reported || !tracker->is_begun)
		memcpy(item->text, event->after, sizeof(item->text));
}

static int track_look(struct event_tracker *tracker, const struct event_look *look)
{
	const struct inventory none = { 0 };
	const struct link_list no_links = { 0 };
	struct look_state look_state = { .tracker = tracker };

	for (struct tracked_item *item = tracker->first; item; item = item->next)
		item->is_there = false;
	inventory_compare(&none, look->after, track_item, &look_state);
	links_compare(&no_links, look->links, track_item, &look_state);
	return look_state.error;
}

/* Of what is there by its events all attributes are reported by looks, but whether it is there. */
static void report_attribute(const struct host_event *event, void *context)
{
	const struct event_tracker *tracker = context;
	char name[HOST_EVENT_TEXT_SIZE];
	const struct tracked_item *item;
	struct host_event reported = *event;

	if (event->kind != EVENT_CHANGED)
		return;
	(void)snprintf(name, sizeof(name), "%s", event->name);
	item = item_find(tracker, name);
	if (!item || !item->is_reported)
		return;
	reported.vhba = *item->vhba ? item->vhba : NULL;
	tracker->fn(&reported, tracker->context);
}

/* --- events --- */

/* What the name alone says, for what was gone before anybody looked. */
static void guess_place(struct tracked_item *item)
{
	struct fc_lun *lun = &item->lun;

	if (item->object == OBJECT_LUN &&
	    sscanf(item->name, "%" SCNu32 ":%" SCNu32 ":%" SCNu32 ":%" SCNu64, &lun->host,
		   &lun->channel, &lun->target, &lun->kernel_lun) == 4) {
		lun->lun = lun_number(lun->kernel_lun);
		item->host = lun->host;
	} else if (item->object == OBJECT_RPORT) {
		(void)sscanf(item->name, "rport-%" SCNu32, &item->host);
	} else if (item->object == OBJECT_HBA || item->object == OBJECT_PORT) {
		(void)sscanf(item->name, "host%" SCNu32, &item->host);
	}
}

static int follow_device(struct event_tracker *tracker, const struct device_event *event)
{
	struct tracked_item *item = item_find(tracker, event->name);

	if (!item && event->is_removed)
		return 0;
	if (!item) {
		item = item_add(tracker, event->object, event->name);
		if (!item)
			return -ENOMEM;
		guess_place(item);
	}
	if (event->is_removed && item->is_reported)
		report_removed(tracker, item);
	/* `udevadm trigger` announces what has been there all the time. */
	else if (!event->is_removed && !item->is_reported)
		report_added(tracker, item);
	return 0;
}

static bool has_link(const char *links, const char *name)
{
	static const char prefix[] = NPIV_DEV_DIR "/";
	size_t length = strlen(name);

	for (const char *at = links; at && (at = strstr(at, prefix)); at++) {
		const char *rest = at + strlen(prefix);

		if (strncmp(rest, name, length) == 0 && strchr(" ", rest[length]))
			return true;
	}
	return false;
}

static int set_links(struct event_tracker *tracker, const struct device_event *event)
{
	_cleanup_free_ char *links = strdup(event->links);
	char *next = links, *link;

	if (!links)
		return -ENOMEM;
	while ((link = strsep(&next, " "))) {
		const char *rest = startswith(link, NPIV_DEV_DIR "/");
		struct tracked_item *item;

		if (!rest)
			continue;
		item = item_find(tracker, link + strlen(NPIV_DEV_DIR "/"));
		if (!item)
			item = item_add(tracker, OBJECT_LINK, rest);
		if (!item)
			return -ENOMEM;
		item_set_target(tracker, item, event->name);
	}
	return 0;
}

static int follow_links(struct event_tracker *tracker, const struct device_event *event)
{
	const char *links = event->is_removed ? NULL : event->links;

	for (struct tracked_item *item = tracker->first; item; item = item->next)
		if (item->object == OBJECT_LINK && item->is_reported &&
		    streq(item->text, event->name) && !has_link(links, item->name))
			report_removed(tracker, item);
	return links ? set_links(tracker, event) : 0;
}

/* --- lost events --- */

static bool item_differs(const struct tracked_item *item)
{
	return item->is_reported != item->is_there ||
	       (item->object == OBJECT_LINK && item->is_reported &&
		!streq(item->text, item->target));
}

static void catch_up_item(const struct event_tracker *tracker, struct tracked_item *item,
			  uint64_t now)
{
	if (!item_differs(item)) {
		item->differs_since = 0;
	} else if (item->differs_since == 0) {
		item->differs_since = now;
	} else if (now - item->differs_since >= EVENT_LOST_USEC) {
		item->differs_since = 0;
		if (!item->is_there)
			report_removed(tracker, item);
		else if (item->object == OBJECT_LINK)
			item_set_target(tracker, item, item->target);
		else
			report_added(tracker, item);
	}
}

static void catch_up(struct event_tracker *tracker, uint64_t now)
{
	struct tracked_item **place = &tracker->first;

	while (*place) {
		struct tracked_item *item = *place;

		catch_up_item(tracker, item, now);
		if (item->is_reported || item->is_there) {
			place = &item->next;
			continue;
		}
		*place = item->next;
		(void)tdelete(item, &tracker->tree, item_compare);
		item_free(item);
	}
}

int event_tracker_look(struct event_tracker *tracker, const struct event_look *look)
{
	int r;

	assert(tracker);
	assert(look);

	r = track_look(tracker, look);
	if (r >= 0 && look->before)
		inventory_compare(look->before, look->after, report_attribute, tracker);
	for (size_t i = 0; i < look->n_events && r >= 0; i++)
		r = look->events[i].object == OBJECT_LINK ?
			    follow_links(tracker, &look->events[i]) :
			    follow_device(tracker, &look->events[i]);
	if (r >= 0)
		catch_up(tracker, look->now);
	tracker->is_begun = true;
	return r;
}

void device_event_done(struct device_event *event)
{
	free(event->name);
	free(event->links);
	*event = (struct device_event){ 0 };
}

void event_tracker_done(struct event_tracker *tracker)
{
	while (tracker->first) {
		struct tracked_item *item = tracker->first;

		tracker->first = item->next;
		(void)tdelete(item, &tracker->tree, item_compare);
		item_free(item);
	}
}
