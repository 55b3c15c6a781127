// SPDX-License-Identifier: LGPL-2.1-or-later
/* What reads and writes files, in memory: the same functions, over the world and a registry of names that is not kept in
 * files. What is linked against it runs some hundred thousand events a second. */
#include "config/name.h"
#include "memory-store.h"
#include "model.h"
#include "random.h"
#include "names/names.h"
#include "state/environment.h"
#include "state/state-dir.h"
#include "system.h"

const char *system_run = "";
int system_sysfs = -EBADF;

static struct world *world;
static int event_device;
static struct memory_store memory;
static bool is_triggered[N_DEVICES + N_MAPS];
static enum trouble trouble;
static uint64_t trouble_seed;

/* --- a registry_store -------------------------------------------------------------------------- */

static bool is_full(void)
{
	return trouble == TROUBLE_FULL && random_one_in(&trouble_seed, 2);
}

static int save_claim(void *context, const char *link, const struct claim *claim)
{
	if (!claim_is_empty(claim) && is_full())
		return -ENOSPC;
	return memory_store_save_claim(context, link, claim);
}

static int save_device(void *context, const char *device,
		       const struct device_names *names)
{
	if (names->n_links > 0 && is_full())
		return -ENOSPC;
	return memory_store_save_device(context, device, names);
}

static bool is_alive(void *context, const struct claimant *claimant)
{
	int device = world_find(world, claimant->device);

	return device != NOTHING && world->devices[device].is_there &&
	       world->devices[device].sequence == claimant->sequence;
}

static const struct registry_store store = {
	.context = &memory,
	.load_claim = memory_store_load_claim,
	.save_claim = save_claim,
	.load_device = memory_store_load_device,
	.save_device = save_device,
	.is_alive = is_alive,
};

/* --- names/names.h ------------------------------------------------------------------------- */

static int wake(struct retrigger_list *list, int r)
{
	for (size_t i = 0; i < list->n; i++) {
		int device = world_find(world, list->items[i].device);

		if (!list->items[i].is_self)
			is_triggered[device] = true;
		if (device >= N_DISKS)
			is_triggered[FIRST_PART + device - N_DISKS] = true;
	}
	retrigger_list_done(list);
	return r;
}

int names_claim(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names)
{
	const struct registry_device self = {
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
		.is_idle = device->kind == DEVICE_DISK && lun_is_idle(&device->lun),
		.is_map = device->kind == DEVICE_MAP,
	};
	struct retrigger_list list = { 0 };

	if (trouble == TROUBLE_LOCKED)
		return -ETIMEDOUT;
	return wake(&list, registry_claim(&store, &self, names, &list));
}

int names_drop(const char *run, int sysfs, const char *device, uint64_t sequence)
{
	struct retrigger_list list = { 0 };

	if (trouble == TROUBLE_LOCKED)
		return -ETIMEDOUT;
	return wake(&list, registry_drop(&store, device, sequence, &list));
}

void names_look(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names)
{
	const struct registry_device self = {
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
	};

	registry_look(&store, &self, names);
}

int names_identity(const char *run, int sysfs, const char *device, char **ret_identity)
{
	return registry_identity(&store, device, ret_identity);
}

int names_is_granted(const char *run, int sysfs, const char *device, bool *ret_granted)
{
	return registry_device_is_granted(&store, device, ret_granted);
}

int names_record(const char *run, int sysfs, const char *device,
		 struct name_list *ret_names)
{
	return registry_record(&store, device, ret_names);
}

typedef int (*visit_fn)(const struct registry_store *store, const char *link,
			struct retrigger_list *retrigger);

static int change_pool(const char *pool, visit_fn visit)
{
	struct retrigger_list list = { 0 };
	int r = 0;

	for (size_t i = 0; i < STORE_CLAIMS && *memory.claims[i].link && r >= 0; i++) {
		const char *rest = startswith(memory.claims[i].link, pool);

		if (rest && *rest == '/')
			r = visit(&store, memory.claims[i].link, &list);
	}
	return wake(&list, r);
}

