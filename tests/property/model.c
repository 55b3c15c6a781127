// SPDX-License-Identifier: LGPL-2.1-or-later
/* The law of names, said a second time. */
#include <inttypes.h>

#include "model.h"

#define BIT(name)     (UINT64_C(1) << (name))
#define FIRST_PLACE   (N_LUNS + N_ALIAS_NAMES)
#define UNIT_OF_PLACE 100 /* of a unit that nothing but its place identifies */

/* --- names ----------------------------------------------------------------------------------- */

static int name_of_lun(int pool, int lun)
{
	return pool * NAMES_OF_POOL + lun;
}

static int name_of_alias(int pool, int alias)
{
	return pool * NAMES_OF_POOL + N_LUNS + alias;
}

static int name_of_place(int pool, int port, int lun)
{
	return pool * NAMES_OF_POOL + FIRST_PLACE + port * N_LUNS + lun;
}

bool model_name_is_place(int name)
{
	return name % NAMES_OF_POOL >= FIRST_PLACE;
}

void model_name(int name, char buf[static NAME_SIZE])
{
	const char *pool = pool_names[name / NAMES_OF_POOL];
	int rest = name % NAMES_OF_POOL;

	if (rest < N_LUNS)
		(void)snprintf(buf, NAME_SIZE, "%s/%d", pool, rest);
	else if (rest < FIRST_PLACE)
		(void)snprintf(buf, NAME_SIZE, "%s/%s", pool, alias_names[rest - N_LUNS]);
	else
		(void)snprintf(buf, NAME_SIZE, "%s/by-target/0x%016" PRIx64 "-lun-%d",
			       pool, port_wwpns[(rest - FIRST_PLACE) / N_LUNS],
			       (rest - FIRST_PLACE) % N_LUNS);
}

int model_find_name(const char *text)
{
	static char names[N_NAMES][NAME_SIZE];

	for (int i = 0; i < N_NAMES; i++) {
		if (!*names[i])
			model_name(i, names[i]);
		if (streq(names[i], text))
			return i;
	}
	return NOTHING;
}

/* --- what a device means --------------------------------------------------------------------- */

struct meaning {
	bool is_kept; /* a map without paths: nothing is known anew */
	int unit; /* NOTHING: it is no vHBA's, or no one unit */
	name_set claims, wants;
};

bool model_is_place(int unit)
{
	return unit >= UNIT_OF_PLACE;
}

bool model_is_place_of(const struct device_slot *disk, int unit)
{
	return model_is_place(unit) && !disk->is_map &&
	       (unit - UNIT_OF_PLACE) % (N_PORTS * N_LUNS) ==
		       disk->port * N_LUNS + disk->lun;
}

static bool is_evil(int unit)
{
	return model_is_place(unit) ? unit >= UNIT_OF_PLACE + N_PORTS * N_LUNS :
				      streq(units[unit].vendor, "EVIL");
}

bool model_can_be(int device, int was, int is)
{
	return was == is || (device < N_DISKS && model_is_place(was) && is != NOTHING &&
			     !model_is_place(is) && is_evil(was) == is_evil(is));
}

/* As it says itself: the last one says all that the first one says, but for its size. */
static int unit_of(const struct device_slot *disk)
{
	const struct unit *unit = &units[disk->unit];

	if (disk->is_dumb || (!*unit->wwid && !*unit->serial))
		return UNIT_OF_PLACE + disk->port * N_LUNS + disk->lun +
		       (is_evil(disk->unit) ? N_PORTS * N_LUNS : 0);
	return disk->unit == N_UNITS - 1 ? 0 : disk->unit;
}

static name_set aliases_of(const struct vhba *vhba, const struct device_slot *disk,
			   bool has_lun)
{
	name_set names = 0;

	for (int i = 0; i < vhba->n_aliases; i++) {
		const struct alias *alias = &vhba->aliases[i];

		if (alias->is_by_unit ?
			    !disk->is_dumb && streq(units[alias->subject].wwid,
						    units[disk->unit].wwid) :
			    has_lun && alias->subject == disk->lun)
			names |= BIT(name_of_alias(vhba->pool, alias->name));
	}
	return names;
}

