// SPDX-License-Identifier: LGPL-2.1-or-later
/* The one law under random sequences of events: devices that come, go, change and are looked at again
 * late, in any order, as udev's parallel workers do it. A name must never lead to another logical
 * unit than the one it meant; where two claim it, neither has it once things are quiet. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/registry.h"

/* --- a store in memory ----------------------------------------------------------------------- */

#define N_DEVICES 5
#define N_NAMES	  4 /* three plain ones and one by target */
#define N_UNITS	  3

static const char *const links[N_NAMES] = { "p/0", "p/1", "p/data",
					    "p/by-target/0x1-lun-0" };
static const char *const devices[N_DEVICES] = { "sda", "sdb", "sdc", "sdd", "dm-0" };
static const char *const units[N_UNITS] = { "naa.1", "naa.2", "naa.3" };

struct slot {
	bool is_there; /* in sysfs */
	uint64_t sequence;
	unsigned unit; /* which logical unit it is */
	unsigned meant; /* bit set: the names that it means */
	bool has_event; /* one waits in udev's queue */
	uint64_t removed; /* sequence of a device whose remove event waits; it comes first */
	uint64_t running; /* sequence of the device whose worker has asked the helper, and will
			     * set the links; 0: none */
	unsigned granted; /* bit set: what the helper said */
	unsigned held; /* bit set: links that udev has made */
	unsigned held_unit; /* of those */
};

struct world {
	struct claim claims[N_NAMES];
	struct device_names entries[N_DEVICES];
	struct slot slots[N_DEVICES];
	uint64_t sequence;
	int meaning[N_NAMES]; /* the unit that a plain name leads to since the last forget; -1: none */
	struct registry_store store;
};

static size_t link_index(const char *link)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (streq(links[i], link))
			return i;
	fail_msg("no such link: %s", link);
	return 0;
}

static size_t device_index(const char *device)
{
	for (size_t i = 0; i < N_DEVICES; i++)
		if (streq(devices[i], device))
			return i;
	fail_msg("no such device: %s", device);
	return 0;
}

static int copy_claim(const struct claim *claim, struct claim *ret)
{
	assert_int_equal(claim_copy(claim, ret), 0);
	return 0;
}

static int load_claim(void *context, const char *link, struct claim *ret_claim)
{
	struct world *world = context;

	return copy_claim(&world->claims[link_index(link)], ret_claim);
}

static int save_claim(void *context, const char *link, const struct claim *claim)
{
	struct world *world = context;
	struct claim *kept = &world->claims[link_index(link)];

	claim_done(kept);
	return copy_claim(claim, kept);
}

static int copy_entry(const struct device_names *entry, struct device_names *ret)
{
	struct device_names copy = { 0 };

	for (size_t i = 0; i < entry->n_links; i++)
		assert_int_equal(device_names_add(&copy, entry->links[i]), 0);
	*ret = copy;
	return 0;
}

static int load_device(void *context, const char *device, struct device_names *ret_entry)
{
	struct world *world = context;

	return copy_entry(&world->entries[device_index(device)], ret_entry);
}

static int save_device(void *context, const char *device,
		       const struct device_names *entry)
{
	struct world *world = context;
	struct device_names *kept = &world->entries[device_index(device)];

	device_names_done(kept);
	return copy_entry(entry, kept);
}

static bool is_alive(void *context, const struct claimant *claimant)
{
	struct world *world = context;
	const struct slot *slot = &world->slots[device_index(claimant->device)];

	return slot->is_there && slot->sequence == claimant->sequence;
}

static struct world *world_new(void)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->store = (struct registry_store){ world,	     load_claim,  save_claim,
						load_device, save_device, is_alive };
	for (size_t i = 0; i < N_NAMES; i++)
		world->meaning[i] = -1;
	return world;
}

static void world_free(struct world *world)
{
	for (size_t i = 0; i < N_NAMES; i++)
		claim_done(&world->claims[i]);
	for (size_t i = 0; i < N_DEVICES; i++)
		device_names_done(&world->entries[i]);
	free(world);
}
DEFINE_CLEANUP(struct world *, world_free);
#define _cleanup_world_ _cleanup_(world_freep)

