// SPDX-License-Identifier: LGPL-2.1-or-later
/* What happens to the SAN and host of the property test. */
#include <stdarg.h>

#include "hand.h"
#include "random.h"

#define N_TRIES 6

void hand_say(struct hand *hand, const char *format, ...)
{
	va_list args;

	if (!hand->trace)
		return;
	va_start(args, format);
	vfprintf(hand->trace, format, args);
	va_end(args);
}

/* --- choices --------------------------------------------------------------------------------- */

/* A device that is there, or is not, from first on; NOTHING where there is none such. */
static int pick(struct hand *hand, int first, int n, bool is_there)
{
	int start = random_below(&hand->seed, n);

	for (int i = 0; i < n; i++) {
		int device = first + (start + i) % n;

		if (hand->world->devices[device].is_there == is_there)
			return device;
	}
	return NOTHING;
}

static bool has_disk(const struct world *world, int vhba, int port, int lun)
{
	for (int i = 0; i < N_DISKS; i++) {
		const struct device_slot *disk = &world->devices[i];

		if (disk->is_there && disk->vhba == vhba && disk->port == port &&
		    disk->lun == lun)
			return true;
	}
	return false;
}

/* --- disks ----------------------------------------------------------------------------------- */

void hand_touch(struct hand *hand, int device)
{
	if (device != NOTHING && hand->world->devices[device].is_there)
		world_add_event(hand->world, device, false);
}

static void add_disk(struct hand *hand)
{
	int slot = pick(hand, 0, N_DISKS, false), vhba = 0, port = 0, lun = 0;
	int unit = NOTHING;

	for (int i = 0; i < N_TRIES && slot != NOTHING && unit == NOTHING; i++) {
		vhba = random_below(&hand->seed, N_VHBAS);
		port = random_below(&hand->seed, N_PORTS);
		lun = random_below(&hand->seed, N_LUNS);
		if (!has_disk(hand->world, vhba, port, lun))
			unit = hand->world->mapped[vhba][port / 2][lun];
	}
	if (unit == NOTHING)
		return;

	hand->world->devices[slot].is_there = true;
	hand->world->devices[slot].sequence = hand->world->next_sequence++;
	hand->world->devices[slot].vhba = vhba;
	hand->world->devices[slot].port = port;
	hand->world->devices[slot].lun = lun;
	hand->world->devices[slot].unit = unit;
	hand->world->devices[slot].size = hand->world->sizes[unit];
	hand->world->devices[slot].is_dumb = random_one_in(&hand->seed, 8);
	hand->world->devices[slot].is_member = random_one_in(&hand->seed, 4);
	hand_touch(hand, slot);
	hand_say(hand, "%s comes: vHBA v%d, port %d, LUN %d, which is unit %d%s%s",
		 hand->world->devices[slot].name, vhba, port, lun, unit,
		 hand->world->devices[slot].is_dumb ? " and does not say so" : "",
		 hand->world->devices[slot].is_member ? ", claimed by multipath" : "");
}

void hand_take_disk(struct hand *hand, int disk)
{
	struct device_slot *slot = &hand->world->devices[disk];

	slot->is_there = false;
	world_add_event(hand->world, disk, true);
	if (slot->map != NOTHING) {
		hand_touch(hand, slot->map);
		/* Until multipathd loads its table anew, the map lists what is no more. */
		if (random_one_in(&hand->seed, 2))
			hand->world->devices[slot->map].n_gone++;
	}
	slot->map = NOTHING;
}

static void remove_disk(struct hand *hand)
{
	int disk = pick(hand, 0, N_DISKS, true);

	if (disk == NOTHING)
		return;
	hand_take_disk(hand, disk);
	hand_say(hand, "%s goes", hand->world->devices[disk].name);
}

static void touch_any(struct hand *hand)
{
	int device = pick(hand, 0, N_DEVICES, true);

	hand_touch(hand, device);
	if (device != NOTHING)
		hand_say(hand, "a change event of %s", hand->world->devices[device].name);
}