int names_forget(const char *run, int sysfs, const char *pool)
{
	return change_pool(pool, registry_forget);
}

int names_settle(const char *run, int sysfs, const char *pool)
{
	return change_pool(pool, registry_settle);
}

bool names_has_names(const char *run, const char *pool)
{
	for (size_t i = 0; i < STORE_CLAIMS && *memory.claims[i].link; i++) {
		const char *rest = startswith(memory.claims[i].link, pool);

		if (rest && *rest == '/' && !claim_is_empty(&memory.claims[i].claim))
			return true;
	}
	return false;
}

int names_accept(const char *run, int sysfs, const char *pool)
{
	return change_pool(pool, registry_accept);
}

/* --- fc/device.h, state/state-dir.h, state/environment.h ------------------------------------- */

int device_read(int sysfs, const char *name, struct device *ret_device)
{
	int n = world_find(world, name);
	const struct device_slot *slot;

	if (n == NOTHING || !world->devices[n].is_there)
		return -ENOENT;
	slot = &world->devices[n];
	*ret_device = (struct device){
		.kind = slot->is_map ? DEVICE_MAP : DEVICE_DISK,
		.sequence = slot->sequence,
	};
	(void)snprintf(ret_device->name, sizeof(ret_device->name), "%s", name);
	if (slot->is_map)
		return 1;
	ret_device->wwpn = world->vhbas[slot->vhba].wwpn;
	world_read_lun(world, n, &ret_device->lun);
	(void)identity_format(&ret_device->lun, ret_device->identity);
	(void)identity_traits(&ret_device->lun, ret_device->traits);
	return 1;
}

static int add_slave(struct device_list *list, const char *name)
{
	typeof(list->names) item = array_grow(&list->names, list->n, sizeof(*item));

	if (!item)
		return -ENOMEM;
	(void)snprintf(*item, sizeof(*item), "%s", name);
	list->n++;
	return 0;
}

int device_slaves(int sysfs, const char *name, struct device_list *ret_list)
{
	struct device_list list = { 0 };
	int map = world_find(world, name), r = 0;

	for (int i = 0; i < N_DISKS && r >= 0; i++)
		if (world_is_slave(world, i, map))
			r = add_slave(&list, world->devices[i].name);
	if (r >= 0 && world->devices[map].n_gone > 0)
		r = add_slave(&list, "gone");
	if (r < 0)
		return r;
	*ret_list = list;
	return 0;
}

void device_list_done(struct device_list *list)
{
	free(list->names);
	*list = (struct device_list){ 0 };
}

int state_lookup_port(const char *run, int sysfs, uint64_t wwpn, const char *vport,
		      struct vhba_state *ret_state)
{
	for (int i = 0; i < N_VHBAS; i++) {
		const struct vhba *vhba = &world->vhbas[i];

		if (vhba->is_up && vhba->wwpn == wwpn)
			return vhba_state_parse(vhba->state, strlen(vhba->state),
						ret_state);
	}
	return -ENOENT;
}

bool environment_is_one(const char *name)
{
	return streq(name, "DM_MULTIPATH_DEVICE_PATH") &&
	       world->devices[event_device].is_member;
}

/* --- system.h -------------------------------------------------------------------------------- */

void system_open(struct world *new_world)
{
	world = new_world;
}

void system_close(void)
{
	memory_store_done(&memory);
	memset(is_triggered, 0, sizeof(is_triggered));
	world = NULL;
}

void system_show(void)
{
}

void system_set_event(int device)
{
	event_device = device;
}

void system_set_trouble(enum trouble new_trouble, uint64_t seed)
{
	trouble = new_trouble;
	trouble_seed = seed;
}

void system_take_triggers(void)
{
	for (int i = 0; i < N_DEVICES; i++) {
		if (is_triggered[i] && world->devices[i].is_there)
			world_add_event(world, i, false);
		is_triggered[i] = false;
	}
	for (int i = 0; i < N_MAPS; i++) {
		if (is_triggered[FIRST_PART + i])
			world_touch_part(world, N_DISKS + i);
		is_triggered[FIRST_PART + i] = false;
	}
}