static struct registry_device as(const char *name, uint64_t sequence,
				 const char *identity)
{
	static char identities[8][16], nothing[] = "";
	static size_t n;
	char *copy = identities[n++ % ARRAY_SIZE(identities)];

	(void)snprintf(copy, sizeof(identities[0]), "%s", identity);
	return (struct registry_device){
		.name = name,
		.sequence = sequence,
		.unit = { .identity = copy, .traits = nothing },
	};
}

/* --- udev ------------------------------------------------------------------------------------ */

static void retrigger_devices(struct world *world, struct retrigger_list *retrigger)
{
	for (size_t i = 0; i < retrigger->n; i++)
		if (!retrigger->items[i].is_self)
			world->slots[device_index(retrigger->items[i].device)].has_event =
				true;
	retrigger_list_done(retrigger);
}

static bool is_plain(size_t name)
{
	return !name_is_by_target(links[name]);
}

/* The law as it holds at every single moment. */
static void check_meaning(struct world *world, const struct slot *slot)
{
	for (size_t i = 0; i < N_NAMES; i++) {
		if (!(slot->held & 1U << i) || !is_plain(i))
			continue;
		if (world->meaning[i] < 0)
			world->meaning[i] = (int)slot->held_unit;
		assert_int_equal(world->meaning[i], (int)slot->held_unit);
	}
}

static void remove_event(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];
	struct retrigger_list retrigger = { 0 };

	assert_int_equal(
		registry_drop(&world->store, devices[n], slot->removed, &retrigger), 0);
	slot->removed = 0;
	slot->held = 0;
	retrigger_devices(world, &retrigger);
}

/* The helper's part of an event. */
static void begin_event(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];
	struct retrigger_list retrigger = { 0 };
	struct name_list names = { 0 };
	struct registry_device device = as(devices[n], slot->sequence, units[slot->unit]);

	slot->has_event = false;
	for (size_t i = 0; i < N_NAMES; i++)
		if (slot->meant & 1U << i)
			(void)snprintf(names.names[names.n++].link, NPIV_LINK_MAX, "%s",
				       links[i]);
	assert_int_equal(registry_claim(&world->store, &device, &names, &retrigger), 0);
	slot->granted = 0;
	for (size_t i = 0; i < names.n; i++)
		if (names.names[i].is_granted)
			slot->granted |= 1U << link_index(names.names[i].link);
	slot->held_unit = slot->unit;
	slot->running = slot->sequence;
	retrigger_devices(world, &retrigger);
}

/* And what udev makes of it, later. */
static void end_event(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];

	/* A link to a disk that is gone leads nowhere, until its remove event ends that. */
	if (slot->is_there && slot->running == slot->sequence) {
		slot->held = slot->granted;
		check_meaning(world, slot);
	}
	slot->running = 0;
}

/* One step of one worker; false where there is nothing to do. */
static bool step(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];

	if (slot->running)
		end_event(world, n);
	else if (slot->removed)
		remove_event(world, n);
	else if (slot->has_event && slot->is_there)
		begin_event(world, n);
	else
		return false;
	return true;
}

/* --- what happens ---------------------------------------------------------------------------- */

/* xorshift64*: the same sequences everywhere. */
static uint64_t random_state = 88172645463325252U;

static unsigned pick(unsigned n)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (unsigned)((random_state * 2685821657736338717U) >> 33) % n;
}

static void come_or_go(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];

	/* udev handles the events of one kernel name in order; the new disk's waits for the old
	 * one's removal, which may be done while the name is in use again. */
	slot->is_there = !slot->is_there;
	slot->held = 0;
	if (slot->is_there) {
		slot->sequence = ++world->sequence;
		slot->unit = pick(N_UNITS);
		slot->meant = pick(1U << N_NAMES);
		slot->has_event = true;
	} else {
		slot->has_event = false;
		slot->removed = slot->sequence;
	}
}

