// SPDX-License-Identifier: LGPL-2.1-or-later
/* What each event of a device does to the claims of names, one case after another; the property test (tests/property)
 * does it in any order. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../property/memory-store.h"

/* --- a registry, and the devices that claim names in it ------------------------------------------ */

#define N_DEVICES 5
#define N_NAMES	  4 /* three plain ones and one by target */

static const char *const links[N_NAMES] = { "p/0", "p/1", "p/data",
					    "p/by-target/0x1-lun-0" };
static const char *const devices[N_DEVICES] = { "sda", "sdb", "sdc", "sdd", "dm-0" };
static const char *const units[] = { "naa.1", "naa.2", "naa.3", "naa.4" };

struct slot {
	bool is_there; /* in sysfs */
	uint64_t sequence;
	unsigned unit; /* which logical unit it is */
	unsigned meant; /* bit set: the names that it means */
	bool has_event; /* one waits in udev's queue */
	unsigned held; /* bit set: the names that it was granted last */
};

struct world {
	struct memory_store
		memory; /* first: the context of its functions is that of is_alive(), too */
	struct slot slots[N_DEVICES];
	uint64_t sequence;
	struct registry_store store;
};

static size_t device_index(const char *device)
{
	for (size_t i = 0; i < N_DEVICES; i++)
		if (streq(devices[i], device))
			return i;
	fail_msg("no such device: %s", device);
	return 0;
}

static bool is_alive(void *context, const struct claimant *claimant)
{
	const struct world *world = context;
	const struct slot *slot = &world->slots[device_index(claimant->device)];

	return slot->is_there && slot->sequence == claimant->sequence;
}

static struct world *world_new(void)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->store = (struct registry_store){
		.context = &world->memory,
		.load_claim = memory_store_load_claim,
		.save_claim = memory_store_save_claim,
		.load_device = memory_store_load_device,
		.save_device = memory_store_save_device,
		.is_alive = is_alive,
	};
	return world;
}

static void world_free(struct world *world)
{
	memory_store_done(&world->memory);
	free(world);
}
DEFINE_CLEANUP(struct world *, world_free);
#define _cleanup_world_ _cleanup_(world_freep)

/* The claimants of a name. */
static size_t count_claimants(struct world *world, size_t name)
{
	return memory_store_claim(&world->memory, links[name])->n_claimants;
}

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

static void handle_event(struct world *world, size_t n)
{
	struct slot *slot = &world->slots[n];
	struct retrigger_list retrigger = { 0 };
	struct name_list names = { 0 };
	size_t which[N_NAMES];
	struct registry_device device = as(devices[n], slot->sequence, units[slot->unit]);

	slot->has_event = false;
	for (size_t i = 0; i < N_NAMES; i++) {
		if (!(slot->meant & 1U << i))
			continue;
		which[names.n] = i;
		(void)snprintf(names.names[names.n++].link, NPIV_LINK_MAX, "%s",
			       links[i]);
	}
	assert_int_equal(registry_claim(&world->store, &device, &names, &retrigger), 0);
	slot->held = 0;
	for (size_t i = 0; i < names.n; i++)
		if (names.names[i].is_granted)
			slot->held |= 1U << which[i];
	retrigger_devices(world, &retrigger);
}

/* Has udev handle all events. Devices that re-trigger each other for ever are a fault of their own. */
static void settle(struct world *world)
{
	unsigned n_rounds = 0;
	bool is_busy;

	do {
		is_busy = false;
		for (size_t i = 0; i < N_DEVICES; i++) {
			if (!world->slots[i].has_event || !world->slots[i].is_there)
				continue;
			handle_event(world, i);
			is_busy = true;
		}
		assert_true(++n_rounds < 200);
	} while (is_busy);
}

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
	struct retrigger_list retrigger = { 0 };

	world->slots[n].is_there = false;
	world->slots[n].held = 0;
	assert_int_equal(registry_drop(&world->store, devices[n],
				       world->slots[n].sequence, &retrigger),
			 0);
	retrigger_devices(world, &retrigger);
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

/* As npiv-id asks for a partition, and where it cannot save a claim. */
static void look(struct world *world, size_t n, struct name_list *names)
{
	struct registry_device self =
		as(devices[n], world->slots[n].sequence, units[world->slots[n].unit]);

	registry_look(&world->store, &self, names);
}

/* Else the first would take its place back with the next event, and the link would go to and fro. */
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
	assert_int_equal(count_claimants(world, 0), 1);
	assert_int_equal(registry_drop(&world->store, "sda", world->sequence, &retrigger),
			 0);
	assert_int_equal(count_claimants(world, 0), 0);
	assert_int_equal(memory_store_device(&world->memory, "sda")->n_links, 0);
}

static void test_registry_claim_lun_mapped_anew_does_not_take_the_name_over(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct retrigger_list retrigger = { 0 };

	add(world, 0, 0, 1 | 8);
	take_away(world, 0);
	add(world, 0, 1, 1 | 8);
	assert_int_equal(world->slots[0].held, 8); /* by target it is there */
	assert_int_equal(registry_forget(&world->store, links[0], &retrigger), 0);
	retrigger_devices(world, &retrigger);
	settle(world);
	assert_int_equal(world->slots[0].held, 1 | 8);
}

static void accept(struct world *world, size_t name)
{
	struct retrigger_list retrigger = { 0 };

	assert_int_equal(registry_accept(&world->store, links[name], &retrigger), 0);
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
	assert_int_equal(count_claimants(world, 0), 1);
}

static void test_registry_claim_gives_up_a_name_it_means_no_longer(void **state)
{
	_cleanup_world_ struct world *world = world_new();

	add(world, 0, 0, 4);
	world->slots[0].meant = 1;
	world->slots[0].has_event = true;
	settle(world);
	assert_int_equal(world->slots[0].held, 1);
	assert_int_equal(count_claimants(world, 2), 0);
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

	map.is_map = true;
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

static void test_registry_record_is_what_was_claimed(void **state)
{
	_cleanup_world_ struct world *world = world_new();
	struct name_list names = { 0 };

	assert_int_equal(registry_record(&world->store, "sda", &names), 0);
	assert_int_equal(names.n, 0);
	add(world, 0, 1, 1);
	world->slots[0].unit = 2; /* and no event says so */
	assert_int_equal(registry_record(&world->store, "sda", &names), 0);
	assert_int_equal(names.n, 1);
	assert_string_equal(names.names[0].link, "p/0");
	assert_true(names.names[0].is_wanted && names.names[0].is_granted);
	assert_false(names.names[0].is_disputed);
	add(world, 1, 3, 1); /* another unit claims it as well */
	assert_int_equal(registry_record(&world->store, "sda", &names), 0);
	assert_true(!names.names[0].is_granted && names.names[0].is_disputed);
	world->slots[0].sequence++; /* a later device of that name */
	assert_int_equal(registry_record(&world->store, "sda", &names), 0);
	assert_int_equal(names.n, 0);
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
	assert_int_equal(memory_store_device(&world->memory, "sda")->n_links, 0);
	broken.load_claim = load_no_claim;
	assert_int_equal(registry_accept(&broken, "p/0", &retrigger), -EBADMSG);
	assert_int_equal(registry_forget(&broken, "p/0", &retrigger), 0);
	assert_true(claim_is_empty(memory_store_claim(&world->memory, "p/0")));
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
		cmocka_unit_test(test_registry_record_is_what_was_claimed),
		cmocka_unit_test(test_registry_identity_is_the_one_of_the_last_claim),
		cmocka_unit_test(
			test_registry_files_that_cannot_be_read_do_not_stay_for_ever),
	};

	return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