static struct meaning disk_means(const struct world *world,
				 const struct device_slot *disk)
{
	const struct vhba *vhba = &world->vhbas[disk->vhba];
	struct meaning meaning = { .unit = NOTHING };
	name_set plain;

	if (!vhba->is_up)
		return meaning;
	plain = BIT(name_of_lun(vhba->pool, disk->lun)) | aliases_of(vhba, disk, true);
	meaning.unit = unit_of(disk);
	meaning.wants = BIT(name_of_place(vhba->pool, disk->port, disk->lun));
	meaning.claims = meaning.wants | plain;
	if (vhba->multipath == MULTIPATH_NO ||
	    (vhba->multipath == MULTIPATH_AUTO && !disk->is_member))
		meaning.wants |= plain;
	return meaning;
}

/* What the paths of a map agree in, where all of them come through vHBAs of ours. */
static struct meaning paths_mean(const struct world *world, int map)
{
	struct meaning meaning = { .unit = NOTHING, .is_kept = true };
	const struct device_slot *first = NULL;
	bool is_one_lun = true;

	for (int i = 0; i < N_DISKS; i++) {
		const struct device_slot *disk = &world->devices[i];

		if (!world_is_slave(world, i, map))
			continue;
		meaning.is_kept = false;
		if (!world->vhbas[disk->vhba].is_up)
			return meaning;
		first = first ? first : disk;
		if (unit_of(disk) != unit_of(first) ||
		    world->vhbas[disk->vhba].pool != world->vhbas[first->vhba].pool)
			return meaning;
		is_one_lun = is_one_lun && disk->lun == first->lun;
	}
	if (!first)
		return meaning;

	meaning.unit = unit_of(first);
	if (world->vhbas[first->vhba].multipath == MULTIPATH_NO)
		return meaning;
	meaning.claims = aliases_of(&world->vhbas[first->vhba], first, is_one_lun);
	if (is_one_lun)
		meaning.claims |=
			BIT(name_of_lun(world->vhbas[first->vhba].pool, first->lun));
	meaning.wants = meaning.claims;
	return meaning;
}

/* --- what a name means ----------------------------------------------------------------------- */

static bool is_claimed_by(const struct model *model, int device, int name)
{
	return model->devices[device].sequence &&
	       model->devices[device].claims & BIT(name);
}

/* The one unit of all who claim a name, or NOTHING. */
static int unanimous(const struct model *model, int name)
{
	int unit = NOTHING;

	for (int i = 0; i < N_DEVICES; i++) {
		if (!is_claimed_by(model, i, name))
			continue;
		if (unit != NOTHING && unit != model->devices[i].unit)
			return NOTHING;
		unit = model->devices[i].unit;
	}
	return unit;
}

static bool is_one_size(int a, int b)
{
	return a == 0 || b == 0 || a == b;
}

/* A name is of the size that it had; while it means nothing, of the one that all have. */
static bool has_right_size(const struct model *model, int device, int name)
{
	if (model->meaning[name] != NOTHING && model->sizes[name] != 0)
		return is_one_size(model->said[name][device], model->sizes[name]);
	for (int i = 0; i < N_DEVICES; i++)
		for (int k = 0; k < i; k++)
			if (is_claimed_by(model, i, name) &&
			    is_claimed_by(model, k, name) &&
			    !is_one_size(model->said[name][i], model->said[name][k]))
				return false;
	return true;
}

static bool is_granted(const struct model *model, int device, int name)
{
	int unit = unanimous(model, name);

	return is_claimed_by(model, device, name) && unit != NOTHING &&
	       (model->meaning[name] == NOTHING || model->meaning[name] == unit) &&
	       has_right_size(model, device, name);
}

bool model_is_contested(const struct model *model, int name)
{
	for (int i = 0; i < N_DEVICES; i++)
		if (is_claimed_by(model, i, name) && !is_granted(model, i, name))
			return true;
	return false;
}

bool model_has_contested(const struct model *model, int device)
{
	for (int name = 0; name < N_NAMES; name++)
		if (is_claimed_by(model, device, name) &&
		    !is_granted(model, device, name))
			return true;
	return false;
}

