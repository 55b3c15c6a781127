// SPDX-License-Identifier: LGPL-2.1-or-later
/* Merges two sorted lists of each kind of device, and compares the attributes of what is in both. */
#include <inttypes.h>

#include "ctl/host-event.h"
#include "fc/wwn.h"

#define NAME_SIZE      64U
#define MAX_ATTRIBUTES 5U

/* How an attribute is printed. */
enum value_type {
	VALUE_TEXT, /* an array of char */
	VALUE_STRING, /* a pointer to char */
	VALUE_NUMBER,
	VALUE_WWN,
	VALUE_PORT_STATE,
	VALUE_VPORT_STATE,
	VALUE_ROLE, /* of a remote port */
	VALUE_DISK_SIZE, /* of a LUN */
};

struct attribute {
	const char *name;
	enum value_type type;
	size_t offset; /* in the item */
};

/* One kind of list: which items are the same one, what they are called, and what of them may change. The first
 * attribute is what is reported of an item that is added or removed. */
struct list_kind {
	size_t size;
	int (*compare)(const void *a, const void *b);
	void (*describe)(const void *item, struct host_event *event,
			 char name[NAME_SIZE]);
	struct attribute attributes[MAX_ATTRIBUTES + 1]; /* up to one without a name */
};

static void describe_port(const void *item, struct host_event *event,
			  char name[NAME_SIZE])
{
	const struct fc_port *port = item;

	(void)snprintf(name, NAME_SIZE, "host%" PRIu32, port->host);
	event->object = port->is_vport ? OBJECT_PORT : OBJECT_HBA;
	event->host = port->host;
	event->wwpn = port->wwpn;
}

static void describe_vport(const void *item, struct host_event *event,
			   char name[NAME_SIZE])
{
	const struct fc_vport *vport = item;

	(void)snprintf(name, NAME_SIZE, "%s", vport->sysname);
	event->object = OBJECT_VPORT;
	event->host = vport->host;
	event->wwpn = vport->wwpn;
}

static void describe_rport(const void *item, struct host_event *event,
			   char name[NAME_SIZE])
{
	const struct fc_rport *rport = item;

	(void)snprintf(name, NAME_SIZE, "%s", rport->sysname);
	event->object = OBJECT_RPORT;
	event->host = rport->host;
	event->wwpn = rport->wwpn;
}

static void describe_lun(const void *item, struct host_event *event, char name[NAME_SIZE])
{
	const struct fc_lun *lun = item;

	(void)snprintf(name, NAME_SIZE, "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64,
		       lun->host, lun->channel, lun->target, lun->kernel_lun);
	event->object = OBJECT_LUN;
	event->host = lun->host;
	event->wwpn = lun->target_wwpn;
	event->lun = lun;
}