/* What a change event, a rescan, or changed aliases do. */
static void change(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];

	if (!slot->is_there || slot->running)
		return;
	if (pick(4) == 0)
		slot->unit = pick(N_UNITS);
	if (pick(4) == 0)
		slot->meant = pick(1U << N_NAMES);
	/* The very moment in which a disk turns into another is not ours to see. */
	if (slot->held_unit != slot->unit)
		slot->held = 0;
	slot->has_event = true;
}

/* The admin says that what is there now is meant. Not while a worker is under way: it was told
 * before. A link that a re-triggered device is about to lose means nothing any more. */
static void forget(struct world *world, size_t name)
{
	struct retrigger_list retrigger = { 0 };

	for (size_t i = 0; i < N_DEVICES; i++)
		if (world->slots[i].running)
			return;
	assert_int_equal(registry_forget(&world->store, links[name], &retrigger), 0);
	world->meaning[name] = -1;
	retrigger_devices(world, &retrigger);
	for (size_t i = 0; i < N_DEVICES; i++)
		if (world->slots[i].is_there && !world->slots[i].has_event)
			check_meaning(world, &world->slots[i]);
}

static void something_happens(struct world *world)
{
	unsigned n = pick(N_DEVICES);

	switch (pick(8)) {
	case 0:
	case 1:
		come_or_go(world, n);
		break;
	case 2:
		change(world, n);
		break;
	case 3:
		if (pick(4) == 0)
			forget(world, pick(N_NAMES));
		break;
	default:
		(void)step(world, n);
		break;
	}
}

/* Lets udev run dry. Devices that re-trigger each other for ever are a bug of their own. */
static void settle(struct world *world)
{
	unsigned n_steps = 0;
	bool is_busy;

	do {
		is_busy = false;
		for (size_t i = 0; i < N_DEVICES; i++)
			is_busy = step(world, i) || is_busy;
		assert_true(++n_steps < 200);
	} while (is_busy);
}

/* The law as it holds when things are quiet. */
static void check_quiet(const struct world *world, size_t name)
{
	int unit = -1, n_claimants = 0, n_held = 0;
	bool is_disputed = false;

	for (size_t i = 0; i < N_DEVICES; i++) {
		const struct slot *slot = &world->slots[i];

		if (!slot->is_there || !(slot->meant & 1U << name))
			continue;
		n_claimants++;
		is_disputed = is_disputed || (unit >= 0 && unit != (int)slot->unit);
		unit = (int)slot->unit;
		n_held += slot->held >> name & 1;
	}
	if (is_disputed)
		assert_int_equal(n_held, 0);
	else if (n_claimants > 0 && (!is_plain(name) || world->meaning[name] < 0 ||
				     world->meaning[name] == unit))
		assert_true(n_held == 0 || n_held == n_claimants);
	/* By target there is no memory: one unit alone always has its name. */
	if (!is_disputed && !is_plain(name))
		assert_int_equal(n_held, n_claimants);
}

static void test_registry_claim_random_events_keep_the_law(void **state)
{
	for (unsigned i = 0; i < 100000; i++) {
		_cleanup_world_ struct world *world = world_new();

		for (unsigned n = 5 + pick(60); n > 0; n--)
			something_happens(world);
		settle(world);
		for (size_t n = 0; n < N_NAMES; n++)
			check_quiet(world, n);
	}
}

/* --- single cases ---------------------------------------------------------------------------- */

static void add(struct world *world, size_t n, unsigned unit, unsigned meant)
{
	struct slot *slot = &world->slots[n];

	slot->is_there = true;
	slot->sequence = ++world->sequence;
	slot->unit = unit;
	slot->meant = meant;
	slot->has_event = true;
	settle(world);
}

static void take_away(struct world *world, size_t n)
{
	world->slots[n].is_there = false;
	world->slots[n].removed = world->slots[n].sequence;
	settle(world);
}

static void test_registry_claim_second_unit_takes_the_name_from_both(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 1);
	assert_int_equal(world->slots[0].held, 1);
	add(world, 1, 1, 1);
	assert_int_equal(world->slots[0].held, 0);
	assert_int_equal(world->slots[1].held, 0);
}

