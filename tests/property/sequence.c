// SPDX-License-Identifier: LGPL-2.1-or-later
/* Runs sequences of changes, asserts the law of names after each, and shortens those that break it. */
#include <stdarg.h>

#include "random.h"
#include "sequence.h"
#include "names/names.h"
#include "system.h"
#include "udev.h"

#define BIT(name) (UINT64_C(1) << (name))
#define N_EVENTS_A_CHANGE \
	2000 /* far more than any change makes: they go round in a circle */

struct run {
	struct world world;
	struct model model;
	struct udev udev;
	int meant[N_NAMES]; /* the unit that each name has led to since its pool was forgotten */
	name_set contested; /* when all events had been handled last */
	name_set stale
		[N_DEVICES]; /* held since before that: the next event of the device tells */
	/* The partition of a map asked last when the map had no path: it was told what it was told before. */
	bool is_kept_part[N_MAPS];
	bool is_troubled;
	FILE *trace;
	struct sequence_verdict verdict;
};

_printf_(2, 3) static void fault(struct run *run, const char *format, ...)
{
	va_list args;

	if (!run->verdict.is_kept)
		return; /* the first one counts */
	run->verdict.is_kept = false;
	va_start(args, format);
	vsnprintf(run->verdict.fault, sizeof(run->verdict.fault), format, args);
	va_end(args);
}

/* --- the law --------------------------------------------------------------------------------- */

/* Whether a name leads to the device that it was given to: not to one that has gone since, or to a
 * later one of its name, of which udev has yet to hear. */
static bool leads_to(const struct run *run, int name, int device)
{
	const struct device_slot *slot = &run->world.devices[device];

	return run->udev.held[device] & BIT(name) && slot->is_there &&
	       run->model.devices[device].sequence == slot->sequence;
}

static void lies(struct run *run, int name, int unit, int device)
{
	char text[NAME_SIZE];

	model_name(name, text);
	fault(run, "%s means unit %d, but leads to %s, unit %d", text, unit,
	      run->world.devices[device].name, run->model.devices[device].unit);
}

/* At every moment: a name leads to one logical unit, and to no other than it has led to. */
static void check_name(struct run *run, int name)
{
	int now = NOTHING;

	for (int i = 0; i < N_DEVICES; i++) {
		int unit = run->model.devices[i].unit;

		/* What was told of a mere place holds until its device hears better. */
		if (!leads_to(run, name, i) ||
		    (model_is_place(unit) && run->stale[i] & BIT(name)))
			continue;
		if (now != NOTHING && now != unit)
			lies(run, name, now, i);
		now = unit;
		if (model_name_is_place(name) || run->stale[i] & BIT(name))
			continue;
		if (run->meant[name] != NOTHING && run->meant[name] != unit)
			lies(run, name, run->meant[name], i);
		run->meant[name] = unit;
	}
}

static void check_always(struct run *run)
{
	for (int name = 0; name < N_NAMES; name++)
		check_name(run, name);
}

/* A law that is never put to the test proves nothing. */
static void count_contested(struct run *run)
{
	name_set contested = 0, before = run->contested;

	for (int name = 0; name < N_NAMES; name++)
		if (model_is_contested(&run->model, name))
			contested |= BIT(name);
	run->contested = contested;
	run->verdict.n_contested += __builtin_popcountll(contested & ~before);
	for (int name = 0; name < N_NAMES; name++)
		for (int i = 0; i < N_DEVICES; i++)
			if (before & ~contested & BIT(name) && leads_to(run, name, i)) {
				run->verdict.n_regained++;
				break;
			}
}

/* Once udev has heard of everything, each device has exactly the names that the law gives it: those
 * that are its own come back, and those that two units claim are nobody's. */
static void check_settled(struct run *run)
{
	for (int i = 0; i < N_DEVICES; i++) {
		name_set wanted, wrong;
		char text[NAME_SIZE];

		if (!run->world.devices[i].is_there)
			continue;
		wanted = model_expects(&run->model, &run->world, i);
		wrong = wanted ^ run->udev.held[i];
		if (!wrong)
			continue;
		model_name(__builtin_ctzll(wrong), text);
		fault(run, "%s is %s's, but %s", text, run->world.devices[i].name,
		      wanted & wrong ? "it has not got it" : "it should not be");
	}
}

static bool has_paths(const struct world *world, int map)
{
	for (int i = 0; i < N_DISKS; i++)
		if (world_is_slave(world, i, map))
			return true;
	return false;
}

/* Once udev has heard of everything, the partition of a map has the names that its map has, and whoever asks is
 * told that a name of it is disputed only where it is. */