/* A unit grows at the array, of which the kernel knows nothing. */
static void grow(struct hand *hand)
{
	int unit = random_below(&hand->seed, N_UNITS);

	if (hand->world->is_rigid)
		return;
	hand->world->sizes[unit] = 1 + random_below(&hand->seed, MAX_SIZE);
	hand_say(hand, "unit %d has size %d", unit, hand->world->sizes[unit]);
}

/* The kernel asks a disk anew, one after another. */
static void rescan(struct hand *hand)
{
	int disk = pick(hand, 0, N_DISKS, true);
	struct device_slot *slot;

	if (disk == NOTHING)
		return;
	slot = &hand->world->devices[disk];
	slot->size = hand->world->sizes[slot->unit];
	slot->is_dumb = false;
	hand_touch(hand, disk);
	hand_touch(hand, slot->map);
	hand_say(hand, "%s is rescanned: unit %d, size %d", slot->name, slot->unit,
		 slot->size);
}

/* The array maps a LUN number to another unit; disks that are there notice it, or are replaced. */
static void remap_for(struct hand *hand, int vhba, int array, int lun, bool is_in_place)
{
	int unit = hand->world->mapped[vhba][array][lun];

	for (int i = 0; i < N_DISKS; i++) {
		struct device_slot *disk = &hand->world->devices[i];

		if (!disk->is_there || disk->vhba != vhba || disk->port / 2 != array ||
		    disk->lun != lun)
			continue;
		if (!is_in_place || unit == NOTHING) {
			hand_take_disk(hand, i);
			continue;
		}
		disk->unit = unit;
		disk->size = hand->world->sizes[unit];
		disk->is_dumb = false;
		hand_touch(hand, i);
		hand_touch(hand, disk->map);
	}
}

static void remap(struct hand *hand)
{
	int only = random_below(&hand->seed, N_VHBAS * 2);
	int array = random_below(&hand->seed, N_ARRAYS);
	int lun = random_below(&hand->seed, N_LUNS);
	int unit = random_below(&hand->seed, N_UNITS + 1) - 1;
	bool is_in_place = random_one_in(&hand->seed, 2);

	for (int vhba = 0; vhba < N_VHBAS; vhba++) {
		if (only < N_VHBAS && vhba != only)
			continue;
		hand->world->mapped[vhba][array][lun] = unit;
		remap_for(hand, vhba, array, lun, is_in_place);
	}
	hand_say(hand, "array %d maps LUN %d to unit %d%s, for ", array, lun, unit,
		 is_in_place ? " under its disks" : " and its disks go");
	if (only < N_VHBAS)
		hand_say(hand, "v%d", only);
	else
		hand_say(hand, "everyone");
}

/* --- multipath ------------------------------------------------------------------------------- */

static void claim(struct hand *hand)
{
	int disk = pick(hand, 0, N_DISKS, true);
	struct device_slot *slot;

	if (disk == NOTHING)
		return;
	slot = &hand->world->devices[disk];
	slot->is_member = !slot->is_member;
	hand_touch(hand, disk);
	hand_say(hand, "multipath %s %s", slot->is_member ? "claims" : "lets go of",
		 slot->name);
}

static void enter_map(struct hand *hand, int disk, int map)
{
	hand->world->devices[disk].map = map;
	if (!random_one_in(&hand->seed, 8))
		hand->world->devices[disk].is_member = true;
	hand_touch(hand, disk);
	hand_say(hand, " %s", hand->world->devices[disk].name);
}

/* Over all paths to one unit; now and then over what does not belong together. */
static void make_map(struct hand *hand)
{
	int map = pick(hand, N_DISKS, N_MAPS, false),
	    first = pick(hand, 0, N_DISKS, true);
	bool is_mixed = random_one_in(&hand->seed, 6);

	if (map == NOTHING || first == NOTHING)
		return;
	hand->world->devices[map].is_there = true;
	hand->world->devices[map].sequence = hand->world->next_sequence++;
	hand->world->devices[map].n_gone = 0;
	hand_touch(hand, map);
	world_touch_part(hand->world, map);
	hand_say(hand, "%s comes, over", hand->world->devices[map].name);
	for (int i = 0; i < N_DISKS; i++) {
		const struct device_slot *disk = &hand->world->devices[i];

		if (disk->is_there && disk->map == NOTHING &&
		    (is_mixed ? random_one_in(&hand->seed, 2) :
				disk->unit == hand->world->devices[first].unit))
			enter_map(hand, i, map);
	}
}