static void test_registry_claim_more_paths_of_one_unit_retrigger_nobody(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct registry_device path = as("sdb", 1, "naa.1");
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1);
	world->slots[1] = (struct slot){ .is_there = true, .sequence = 1 };
	assert_int_equal(registry_claim(&world->store, &path, &names, &retrigger), 0);
	assert_int_equal(retrigger.n, 0);
	assert_true(names.names[0].is_granted);
	assert_false(names.names[0].is_first);
	retrigger_list_done(&retrigger);
}

/* Else the first would take its place back with the next event, and the link would go to and fro. */
/* As npiv-id asks for a partition, and where it cannot save a claim. */
static void look(struct world *world, size_t n, struct name_list *names)
{
	struct registry_device self =
		as(devices[n], world->slots[n].sequence, units[world->slots[n].unit]);

	registry_look(&world->store, &self, names);
}

static void test_registry_drop_of_the_first_path_retriggers_the_next(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1);
	add(world, 1, 0, 1);
	add(world, 2, 0, 1);
	world->slots[0].is_there = false;
	assert_int_equal(registry_drop(&world->store, "sda", world->slots[0].sequence,
				       &retrigger),
			 0);
	assert_int_equal(retrigger.n, 1);
	assert_string_equal(retrigger.items[0].device, "sdb");
	look(world, 1, &names);
	assert_true(names.names[0].is_first);
	retrigger_list_done(&retrigger);

	add(world, 0, 0, 1);
	look(world, 0, &names);
	assert_true(names.names[0].is_granted);
	assert_false(names.names[0].is_first);
	world->slots[2].is_there = false;
	retrigger = (struct retrigger_list){ 0 };
	assert_int_equal(registry_drop(&world->store, "sdc", world->slots[2].sequence,
				       &retrigger),
			 0);
	assert_int_equal(retrigger.n, 0);
}

static void test_registry_drop_ends_a_dispute(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 1);
	add(world, 1, 1, 1);
	take_away(world, 1);
	assert_int_equal(world->slots[0].held, 1);
}

static void test_registry_drop_spares_a_later_device_of_that_name(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct retrigger_list retrigger = { 0 };

	world->sequence = 1;
	add(world, 0, 0, 1);
	assert_int_equal(
		registry_drop(&world->store, "sda", world->sequence - 1, &retrigger), 0);
	assert_int_equal(world->claims[0].n_claimants, 1);
	assert_int_equal(registry_drop(&world->store, "sda", world->sequence, &retrigger),
			 0);
	assert_int_equal(world->claims[0].n_claimants, 0);
	assert_int_equal(world->entries[0].n_links, 0);
}

static void test_registry_claim_lun_mapped_anew_does_not_take_the_name_over(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 1 | 8);
	take_away(world, 0);
	add(world, 0, 1, 1 | 8);
	assert_int_equal(world->slots[0].held, 8); /* by target it is there */
	forget(world, 0);
	settle(world);
	assert_int_equal(world->slots[0].held, 1 | 8);
}

static void accept(struct world *world, size_t name)
{
	struct retrigger_list retrigger = { 0 };

	assert_int_equal(registry_accept(&world->store, links[name], &retrigger), 0);
	world->meaning[name] = -1;
	retrigger_devices(world, &retrigger);
	settle(world);
}

/* Two paths that follow one after the other: what is accepted is what they agree on. */
static void test_registry_accept_waits_for_agreement(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 1);
	add(world, 1, 0, 1);
	take_away(world, 0);
	add(world, 0, 1, 1);
	accept(world, 0);
	assert_int_equal(world->slots[0].held, 0);
	take_away(world, 1);
	assert_int_equal(world->slots[0].held, 0); /* the name still means the old unit */
	add(world, 1, 1, 1);
	assert_int_equal(world->slots[1].held, 0);
	accept(world, 0);
	assert_int_equal(world->slots[0].held, 1);
	assert_int_equal(world->slots[1].held, 1);
}

/* Nobody is there: what the name meant is not forgotten for another path's sake. */
static void test_registry_accept_without_claimants(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 1);
	take_away(world, 0);
	accept(world, 0);
	add(world, 0, 1, 1);
	assert_int_equal(world->slots[0].held, 0);
}