/* What all claimants agree on is what a name means from now on. */
static void settle_meaning(struct model *model, int name)
{
	int unit = unanimous(model, name);

	if (model_name_is_place(name) || unit == NOTHING ||
	    model_is_contested(model, name))
		return;
	if (model->meaning[name] == NOTHING)
		model->sizes[name] = 0;
	model->meaning[name] = unit;
	for (int i = 0; i < N_DEVICES && model->sizes[name] == 0; i++)
		if (is_claimed_by(model, i, name))
			model->sizes[name] = model->said[name][i];
}

/* Whoever looks at a name finds those that are gone without a word. */
static void forget_the_dead(struct model *model, const struct world *world,
			    name_set names)
{
	for (int i = 0; i < N_DEVICES; i++)
		if (!world->devices[i].is_there ||
		    world->devices[i].sequence != model->devices[i].sequence)
			model->devices[i].claims &= ~names;
}

static void settle(struct model *model, const struct world *world, name_set names)
{
	forget_the_dead(model, world, names);
	for (int name = 0; name < N_NAMES; name++)
		if (names & BIT(name))
			settle_meaning(model, name);
}

/* Whether everything that a device has claimed is its own. */
static bool holds_all(const struct model *model, int device)
{
	name_set said = model->devices[device].said;

	for (int name = 0; name < N_NAMES; name++)
		if (said & BIT(name) && !is_granted(model, device, name))
			return false;
	return said != 0;
}

/* Those of the names that a device wants which nobody else claims. */
static name_set own_names(const struct model *model, int device)
{
	name_set names = 0;

	for (int name = 0; name < N_NAMES; name++)
		if (model->devices[device].wants & BIT(name) &&
		    is_granted(model, device, name))
			names |= BIT(name);
	return names;
}

/* A map that has lost all paths keeps the names that it has, as long as all are its own; it gets none
 * until a path is back. */
static void keep(struct model *model, int device)
{
	model->devices[device].wants =
		holds_all(model, device) ? model->devices[device].had : 0;
	model->devices[device].had = model->devices[device].wants;
}

/* --- events ---------------------------------------------------------------------------------- */

void model_init(struct model *model)
{
	*model = (struct model){ 0 };
	for (int i = 0; i < N_NAMES; i++)
		model->meaning[i] = NOTHING;
}

/* Nobody knows whose a path was that is gone. So what is below a map is as it was, or nothing is known. */
static struct meaning map_means(const struct model *model, const struct world *world,
				int map)
{
	struct meaning meaning = paths_mean(world, map);
	const struct device_slot *slot = &world->devices[map];

	if (meaning.is_kept || meaning.unit == NOTHING || slot->n_gone == 0)
		return meaning;
	if (model->devices[map].sequence == slot->sequence &&
	    model->devices[map].unit == meaning.unit)
		for (int name = 0; name < N_NAMES; name++)
			if (meaning.claims & BIT(name) && is_granted(model, map, name))
				return meaning;
	return (struct meaning){ .unit = NOTHING };
}

/* A disk that is there all the time turns out to be a unit of which only the place was known. */
static void turn_out(struct model *model, int device, int unit, name_set names)
{
	int was = model->devices[device].unit;

	for (int name = 0; name < N_NAMES && model_can_be(device, was, unit); name++)
		if (names & BIT(name) && is_claimed_by(model, device, name) &&
		    model->meaning[name] == was)
			model->meaning[name] = unit;
}

/* A disk that is there all the time has another size: so has what said the same, where it still is the same
 * unit. */
static void resize(struct model *model, int device, int name, int size, bool is_same)
{
	int was = model->said[name][device], unit = model->devices[device].unit;

	model->said[name][device] = size;
	if (!is_same)
		return;

	for (int i = 0; i < N_DEVICES; i++)
		if (is_claimed_by(model, i, name) && model->devices[i].unit == unit &&
		    model->said[name][i] == was)
			model->said[name][i] = size;
	if (model->meaning[name] == unit && model->sizes[name] == was)
		model->sizes[name] = size;
}