static void check_parts(struct run *run)
{
	for (int i = 0; i < N_MAPS; i++) {
		int map = N_DISKS + i;
		const char *name = run->world.devices[map].name;

		if (!run->world.devices[map].is_there || run->is_kept_part[i] ||
		    !has_paths(&run->world, map))
			continue;
		if (run->udev.parts[i] != run->udev.held[map])
			fault(run, "the partition of %s has other names than its map",
			      name);
		if (run->udev.is_ambiguous[i] && !model_has_contested(&run->model, map))
			fault(run, "the partition of %s is ambiguous without a cause",
			      name);
	}
}

/* --- events ---------------------------------------------------------------------------------- */

/* Events of one device are handled in their order, those of different devices in any. */
static struct event take_event(struct world *world, uint64_t *seed)
{
	int n = random_below(seed, world->n_events), device = world->events[n].device;
	struct event event;

	for (n = 0; world->events[n].device != device; n++)
		;
	event = world->events[n];
	world->n_events--;
	memmove(&world->events[n], &world->events[n + 1],
		(size_t)(world->n_events - n) * sizeof(event));
	return event;
}

static const char *const trouble_words[] = {
	[TROUBLE_NONE] = "",
	[TROUBLE_FULL] = ", and /run is full",
	[TROUBLE_LOCKED] = ", and the registry is locked",
	[TROUBLE_KILLED] = ", and npiv-id is killed",
};

static enum trouble draw_trouble(const struct run *run, uint64_t *seed)
{
	if (!run->is_troubled || !random_one_in(seed, 3))
		return TROUBLE_NONE;
	return (enum trouble)(1 + random_below(seed, _TROUBLE_MAX - 1));
}

/* Has udev handle an event, of a device or of the partition of a map. */
static void ask(struct run *run, const struct event *event, uint64_t *seed)
{
	bool is_part = event->device >= FIRST_PART;
	int device = is_part ? event->device - FIRST_PART + N_DISKS : event->device;
	enum trouble trouble = draw_trouble(run, seed);
	int r;

	system_set_trouble(trouble, random_next(seed));
	r = udev_handle(&run->udev, &run->world, event, trouble);
	system_set_trouble(TROUBLE_NONE, 0);
	if (r < 0 && (trouble == TROUBLE_NONE || r == -EBADMSG))
		fault(run, "an event of %s%s: %s", is_part ? "the partition of " : "",
		      run->world.devices[device].name, strerror(-r));
	run->verdict.n_events++;
	if (run->trace)
		fprintf(run->trace, "      udev handles %s of %s%s%s\n",
			event->is_removal ? "the removal" : "an event",
			is_part ? "the partition of " : "",
			run->world.devices[device].name, trouble_words[trouble]);
}

/* A worker of udev makes the links that npiv-id gave a device: other devices may have asked since. */
static void make_late_links(struct run *run, int device)
{
	if (!run->udev.late[device])
		return;
	udev_make_late_links(&run->udev, &run->world, device);
	check_always(run);
}

static void make_all_late_links(struct run *run)
{
	for (int i = 0; i < N_DEVICES; i++)
		make_late_links(run, i);
}

/* The partition of a map: it claims nothing. */
static void handle_part(struct run *run, const struct event *event, uint64_t *seed)
{
	int n = event->device - FIRST_PART;

	if (!run->world.devices[N_DISKS + n].is_there)
		return;
	run->is_kept_part[n] = !has_paths(&run->world, N_DISKS + n);
	ask(run, event, seed);
}

/* What a disk was before, as a name has it. In trouble that may not be what it was at its last event, of which nothing
 * was saved. While a worker has yet to make the first link, the name means nothing. */
static int unit_before(const struct run *run, int device, int was, int name)
{
	int meant = run->meant[name];

	return meant != NOTHING && run->is_troubled &&
			       model_is_place_of(&run->world.devices[device], meant) ?
		       meant :
		       was;
}

/* What nothing but a place was known of is known better now: a name of it has meant that all the time. */
static void turn_out(struct run *run, int device, int was)
{
	int unit = run->model.devices[device].unit;

	for (int name = 0; name < N_NAMES; name++) {
		int before = unit_before(run, device, was, name);

		if (!(run->model.devices[device].said & BIT(name)) || before == unit ||
		    !model_is_place(before) || !model_can_be(device, before, unit) ||
		    (run->meant[name] != before && run->meant[name] != NOTHING))
			continue;
		/* Whether that was saved the model does not know. */
		if (run->meant[name] == before)
			run->meant[name] = run->is_troubled ? NOTHING : unit;
		for (int i = 0; i < N_DEVICES; i++)
			if (run->model.devices[i].unit == before)
				run->stale[i] |= BIT(name);
	}
}