/* A dispute is told once for each claim that makes or joins it, not at every event. */
static void test_registry_claim_tells_news(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct registry_device other = as("sdb", 7, "naa.2");
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1);
	world->slots[1] = (struct slot){ .is_there = true, .sequence = 7, .unit = 1 };
	assert_int_equal(registry_claim(&world->store, &other, &names, &retrigger), 0);
	assert_true(names.names[0].is_news);
	assert_int_equal(registry_claim(&world->store, &other, &names, &retrigger), 0);
	assert_false(names.names[0].is_news);
	assert_false(names.names[0].is_granted);
	retrigger_list_done(&retrigger);
}

static void test_registry_claim_lost_remove_event(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 8);
	world->slots[0].is_there = false; /* and udev never hears of it */
	add(world, 1, 1, 8);
	assert_int_equal(world->slots[1].held, 8);
}

static void
test_registry_claim_of_a_device_that_went_meanwhile_is_not_granted(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct registry_device gone = as("sdb", 7, "naa.2");
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1);
	assert_int_equal(registry_claim(&world->store, &gone, &names, &retrigger), 0);
	assert_false(names.names[0].is_granted);
	assert_int_equal(retrigger.n, 0);
	assert_int_equal(world->claims[0].n_claimants, 1);
}

static void test_registry_claim_gives_up_a_name_it_means_no_longer(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 4);
	world->slots[0].meant = 1;
	world->slots[0].has_event = true;
	settle(world);
	assert_int_equal(world->slots[0].held, 1);
	assert_int_equal(world->claims[2].n_claimants, 0);
}

static void test_registry_look_partition(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct name_list names = { .names = { { .link = "p/0" }, { .link = "p/1" } },
				   .n = 2 };

	add(world, 0, 0, 1);
	look(world, 0, &names);
	assert_true(names.names[0].is_granted);
	assert_false(names.names[1].is_granted); /* never claimed */
	assert_false(names.names[0].is_disputed || names.names[1].is_disputed);
	world->slots[0].unit =
		2; /* another unit, of which the registry has yet to hear */
	look(world, 0, &names);
	assert_false(names.names[0].is_granted);
	world->slots[0].unit = 0;
	world->slots[0].sequence++; /* another disk of that name */
	look(world, 0, &names);
	assert_false(names.names[0].is_granted);
	world->slots[0].sequence--;
	add(world, 1, 1, 1);
	look(world, 0, &names);
	assert_false(names.names[0].is_granted);
	assert_true(names.names[0].is_disputed);
	assert_false(names.names[1].is_disputed);
}

static void test_registry_claim_retriggers_own_partitions_when_its_name_goes(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };
	struct registry_device changed;

	add(world, 0, 0, 1);
	changed = as("sda", world->slots[0].sequence, "naa.2");
	assert_int_equal(registry_claim(&world->store, &changed, &names, &retrigger), 0);
	assert_false(names.names[0].is_granted);
	assert_int_equal(retrigger.n, 1);
	assert_true(retrigger.items[0].is_self);
	retrigger_list_done(&retrigger);
}

static void
test_registry_claim_of_a_map_retriggers_partitions_that_asked_before_it(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct registry_device map = as("dm-0", 7, "naa.1");
	struct name_list names = { .names = { { .link = "p/0" } }, .n = 1 };
	struct retrigger_list retrigger = { 0 };

	map.has_loose_partitions = true;
	add(world, 0, 0, 1); /* its path, so that the verdict does not turn */
	world->slots[4].is_there = true;
	world->slots[4].sequence = 7;
	registry_look(&world->store, &map, &names);
	assert_false(names.names[0].is_granted || names.names[0].is_disputed);
	assert_int_equal(registry_claim(&world->store, &map, &names, &retrigger), 0);
	assert_int_equal(retrigger.n, 1);
	assert_string_equal(retrigger.items[0].device, "dm-0");
	assert_true(retrigger.items[0].is_self);
	retrigger_list_done(&retrigger);
	assert_int_equal(registry_claim(&world->store, &map, &names, &retrigger), 0);
	assert_int_equal(retrigger.n, 0);
	/* And when it gives its names up, while it is still there. */
	assert_int_equal(registry_drop(&world->store, "dm-0", 0, &retrigger), 0);
	assert_int_equal(retrigger.n, 1);
	assert_true(retrigger.items[0].is_self);
	retrigger_list_done(&retrigger);
}