/* The first that comes when nobody is left says what size it has. */
static void come(struct model *model, int device, int name, int size)
{
	int n_others = 0;

	for (int i = 0; i < N_DEVICES; i++)
		n_others += i != device && is_claimed_by(model, i, name);
	model->said[name][device] = size;
	if (n_others == 0 && size != 0)
		model->sizes[name] = size;
}

void model_look(struct model *model, const struct world *world, int device)
{
	const struct device_slot *slot = &world->devices[device];
	struct meaning meaning = slot->is_map ? map_means(model, world, device) :
						disk_means(world, slot);
	name_set old = model->devices[device].said, before;
	bool is_known, is_same;

	if (meaning.is_kept) {
		keep(model, device);
		return;
	}
	is_known = meaning.unit != NOTHING &&
		   model->devices[device].sequence == slot->sequence;
	is_same = is_known &&
		  model_can_be(device, model->devices[device].unit, meaning.unit);
	forget_the_dead(model, world, old | meaning.claims);
	if (is_known)
		turn_out(model, device, meaning.unit, meaning.claims);
	before = is_known ? model->devices[device].claims : 0;
	model->devices[device].sequence = meaning.unit == NOTHING ? 0 : slot->sequence;
	model->devices[device].unit = meaning.unit;
	model->devices[device].claims = model->devices[device].said = meaning.claims;
	model->devices[device].wants = meaning.wants;
	for (int name = 0; name < N_NAMES; name++)
		if (before & meaning.claims & BIT(name))
			resize(model, device, name, slot->size, is_same);
		else if (meaning.claims & BIT(name))
			come(model, device, name, slot->size);
	settle(model, world, old | meaning.claims);
	model->devices[device].had = own_names(model, device);
}

void model_drop(struct model *model, const struct world *world, int device,
		uint64_t sequence)
{
	name_set old = model->devices[device].said;

	model->devices[device].had = 0;
	/* A late event of one device may have told of the next of its name. */
	if (model->devices[device].sequence > sequence)
		return;
	model->devices[device].sequence = 0;
	model->devices[device].claims = model->devices[device].wants = 0;
	model->devices[device].said = 0;
	settle(model, world, old);
}

void model_forget(struct model *model, const struct world *world, int pool)
{
	name_set names = (BIT(NAMES_OF_POOL) - 1) << (pool * NAMES_OF_POOL);

	forget_the_dead(model, world, names);
	for (int i = pool * NAMES_OF_POOL; i < (pool + 1) * NAMES_OF_POOL; i++)
		if (unanimous(model, i) == NOTHING ||
		    unanimous(model, i) != model->meaning[i])
			model->meaning[i] = NOTHING;
	settle(model, world, names);
}

void model_settle(struct model *model, const struct world *world, int pool)
{
	for (int i = pool * NAMES_OF_POOL; i < (pool + 1) * NAMES_OF_POOL; i++)
		model->meaning[i] = NOTHING;
	settle(model, world, (BIT(NAMES_OF_POOL) - 1) << (pool * NAMES_OF_POOL));
}

bool model_knows(const struct model *model, int pool)
{
	for (int name = pool * NAMES_OF_POOL; name < (pool + 1) * NAMES_OF_POOL; name++) {
		if (model->meaning[name] != NOTHING)
			return true;
		for (int i = 0; i < N_DEVICES; i++)
			if (is_claimed_by(model, i, name))
				return true;
	}
	return false;
}

void model_accept(struct model *model, const struct world *world, int pool)
{
	name_set names = (BIT(NAMES_OF_POOL) - 1) << (pool * NAMES_OF_POOL);

	forget_the_dead(model, world, names);
	for (int i = pool * NAMES_OF_POOL; i < (pool + 1) * NAMES_OF_POOL; i++)
		if (unanimous(model, i) != NOTHING &&
		    unanimous(model, i) != model->meaning[i])
			model->meaning[i] = NOTHING;
	settle(model, world, names);
}

name_set model_expects(const struct model *model, const struct world *world, int device)
{
	return model->devices[device].sequence == world->devices[device].sequence ?
		       own_names(model, device) :
		       0;
}