static void change_table(struct hand *hand)
{
	int map = pick(hand, N_DISKS, N_MAPS, true), disk = pick(hand, 0, N_DISKS, true);
	struct device_slot *slot;

	if (map == NOTHING || disk == NOTHING)
		return;
	slot = &hand->world->devices[disk];
	hand->world->devices[map].n_gone = 0;
	hand_touch(hand, map);
	if (slot->map == map) {
		slot->map = NOTHING;
		hand_say(hand, "%s loses %s", hand->world->devices[map].name, slot->name);
	} else if (slot->map == NOTHING) {
		hand_say(hand, "%s gets", hand->world->devices[map].name);
		enter_map(hand, disk, map);
	}
}

static void remove_map(struct hand *hand)
{
	int map = pick(hand, N_DISKS, N_MAPS, true);
	bool are_free = random_one_in(&hand->seed, 2);

	if (map == NOTHING)
		return;
	for (int i = 0; i < N_DISKS; i++) {
		if (!world_is_slave(hand->world, i, map))
			continue;
		hand->world->devices[i].map = NOTHING;
		if (are_free)
			hand->world->devices[i].is_member = false;
		hand_touch(hand, i);
	}
	hand->world->devices[map].is_there = false;
	world_add_event(hand->world, map, true);
	hand_say(hand, "%s goes", hand->world->devices[map].name);
}

/* --------------------------------------------------------------------------------------------- */

enum change_kind change_kind_draw(uint64_t *seed)
{
	static const enum change_kind often[] = {
		CHANGE_ADD_DISK, CHANGE_ADD_DISK,    CHANGE_ADD_DISK,
		CHANGE_ADD_DISK, CHANGE_REMOVE_DISK, CHANGE_REMOVE_DISK,
		CHANGE_REMAP,	 CHANGE_MAKE_MAP,    CONFIG_ACTION_RELOAD,
	};
	int n = random_below(seed, (int)ARRAY_SIZE(often) + _CHANGE_KIND_MAX);

	return n < _CHANGE_KIND_MAX ? (enum change_kind)n : often[n - _CHANGE_KIND_MAX];
}

void change_apply(struct world *world, const struct change *change, FILE *trace,
		  struct change_effect *ret_effect)
{
	struct hand hand = {
		.world = world,
		.seed = change->seed,
		.trace = trace,
		.effect = { .forgotten_pool = NOTHING,
			    .accepted_pool = NOTHING,
			    .started_pool = NOTHING },
	};

	switch (change->kind) {
	case CHANGE_ADD_DISK:
		add_disk(&hand);
		break;
	case CHANGE_REMOVE_DISK:
		remove_disk(&hand);
		break;
	case CHANGE_TOUCH:
		touch_any(&hand);
		break;
	case CHANGE_GROW:
		grow(&hand);
		break;
	case CHANGE_RESCAN:
		rescan(&hand);
		break;
	case CHANGE_REMAP:
		remap(&hand);
		break;
	case CHANGE_CLAIM:
		claim(&hand);
		break;
	case CHANGE_MAKE_MAP:
		make_map(&hand);
		break;
	case CHANGE_TABLE:
		change_table(&hand);
		break;
	case CHANGE_REMOVE_MAP:
		remove_map(&hand);
		break;
	case CONFIG_ACTION_RELOAD:
	case CONFIG_ACTION_STOP:
	case CONFIG_ACTION_START:
		hand_change_vhba(&hand, change->kind == CONFIG_ACTION_STOP);
		break;
	case _CHANGE_KIND_MAX:
		break;
	}
	*ret_effect = hand.effect;
}