static void test_registry_device_is_granted(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	bool is_granted = true;

	assert_int_equal(registry_device_is_granted(&world->store, "dm-0", &is_granted),
			 0);
	assert_false(is_granted);
	add(world, 4, 0, 1 | 2);
	assert_int_equal(registry_device_is_granted(&world->store, "dm-0", &is_granted),
			 0);
	assert_true(is_granted);
	add(world, 0, 1, 2);
	assert_int_equal(registry_device_is_granted(&world->store, "dm-0", &is_granted),
			 0);
	assert_false(is_granted);
}

static void test_registry_identity_is_the_one_of_the_last_claim(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	char *identity = NULL;

	assert_int_equal(registry_identity(&world->store, "sda", &identity), 0);
	assert_null(identity);
	add(world, 0, 1, 1);
	world->slots[0].unit = 2; /* and no event says so */
	assert_int_equal(registry_identity(&world->store, "sda", &identity), 0);
	assert_string_equal(identity, units[1]);
	free(identity);
	world->slots[0].sequence++; /* a later device of that name */
	assert_int_equal(registry_identity(&world->store, "sda", &identity), 0);
	assert_null(identity);
}

static int load_no_claim(void *context, const char *link, struct claim *ret_claim)
{
	return -EBADMSG;
}

static int load_no_entry(void *context, const char *device,
			 struct device_names *ret_entry)
{
	return -EBADMSG;
}

static void test_registry_files_that_cannot_be_read_do_not_stay_for_ever(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct registry_store broken = world->store;
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1);
	broken.load_device = load_no_entry;
	assert_int_equal(registry_drop(&broken, "sda", 0, &retrigger), 0);
	assert_int_equal(world->entries[0].n_links, 0);
	broken.load_claim = load_no_claim;
	assert_int_equal(registry_accept(&broken, "p/0", &retrigger), -EBADMSG);
	assert_int_equal(registry_forget(&broken, "p/0", &retrigger), 0);
	assert_true(claim_is_empty(&world->claims[0]));
	retrigger_list_done(&retrigger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_registry_claim_second_unit_takes_the_name_from_both),
		cmocka_unit_test(
			test_registry_claim_more_paths_of_one_unit_retrigger_nobody),
		cmocka_unit_test(
			test_registry_drop_of_the_first_path_retriggers_the_next),
		cmocka_unit_test(test_registry_drop_ends_a_dispute),
		cmocka_unit_test(test_registry_drop_spares_a_later_device_of_that_name),
		cmocka_unit_test(
			test_registry_claim_lun_mapped_anew_does_not_take_the_name_over),
		cmocka_unit_test(test_registry_accept_waits_for_agreement),
		cmocka_unit_test(test_registry_accept_without_claimants),
		cmocka_unit_test(test_registry_claim_tells_news),
		cmocka_unit_test(test_registry_claim_lost_remove_event),
		cmocka_unit_test(
			test_registry_claim_of_a_device_that_went_meanwhile_is_not_granted),
		cmocka_unit_test(test_registry_claim_gives_up_a_name_it_means_no_longer),
		cmocka_unit_test(test_registry_look_partition),
		cmocka_unit_test(
			test_registry_claim_retriggers_own_partitions_when_its_name_goes),
		cmocka_unit_test(
			test_registry_claim_of_a_map_retriggers_partitions_that_asked_before_it),
		cmocka_unit_test(test_registry_device_is_granted),
		cmocka_unit_test(test_registry_identity_is_the_one_of_the_last_claim),
		cmocka_unit_test(
			test_registry_files_that_cannot_be_read_do_not_stay_for_ever),
		cmocka_unit_test(test_registry_claim_random_events_keep_the_law),
	};

	return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
