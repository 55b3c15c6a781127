// SPDX-License-Identifier: LGPL-2.1-or-later
/* The part of 61-npiv.rules in the property test. */
#include "id.h"
#include "sys/claim-dir.h"
#include "system.h"
#include "udev.h"

/* Enters each "npiv/LINK" of a list. */
static int take_links(char *list, name_set *held)
{
	char *word;

	while ((word = strsep(&list, " "))) {
		const char *link = startswith(word, "npiv/");
		int name = link ? model_find_name(link) : NOTHING;

		if (name == NOTHING)
			return -EBADMSG;
		*held |= UINT64_C(1) << name;
	}
	return 0;
}

/* As IMPORT{program} does: KEY=VALUE lines. */
static int take_answer(char *text, name_set *ret_held)
{
	name_set held = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		char *value = strchr(line, '=');
		int r = 0;

		if (!*line)
			continue;
		if (!value)
			return -EBADMSG;
		*value++ = '\0';
		if (streq(line, "NPIV_LINKS") || streq(line, "NPIV_ALIASES"))
			r = take_links(value, &held);
		if (r < 0)
			return r;
	}
	*ret_held = held;
	return 0;
}

/* What npiv-id.c does with a device. */
static int identify(const char *name, FILE *out)
{
	const struct lookup lookup = { system_run, system_sysfs };
	struct device device;
	int r;

	r = device_read(system_sysfs, name, &device);
	if (r <= 0)
		return r;
	return device.kind == DEVICE_DISK ? id_disk(&lookup, &device, out) :
					    id_map(&lookup, &device, out);
}

static int look(struct udev *udev, const struct world *world, int device)
{
	name_set before = udev->held[device];
	char text[4096] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	int r;

	if (!out)
		return -ENOMEM;
	r = identify(world->devices[device].name, out);
	if (fclose(out) != 0)
		return -ENOMEM;
	/* Where npiv-id fails, above all for a device that is gone, nothing has a name. */
	udev->held[device] = 0;
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	/* A map that has lost all paths. */
	if (streq(text, "NPIV_KEEP=1\n")) {
		udev->held[device] = before;
		return 0;
	}
	return take_answer(text, &udev->held[device]);
}

/* What people are told is none of the law's business. */
void id_log_disputes(const struct lookup *lookup, const struct name_list *names)
{
}

int udev_handle(struct udev *udev, const struct world *world, const struct event *event,
		enum trouble trouble)
{
	if (trouble == TROUBLE_KILLED) {
		udev->held[event->device] = 0;
		return 0;
	}
	system_set_event(event->device);
	if (!event->is_removal)
		return look(udev, world, event->device);
	udev->held[event->device] = 0;
	return claim_dir_drop(system_run, system_sysfs,
			      world->devices[event->device].name, event->sequence);
}