static void handle(struct run *run, const struct event *event, uint64_t *seed)
{
	uint64_t sequence;
	name_set before;
	int was;

	if (event->device >= FIRST_PART) {
		handle_part(run, event, seed);
		return;
	}
	make_late_links(run, event->device);
	before = run->udev.held[event->device];
	was = run->model.devices[event->device].unit;
	sequence = run->model.devices[event->device].sequence;
	ask(run, event, seed);
	if (!event->is_removal && random_one_in(seed, 3))
		udev_delay_links(&run->udev, &run->world, event->device, before);
	run->stale[event->device] = 0;
	if (event->is_removal)
		model_drop(&run->model, &run->world, event->device, event->sequence);
	else if (run->world.devices[event->device].is_there)
		model_look(&run->model, &run->world, event->device);
	if (sequence == run->model.devices[event->device].sequence)
		turn_out(run, event->device, was);
	system_take_triggers();
	check_always(run);
}

static void handle_some(struct run *run, int n, uint64_t *seed)
{
	while (run->world.n_events > 0 && n-- > 0 && run->verdict.is_kept) {
		struct event event = take_event(&run->world, seed);

		handle(run, &event, seed);
		make_late_links(run, random_below(seed, N_DEVICES));
	}
}

static void handle_all(struct run *run, uint64_t *seed)
{
	handle_some(run, N_EVENTS_A_CHANGE, seed);
	make_all_late_links(run);
	if (run->world.n_events > 0 || run->world.is_overrun)
		fault(run, "the events never end");
	/* What could not be saved the model does not know of. */
	if (run->is_troubled)
		return;
	check_settled(run);
	check_parts(run);
	count_contested(run);
}

/* --- changes --------------------------------------------------------------------------------- */

static name_set names_of_pool(int pool)
{
	return (BIT(NAMES_OF_POOL) - 1) << (pool * NAMES_OF_POOL);
}

/* These names may take on other meanings from here on. No worker is under way then: it was told before. */
static void begin_anew(struct run *run, name_set names)
{
	for (int name = 0; name < N_NAMES; name++)
		if (names & BIT(name))
			run->meant[name] = NOTHING;
	for (int i = 0; i < N_DEVICES; i++)
		run->stale[i] |= run->udev.held[i] & names;
	system_take_triggers();
	check_always(run);
}

static void forget(struct run *run, int pool)
{
	int r;

	make_all_late_links(run);
	r = names_forget(system_run, system_sysfs, pool_names[pool]);
	if (r < 0)
		fault(run, "pool %s cannot be forgotten: %s", pool_names[pool],
		      strerror(-r));
	model_forget(&run->model, &run->world, pool);
	begin_anew(run, names_of_pool(pool));
}

/* A start: by its end, where nobody knew of any name when it began, names mean what they mean then. */
static void finish_start(struct run *run, int pool, bool are_names_new, uint64_t *seed)
{
	int r;

	handle_some(run, random_below(seed, 8), seed);
	if (!are_names_new)
		return;
	make_all_late_links(run);
	r = names_settle(system_run, system_sysfs, pool_names[pool]);
	if (r < 0)
		fault(run, "pool %s cannot be settled: %s", pool_names[pool],
		      strerror(-r));
	model_settle(&run->model, &run->world, pool);
	begin_anew(run, names_of_pool(pool));
}

/* Whether a start that begins now is the first one of its pool. */
static bool are_names_new(struct run *run, int pool)
{
	bool is_known = names_has_names(system_run, pool_names[pool]);

	if (!run->is_troubled && is_known != model_knows(&run->model, pool))
		fault(run, "names of pool %s are%s known", pool_names[pool],
		      is_known ? "" : " not");
	return !is_known;
}

static void accept(struct run *run, int pool)
{
	const struct model before = run->model;
	name_set changed = 0;
	int r;

	make_all_late_links(run);
	r = names_accept(system_run, system_sysfs, pool_names[pool]);
	if (r < 0)
		fault(run, "pool %s cannot be accepted: %s", pool_names[pool],
		      strerror(-r));
	model_accept(&run->model, &run->world, pool);
	for (int name = 0; name < N_NAMES; name++)
		if (run->is_troubled || run->model.meaning[name] != before.meaning[name])
			changed |= BIT(name);
	begin_anew(run, changed);
}

static void print_names(const struct run *run)
{
	char text[NAME_SIZE];

	for (int name = 0; name < N_NAMES; name++)
		for (int i = 0; i < N_DEVICES; i++) {
			if (!leads_to(run, name, i))
				continue;
			model_name(name, text);
			fprintf(run->trace, "      %s -> %s, unit %d\n", text,
				run->world.devices[i].name, run->model.devices[i].unit);
		}
}