static int compare_links(const void *a, const void *b)
{
	const struct named_link *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void describe_link(const void *item, struct host_event *event,
			  char name[NAME_SIZE])
{
	event->object = OBJECT_LINK;
	event->name =
		((const struct named_link *)item)->name; /* longer than a device's */
}

static const struct list_kind port_kind = {
	.size = sizeof(struct fc_port),
	.compare = inventory_compare_ports,
	.describe = describe_port,
	.attributes = {
		{ "state", VALUE_PORT_STATE, offsetof(struct fc_port, state) },
		{ "wwpn", VALUE_WWN, offsetof(struct fc_port, wwpn) }, /* drivers fill it in late */
		{ "fabric", VALUE_WWN, offsetof(struct fc_port, fabric_wwn) },
		{ "speed", VALUE_TEXT, offsetof(struct fc_port, speed) },
		{ "vports", VALUE_NUMBER, offsetof(struct fc_port, vports_inuse) },
	},
};

static const struct list_kind vport_kind = {
	.size = sizeof(struct fc_vport),
	.compare = inventory_compare_vports,
	.describe = describe_vport,
	.attributes = { { "state", VALUE_VPORT_STATE,
			  offsetof(struct fc_vport, state) } },
};

static const struct list_kind rport_kind = {
	.size = sizeof(struct fc_rport),
	.compare = inventory_compare_rports,
	.describe = describe_rport,
	.attributes = {
		{ "state", VALUE_PORT_STATE, offsetof(struct fc_rport, state) },
		{ "role", VALUE_ROLE, 0 },
	},
};

static const struct list_kind lun_kind = {
	.size = sizeof(struct fc_lun),
	.compare = inventory_compare_luns,
	.describe = describe_lun,
	.attributes = {
		{ "state", VALUE_TEXT, offsetof(struct fc_lun, state) },
		{ "disk", VALUE_TEXT, offsetof(struct fc_lun, disk) },
		{ "size", VALUE_DISK_SIZE, 0 },
		{ "wwid", VALUE_TEXT, offsetof(struct fc_lun, wwid) },
		{ "access", VALUE_TEXT, offsetof(struct fc_lun, access) },
	},
};

static const struct list_kind link_kind = {
	.size = sizeof(struct named_link),
	.compare = compare_links,
	.describe = describe_link,
	.attributes = { { "target", VALUE_STRING, offsetof(struct named_link, target) } },
};

/* Writes one attribute of an item; "" if it has none. */
static void print_value(const struct attribute *attribute, const void *item,
			char text[HOST_EVENT_TEXT_SIZE])
{
	const void *value = (const char *)item + attribute->offset;
	const struct fc_rport *rport = item;
	const struct fc_lun *lun = item;
	char buf[32] = "";
	const char *from = buf;

	switch (attribute->type) {
	case VALUE_TEXT:
		from = value;
		break;
	case VALUE_STRING:
		from = *(char *const *)value;
		break;
	case VALUE_NUMBER:
		(void)snprintf(buf, sizeof(buf), "%" PRIu32, *(const uint32_t *)value);
		break;
	case VALUE_WWN:
		if (wwn_is_usable(*(const uint64_t *)value))
			(void)wwn_format(*(const uint64_t *)value, buf);
		break;
	case VALUE_PORT_STATE:
		from = port_state_to_string(*(const enum port_state *)value);
		break;
	case VALUE_VPORT_STATE:
		from = vport_state_to_string(*(const enum vport_state *)value);
		break;
	case VALUE_ROLE:
		from = rport->is_target ? "target" : "";
		break;
	case VALUE_DISK_SIZE:
		if (*lun->disk)
			(void)snprintf(buf, sizeof(buf), "%" PRIu64, lun->size);
		break;
	}
	(void)snprintf(text, HOST_EVENT_TEXT_SIZE, "%s", from);
}

/* --- comparing lists --- */

struct list {
	const void *items;
	size_t n;
};

static const void *item_at(const struct list_kind *kind, const struct list *list,
			   size_t i)
{
	return (const char *)list->items + i * kind->size;
}

static void begin_event(const struct list_kind *kind, const void *item,
			enum event_kind event_kind, struct host_event *event,
			char name[NAME_SIZE])
{
	*event = (struct host_event){ .kind = event_kind,
				      .name = name,
				      .host = HOST_NONE };
	kind->describe(item, event, name);
}

static void report_item(const struct list_kind *kind, const void *item,
			enum event_kind event_kind, host_event_fn fn, void *context)
{
	char name[NAME_SIZE];
	struct host_event event;

	begin_event(kind, item, event_kind, &event, name);
	print_value(&kind->attributes[0], item,
		    event_kind == EVENT_ADDED ? event.after : event.before);
	fn(&event, context);
}

static void report_attributes(const struct list_kind *kind, const void *before,
			      const void *after, host_event_fn fn, void *context)
{
	char name[NAME_SIZE];
	struct host_event event;

	for (size_t i = 0; kind->attributes[i].name; i++) {
		const struct attribute *attribute = &kind->attributes[i];

		begin_event(kind, after, EVENT_CHANGED, &event, name);
		event.attribute = attribute->name;
		print_value(attribute, before, event.before);
		print_value(attribute, after, event.after);
		if (!streq(event.before, event.after))
			fn(&event, context);
	}
}

static void compare_lists(const struct list_kind *kind, const struct list *before,
			  const struct list *after, host_event_fn fn, void *context)
{
	size_t i = 0, j = 0;

	while (i < before->n || j < after->n) {
		int order = i >= before->n ? 1 :
			    j >= after->n  ? -1 :
					     kind->compare(item_at(kind, before, i),
							   item_at(kind, after, j));

		if (order < 0) {
			report_item(kind, item_at(kind, before, i++), EVENT_REMOVED, fn,
				    context);
		} else if (order > 0) {
			report_item(kind, item_at(kind, after, j++), EVENT_ADDED, fn,
				    context);
		} else {
			report_attributes(kind, item_at(kind, before, i++),
					  item_at(kind, after, j++), fn, context);
		}
	}
}

void inventory_compare(const struct inventory *before, const struct inventory *after,
		       host_event_fn fn, void *context)
{
	assert(before);
	assert(after);
	assert(fn);

	compare_lists(&port_kind, &(struct list){ before->ports, before->n_ports },
		      &(struct list){ after->ports, after->n_ports }, fn, context);
	compare_lists(&vport_kind, &(struct list){ before->vports, before->n_vports },
		      &(struct list){ after->vports, after->n_vports }, fn, context);
	compare_lists(&rport_kind, &(struct list){ before->rports, before->n_rports },
		      &(struct list){ after->rports, after->n_rports }, fn, context);
	compare_lists(&lun_kind, &(struct list){ before->luns, before->n_luns },
		      &(struct list){ after->luns, after->n_luns }, fn, context);
}

void links_compare(const struct link_list *before, const struct link_list *after,
		   host_event_fn fn, void *context)
{
	assert(before);
	assert(after);
	assert(fn);

	compare_lists(&link_kind, &(struct list){ before->links, before->n },
		      &(struct list){ after->links, after->n }, fn, context);
}

void link_list_sort(struct link_list *list)
{
	assert(list);

	if (list->n > 0)
		qsort(list->links, list->n, sizeof(*list->links), link_kind.compare);
}

void link_list_done(struct link_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->links[i].name);
		free(list->links[i].target);
	}
	free(list->links);
	*list = (struct link_list){ 0 };
}

const char *event_object_to_string(enum event_object object)
{
	static const char *const names[_OBJECT_MAX] = {
		[OBJECT_HBA] = "hba",	  [OBJECT_PORT] = "port",
		[OBJECT_VPORT] = "vport", [OBJECT_RPORT] = "rport",
		[OBJECT_LUN] = "lun",	  [OBJECT_LINK] = "link",
	};

	assert(object < _OBJECT_MAX);
	return names[object];
}

const char *event_kind_to_string(enum event_kind kind)
{
	static const char *const names[_EVENT_KIND_MAX] = {
		[EVENT_ADDED] = "added",
		[EVENT_REMOVED] = "removed",
		[EVENT_CHANGED] = "changed",
	};

	assert(kind < _EVENT_KIND_MAX);
	return names[kind];
}
