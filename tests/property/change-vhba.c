// SPDX-License-Identifier: LGPL-2.1-or-later
/* vHBAs of the property test that are started, stopped, or configured anew. */
#include "hand.h"
#include "random.h"

static void draw_aliases(struct hand *hand, struct vhba *vhba)
{
	vhba->n_aliases = random_below(&hand->seed, N_ALIASES + 1);
	for (int i = 0; i < vhba->n_aliases; i++) {
		struct alias *alias = &vhba->aliases[i];

		alias->name = random_below(&hand->seed, N_ALIAS_NAMES);
		alias->is_by_unit = random_one_in(&hand->seed, 2);
		alias->is_scsi_id_form = random_one_in(&hand->seed, 2);
		/* Only the first four units have a WWID of their own that could stand in a file. */
		alias->subject =
			random_below(&hand->seed, alias->is_by_unit ? 4 : N_LUNS);
	}
}

static void draw_config(struct hand *hand, struct vhba *vhba)
{
	if (random_one_in(&hand->seed, 6))
		vhba->pool = random_below(&hand->seed, N_POOLS);
	vhba->multipath = (enum multipath_mode)random_below(&hand->seed, 3);
	draw_aliases(hand, vhba);
}

static bool is_shared(const struct world *world, int n)
{
	for (int i = 0; i < N_VHBAS; i++)
		if (i != n && world->vhbas[i].is_up &&
		    world->vhbas[i].pool == world->vhbas[n].pool)
			return true;
	return false;
}

/* What a start and a reload do in the end: every disk of the vHBA, and the maps above. */
static void touch_all(struct hand *hand, int n)
{
	for (int i = 0; i < N_DISKS; i++) {
		const struct device_slot *disk = &hand->world->devices[i];

		if (!disk->is_there || disk->vhba != n)
			continue;
		hand_touch(hand, i);
		hand_touch(hand, disk->map);
		if (disk->map != NOTHING)
			world_touch_part(hand->world, disk->map);
	}
}

static void say_config(struct hand *hand, const struct vhba *vhba)
{
	static const char *const modes[] = { "auto", "yes", "no" };

	hand_say(hand, ": pool %s, multipath %s", pool_names[vhba->pool],
		 modes[vhba->multipath]);
	for (int i = 0; i < vhba->n_aliases; i++)
		hand_say(hand, ", alias %s of %s %d", alias_names[vhba->aliases[i].name],
			 vhba->aliases[i].is_by_unit ? "unit" : "LUN",
			 vhba->aliases[i].subject);
}

static void reload(struct hand *hand, int n)
{
	struct vhba *vhba = &hand->world->vhbas[n];

	if (is_shared(hand->world, n))
		hand->effect.accepted_pool = vhba->pool;
	else
		hand->effect.forgotten_pool = vhba->pool;
	draw_config(hand, vhba);
	world_remember(hand->world, n);
	touch_all(hand, n);
	hand_say(hand, "v%d is reloaded%s", n,
		 hand->effect.forgotten_pool == NOTHING ? "" : " (and forgets)");
	say_config(hand, vhba);
}

static void stop(struct hand *hand, int n)
{
	struct vhba *vhba = &hand->world->vhbas[n];
	bool are_left = random_one_in(&hand->seed, 4);

	if (!is_shared(hand->world, n))
		hand->effect =
			(struct change_effect){ vhba->pool, NOTHING, NOTHING, true };
	vhba->is_up = false;
	world_remember(hand->world, n);
	touch_all(hand, n);
	for (int i = 0; i < N_DISKS && !are_left; i++)
		if (hand->world->devices[i].is_there && hand->world->devices[i].vhba == n)
			hand_take_disk(hand, i);
	hand_say(hand, "v%d is stopped%s%s", n, are_left ? ", its disks stay" : "",
		 hand->effect.forgotten_pool == NOTHING ? "" : " (and forgets)");
}

static void start(struct hand *hand, int n)
{
	struct vhba *vhba = &hand->world->vhbas[n];

	vhba->is_up = true;
	draw_config(hand, vhba);
	world_remember(hand->world, n);
	touch_all(hand, n);
	if (!is_shared(hand->world, n))
		hand->effect.started_pool = vhba->pool;
	hand_say(hand, "v%d is started", n);
	say_config(hand, vhba);
}

void hand_change_vhba(struct hand *hand, bool is_stop)
{
	int n = random_below(&hand->seed, STRANGER);
	bool is_up = hand->world->vhbas[n].is_up;

	if (!is_up)
		start(hand, n);
	else if (is_stop)
		stop(hand, n);
	else
		reload(hand, n);
}