static void step(struct run *run, const struct change *change)
{
	uint64_t seed = change->seed ^
			UINT64_C(0x6e616d6573); /* for the order of events */
	bool are_new[N_POOLS];
	struct change_effect effect;

	for (int pool = 0; pool < N_POOLS; pool++)
		are_new[pool] = are_names_new(run, pool);
	if (run->trace)
		fprintf(run->trace, "  %2ld. ", ++run->verdict.n_changes);
	change_apply(&run->world, change, run->trace, &effect);
	if (run->trace)
		fputc('\n', run->trace);
	system_show();
	check_always(run);
	if (effect.is_settled_first)
		handle_all(run, &seed);
	if (effect.forgotten_pool != NOTHING)
		forget(run, effect.forgotten_pool);
	if (effect.accepted_pool != NOTHING)
		accept(run, effect.accepted_pool);
	if (effect.started_pool != NOTHING)
		finish_start(run, effect.started_pool, are_new[effect.started_pool],
			     &seed);
	switch (random_below(&seed, 4)) {
	case 0:
		break;
	case 1:
		handle_some(run, 1 + random_below(&seed, 3), &seed);
		break;
	default:
		handle_all(run, &seed);
	}
	if (run->trace)
		print_names(run);
}

static void look_everywhere(struct run *run, uint64_t *seed)
{
	for (int i = 0; i < N_DEVICES; i++)
		if (run->world.devices[i].is_there)
			world_add_event(&run->world, i, false);
	for (int i = N_DISKS; i < N_DEVICES; i++)
		world_touch_part(&run->world, i);
	handle_some(run, N_EVENTS_A_CHANGE, seed);
}

/* A map without paths keeps what it had claimed; what of that was saved the model does not know. multipathd has
 * taken paths that are gone out of the others: what these keep of their names depends on what was saved, too. */
static void take_orphans(struct run *run)
{
	for (int i = N_DISKS; i < N_DEVICES; i++) {
		run->world.devices[i].n_gone = 0;
		if (!run->world.devices[i].is_there || has_paths(&run->world, i))
			continue;
		run->world.devices[i].is_there = false;
		world_add_event(&run->world, i, true);
	}
	system_show();
}

/* Nothing of the trouble lasts: once each device was looked at and the pools are reloaded, all is as if
 * there had been none. */
static void get_over_it(struct run *run, uint64_t *seed)
{
	run->is_troubled = false;
	take_orphans(run);
	look_everywhere(run, seed);
	for (int pool = 0; pool < N_POOLS; pool++)
		forget(run, pool);
	look_everywhere(run, seed);
}

void sequence_run(const struct sequence *sequence, FILE *trace,
		  struct sequence_verdict *ret_verdict)
{
	static struct run run; /* too large for a stack */
	uint64_t seed = 1;

	run = (struct run){
		.is_troubled = sequence->is_troubled,
		.trace = trace,
		.verdict.is_kept = true,
	};
	world_init(&run.world);
	/* Which sizes went together counts, and what of that was saved the model does not know. */
	run.world.is_rigid = run.is_troubled;
	for (int i = 0; i < N_UNITS && run.is_troubled; i++)
		run.world.sizes[i] = 1;
	model_init(&run.model);
	for (int name = 0; name < N_NAMES; name++)
		run.meant[name] = NOTHING;
	system_open(&run.world);
	system_show();
	for (int i = 0; i < sequence->n && run.verdict.is_kept; i++) {
		step(&run, &sequence->changes[i]);
		run.verdict.n_changes = i + 1;
	}
	if (run.verdict.is_kept && run.is_troubled)
		get_over_it(&run, &seed);
	if (run.verdict.is_kept)
		handle_all(&run, &seed);
	system_close();
	world_done(&run.world);
	*ret_verdict = run.verdict;
}

void sequence_draw(struct sequence *sequence, uint64_t seed)
{
	sequence->is_troubled = random_one_in(&seed, 3);
	sequence->n = 8 + random_below(&seed, SEQUENCE_MAX - 8);
	for (int i = 0; i < sequence->n; i++) {
		sequence->changes[i].kind = change_kind_draw(&seed);
		sequence->changes[i].seed = random_next(&seed);
	}
}

static bool breaks_without(const struct sequence *sequence, int first, int n,
			   struct sequence *ret_shorter)
{
	struct sequence_verdict verdict;

	*ret_shorter = *sequence;
	memmove(&ret_shorter->changes[first], &ret_shorter->changes[first + n],
		(size_t)(sequence->n - first - n) * sizeof(sequence->changes[0]));
	ret_shorter->n -= n;
	sequence_run(ret_shorter, NULL, &verdict);
	return !verdict.is_kept;
}

void sequence_shrink(struct sequence *sequence)
{
	struct sequence shorter;

	for (int n = sequence->n / 2; n > 0; n /= 2)
		for (int first = 0; first + n <= sequence->n;) {
			if (breaks_without(sequence, first, n, &shorter))
				*sequence = shorter;
			else
				first++;
		}
}
