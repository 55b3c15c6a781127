// SPDX-License-Identifier: LGPL-2.1-or-later
/* The part of 61-npiv.rules in the property test. */
#include "id/id.h"
#include "names/names.h"
#include "system.h"
#include "udev.h"

#define PART "-part1"

struct answer {
	name_set held;
	bool is_ambiguous;
};

/* Enters each "npiv/LINK" of a list; of a partition each ends in -part1. */
static int take_links(char *list, bool is_part, name_set *held)
{
	char *word;

	while ((word = strsep(&list, " "))) {
		const char *link = startswith(word, "npiv/");
		char *end = is_part ? strstr(word, PART) : NULL;
		int name;

		if (is_part && (!end || !streq(end, PART)))
			return -EBADMSG;
		if (end)
			*end = '\0';
		name = link ? model_find_name(link) : NOTHING;

		if (name == NOTHING)
			return -EBADMSG;
		*held |= UINT64_C(1) << name;
	}
	return 0;
}

/* As IMPORT{program} does: KEY=VALUE lines. */
static int take_answer(char *text, bool is_part, struct answer *ret_answer)
{
	struct answer answer = { 0 };
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
			r = take_links(value, is_part, &answer.held);
		else if (streq(line, "NPIV_AMBIGUOUS"))
			answer.is_ambiguous = true;
		if (r < 0)
			return r;
	}
	*ret_answer = answer;
	return 0;
}

/* What npiv-id.c does with a device. */
static int identify(const char *name, bool is_part, FILE *out)
{
	const struct lookup lookup = { system_run, system_sysfs };
	struct device device;
	int r;

	r = device_read(system_sysfs, name, &device);
	if (r <= 0)
		return r;
	device.partition = is_part;
	return device.kind == DEVICE_DISK ? id_disk(&lookup, &device, out) :
					    id_map(&lookup, &device, out);
}

#define KEEP_NAMES "NPIV_KEEP=1\nNPIV_KEEP_NAMES=no\n"

static int look(const char *name, bool is_part, struct answer *answer)
{
	const struct answer before = *answer;
	char text[4096] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	int r;

	if (!out)
		return -ENOMEM;
	r = identify(name, is_part, out);
	if (fclose(out) != 0)
		return -ENOMEM;
	/* Where npiv-id fails, above all for a device that is gone, nothing has a name. */
	*answer = (struct answer){ 0 };
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	/* A map that has lost all paths. */
	if (streq(text, "NPIV_KEEP=1\n")) {
		*answer = before;
		return 0;
	}
	/* A partition of such a map. */
	if (strncmp(text, KEEP_NAMES, strlen(KEEP_NAMES)) == 0)
		memmove(text, text + strlen(KEEP_NAMES),
			strlen(text) - strlen(KEEP_NAMES) + 1);
	return take_answer(text, is_part, answer);
}

static int look_whole(struct udev *udev, const struct world *world, int device)
{
	struct answer answer = { .held = udev->held[device] };
	int r;

	system_set_event(device);
	r = look(world->devices[device].name, false, &answer);
	udev->held[device] = answer.held;
	return r;
}

static int look_part(struct udev *udev, const struct world *world, int n)
{
	const struct device_slot *map = &world->devices[N_DISKS + n];
	struct answer answer = { 0 };
	int r;

	/* A map that is made anew has a new partition, of which udev knows nothing. */
	if (udev->part_sequences[n] == map->sequence)
		answer = (struct answer){ udev->parts[n], udev->is_ambiguous[n] };
	udev->part_sequences[n] = map->sequence;
	r = look(map->name, true, &answer);
	udev->parts[n] = answer.held;
	udev->is_ambiguous[n] = answer.is_ambiguous;
	return r;
}

/* What people are told is none of the law's business. */
void id_log_disputes(const struct lookup *lookup, const struct name_list *names)
{
}

int udev_handle(struct udev *udev, const struct world *world, const struct event *event,
		enum trouble trouble)
{
	if (trouble == TROUBLE_KILLED) {
		if (event->device >= FIRST_PART)
			udev->parts[event->device - FIRST_PART] = 0;
		else
			udev->held[event->device] = 0;
		return 0;
	}
	if (event->device >= FIRST_PART)
		return look_part(udev, world, event->device - FIRST_PART);
	if (!event->is_removal)
		return look_whole(udev, world, event->device);
	udev->held[event->device] = 0;
	return names_drop(system_run, system_sysfs, world->devices[event->device].name,
			  event->sequence);
}

void udev_delay_links(struct udev *udev, const struct world *world, int device,
		      name_set before)
{
	udev->late[device] = udev->held[device] & ~before;
	udev->late_sequences[device] = world->devices[device].sequence;
	udev->held[device] &= before;
}

void udev_make_late_links(struct udev *udev, const struct world *world, int device)
{
	const struct device_slot *slot = &world->devices[device];

	if (slot->is_there && slot->sequence == udev->late_sequences[device])
		udev->held[device] |= udev->late[device];
	udev->late[device] = 0;
}
