// SPDX-License-Identifier: LGPL-2.1-or-later
/* A list of all that was ever seen or announced and is not gone, by name, with how it was last. */
#include <inttypes.h>
#include <search.h>

#include "ctl/change-track.h"
#include "fc/lun.h"
#include "config/name.h"

struct change_item {
	char *name; /* of devices and links alike: no two are the same */
	enum change_object object;
	uint32_t host;
	uint64_t wwpn;
	struct fc_lun lun; /* with CHANGE_LUN */
	char text[CHANGE_TEXT_SIZE]; /* its state, or a link's target, as it was told or seen last */
	char target[CHANGE_TEXT_SIZE]; /* a link's, at the last look */
	char vhba[NPIV_NAME_MAX + 1]; /* "": none */
	bool is_told; /* as there */
	bool is_there; /* at the last look */
	uint64_t differs_since; /* these two; 0: they do not */
	struct change_item *next;
};

static int compare_items(const void *a, const void *b)
{
	const struct change_item *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static struct change_item *find(const struct change_tracker *tracker, char *name)
{
	const struct change_item key = { .name = name };
	struct change_item **found = tfind(&key, &tracker->tree, compare_items);

	return found ? *found : NULL;
}

static void free_item(struct change_item *item)
{
	free(item->name);
	free(item);
}

static struct change_item *add(struct change_tracker *tracker, enum change_object object,
			       const char *name)
{
	struct change_item *item = calloc(1, sizeof(*item));

	if (!item)
		return NULL;
	item->object = object;
	item->host = HOST_NONE;
	item->name = strdup(name);
	if (!item->name || !tsearch(item, &tracker->tree, compare_items)) {
		free_item(item);
		return NULL;
	}
	item->next = tracker->first;
	tracker->first = item;
	return item;
}

static void tell(const struct change_tracker *tracker, const struct change_item *item,
		 enum change_kind kind, const char *before, const char *after)
{
	struct change change = {
		.object = item->object,
		.kind = kind,
		.name = item->name,
		.host = item->host,
		.wwpn = item->wwpn,
		.lun = item->object == CHANGE_LUN ? &item->lun : NULL,
		.vhba = *item->vhba ? item->vhba : NULL,
		.attribute = kind == CHANGE_CHANGED ? "target" : NULL,
	};

	(void)snprintf(change.before, sizeof(change.before), "%s", before);
	(void)snprintf(change.after, sizeof(change.after), "%s", after);
	tracker->fn(&change, tracker->context);
}

static void tell_added(const struct change_tracker *tracker, struct change_item *item)
{
	item->is_told = true;
	tell(tracker, item, CHANGE_ADDED, "", item->text);
}

static void tell_removed(const struct change_tracker *tracker, struct change_item *item)
{
	item->is_told = false;
	tell(tracker, item, CHANGE_REMOVED, item->text, "");
}

static void set_target(const struct change_tracker *tracker, struct change_item *item,
		       const char *target)
{
	char before[CHANGE_TEXT_SIZE];

	memcpy(before, item->text, sizeof(before));
	(void)snprintf(item->text, sizeof(item->text), "%s", target);
	if (!item->is_told)
		tell_added(tracker, item);
	else if (!streq(before, target))
		tell(tracker, item, CHANGE_CHANGED, before, target);
}

/* --- what a look sees --- */

struct seeing {
	struct change_tracker *tracker;
	int error;
};

/* Takes over how an item is now. */
static void see(const struct change *change, void *context)
{
	struct seeing *seeing = context;
	struct change_tracker *tracker = seeing->tracker;
	char name[CHANGE_TEXT_SIZE];
	struct change_item *item;
	const char *vhba;

	(void)snprintf(name, sizeof(name), "%s", change->name);
	item = find(tracker, name);
	if (!item)
		item = add(tracker, change->object, name);
	if (!item) {
		seeing->error = -ENOMEM;
		return;
	}
	item->is_there = true;
	item->is_told = item->is_told || !tracker->is_begun;
	item->host = change->host;
	item->wwpn = change->wwpn;
	if (change->lun)
		item->lun = *change->lun;
	vhba = tracker->vhba_of(change, tracker->context);
	if (vhba)
		(void)snprintf(item->vhba, sizeof(item->vhba), "%s", vhba);
	memcpy(item->target, change->after, sizeof(item->target));
	/* Where a link leads to is told by events. */
	if (item->object != CHANGE_LINK || !item->is_told || !tracker->is_begun)
		memcpy(item->text, change->after, sizeof(item->text));
}

static int see_all(struct change_tracker *tracker, const struct change_look *look)
{
	const struct inventory none = { 0 };
	const struct link_list no_links = { 0 };
	struct seeing seeing = { .tracker = tracker };

	for (struct change_item *item = tracker->first; item; item = item->next)
		item->is_there = false;
	inventory_compare(&none, look->after, see, &seeing);
	links_compare(&no_links, look->links, see, &seeing);
	return seeing.error;
}

/* Of what is there by its events all attributes are told by looks, but whether it is there. */
static void tell_attribute(const struct change *change, void *context)
{
	const struct change_tracker *tracker = context;
	char name[CHANGE_TEXT_SIZE];
	const struct change_item *item;
	struct change told = *change;

	if (change->kind != CHANGE_CHANGED)
		return;
	(void)snprintf(name, sizeof(name), "%s", change->name);
	item = find(tracker, name);
	if (!item || !item->is_told)
		return;
	told.vhba = *item->vhba ? item->vhba : NULL;
	tracker->fn(&told, tracker->context);
}

/* --- events --- */

/* What the name alone says, for what was gone before anybody looked. */
static void guess(struct change_item *item)
{
	struct fc_lun *lun = &item->lun;

	if (item->object == CHANGE_LUN &&
	    sscanf(item->name, "%" SCNu32 ":%" SCNu32 ":%" SCNu32 ":%" SCNu64, &lun->host,
		   &lun->channel, &lun->target, &lun->kernel_lun) == 4) {
		lun->lun = lun_number(lun->kernel_lun);
		item->host = lun->host;
	} else if (item->object == CHANGE_RPORT) {
		(void)sscanf(item->name, "rport-%" SCNu32, &item->host);
	} else if (item->object == CHANGE_HBA || item->object == CHANGE_PORT) {
		(void)sscanf(item->name, "host%" SCNu32, &item->host);
	}
}

static int follow_device(struct change_tracker *tracker, const struct change_event *event)
{
	struct change_item *item = find(tracker, event->name);

	if (!item && event->is_removed)
		return 0;
	if (!item) {
		item = add(tracker, event->object, event->name);
		if (!item)
			return -ENOMEM;
		guess(item);
	}
	if (event->is_removed && item->is_told)
		tell_removed(tracker, item);
	/* `udevadm trigger` announces what has been there all the time. */
	else if (!event->is_removed && !item->is_told)
		tell_added(tracker, item);
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

static int set_links(struct change_tracker *tracker, const struct change_event *event)
{
	_cleanup_free_ char *links = strdup(event->links);
	char *next = links, *link;

	if (!links)
		return -ENOMEM;
	while ((link = strsep(&next, " "))) {
		const char *rest = startswith(link, NPIV_DEV_DIR "/");
		struct change_item *item;

		if (!rest)
			continue;
		item = find(tracker, link + strlen(NPIV_DEV_DIR "/"));
		if (!item)
			item = add(tracker, CHANGE_LINK, rest);
		if (!item)
			return -ENOMEM;
		set_target(tracker, item, event->name);
	}
	return 0;
}

static int follow_links(struct change_tracker *tracker, const struct change_event *event)
{
	const char *links = event->is_removed ? NULL : event->links;

	for (struct change_item *item = tracker->first; item; item = item->next)
		if (item->object == CHANGE_LINK && item->is_told &&
		    streq(item->text, event->name) && !has_link(links, item->name))
			tell_removed(tracker, item);
	return links ? set_links(tracker, event) : 0;
}

/* --- lost events --- */

static bool differs(const struct change_item *item)
{
	return item->is_told != item->is_there ||
	       (item->object == CHANGE_LINK && item->is_told &&
		!streq(item->text, item->target));
}

static void catch_up_item(const struct change_tracker *tracker, struct change_item *item,
			  uint64_t now)
{
	if (!differs(item)) {
		item->differs_since = 0;
	} else if (item->differs_since == 0) {
		item->differs_since = now;
	} else if (now - item->differs_since >= CHANGE_LOST_USEC) {
		item->differs_since = 0;
		if (!item->is_there)
			tell_removed(tracker, item);
		else if (item->object == CHANGE_LINK)
			set_target(tracker, item, item->target);
		else
			tell_added(tracker, item);
	}
}

static void catch_up(struct change_tracker *tracker, uint64_t now)
{
	struct change_item **place = &tracker->first;

	while (*place) {
		struct change_item *item = *place;

		catch_up_item(tracker, item, now);
		if (item->is_told || item->is_there) {
			place = &item->next;
			continue;
		}
		*place = item->next;
		(void)tdelete(item, &tracker->tree, compare_items);
		free_item(item);
	}
}

int change_tracker_look(struct change_tracker *tracker, const struct change_look *look)
{
	int r;

	assert(tracker);
	assert(look);

	r = see_all(tracker, look);
	if (r >= 0 && look->before)
		inventory_compare(look->before, look->after, tell_attribute, tracker);
	for (size_t i = 0; i < look->n_events && r >= 0; i++)
		r = look->events[i].object == CHANGE_LINK ?
			    follow_links(tracker, &look->events[i]) :
			    follow_device(tracker, &look->events[i]);
	if (r >= 0)
		catch_up(tracker, look->now);
	tracker->is_begun = true;
	return r;
}

void change_event_done(struct change_event *event)
{
	free(event->name);
	free(event->links);
	*event = (struct change_event){ 0 };
}

void change_tracker_done(struct change_tracker *tracker)
{
	while (tracker->first) {
		struct change_item *item = tracker->first;

		tracker->first = item->next;
		(void)tdelete(item, &tracker->tree, compare_items);
		free_item(item);
	}
}
