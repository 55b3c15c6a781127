// SPDX-License-Identifier: LGPL-2.1-or-later
/* The SAN and host of the property test: what they consist of. */
#include "world.h"
#include "fc/lun.h"

const char *const pool_names[] = { "db", "web" };
const char *const alias_names[] = { "data", "log", "system" };
const uint64_t port_wwpns[] = {
	UINT64_C(0x500a098100000001),
	UINT64_C(0x500a098200000001),
	UINT64_C(0x5006016000000002),
	UINT64_C(0x5006016800000002),
};

const struct unit units[] = {
	{ "naa.6001405000000000000000000000000a", "36001405000000000000000000000000A",
	  "A", "ACME" },
	{ "naa.6001405000000000000000000000000b", "36001405000000000000000000000000b",
	  "B", "ACME" },
	{ "t10.ACME    Disk    0001", "1ACME_Disk_0001", "C", "ACME" },
	{ "eui.0011223344556677", "20011223344556677", "", "ACME" },
	{ "", "", "serial 4", "ACME" }, /* an array without VPD page 0x83 */
	{ "", "", "",
	  "ACME" }, /* and without page 0x80: nothing but the place is known */
	/* Two that say they are the first: one has another name on it, one may have another size. */
	{ "naa.6001405000000000000000000000000a", "36001405000000000000000000000000A",
	  "A", "EVIL" },
	{ "naa.6001405000000000000000000000000a", "36001405000000000000000000000000A",
	  "A", "ACME" },
};

static void init_vhba(struct world *world, int n)
{
	struct vhba *vhba = &world->vhbas[n];

	/* Two vHBAs, one a fabric, are one pool; the third is another. Its HBA sees what all of them see. */
	*vhba = (struct vhba){
		.is_up = n != STRANGER,
		.pool = n / 2 % N_POOLS,
		.wwpn = UINT64_C(0x5001a4a000000000) + (uint64_t)n,
	};
	for (int array = 0; array < N_ARRAYS; array++)
		for (int lun = 0; lun < N_LUNS; lun++)
			world->mapped[n][array][lun] = array * N_LUNS + lun;
	world_remember(world, n);
}

void world_init(struct world *world)
{
	*world = (struct world){ .next_sequence = 1 };
	for (int i = 0; i < N_UNITS; i++)
		world->sizes[i] = 1 + (i == N_UNITS - 1);
	for (int i = 0; i < N_VHBAS; i++)
		init_vhba(world, i);
	for (int i = 0; i < N_DEVICES; i++) {
		struct device_slot *device = &world->devices[i];

		device->is_map = i >= N_DISKS;
		device->map = NOTHING;
		if (device->is_map)
			(void)snprintf(device->name, sizeof(device->name), "dm-%d",
				       i - N_DISKS);
		else
			(void)snprintf(device->name, sizeof(device->name), "sd%c",
				       'a' + i);
	}
}

void world_done(struct world *world)
{
	for (int i = 0; i < N_VHBAS; i++)
		free(world->vhbas[i].state);
}

void world_add_event(struct world *world, int device, bool is_removal)
{
	if (world->n_events == N_EVENTS) {
		world->is_overrun = true;
		return;
	}
	world->events[world->n_events++] = (struct event){
		.device = device,
		.is_removal = is_removal,
		.sequence = device < FIRST_PART ? world->devices[device].sequence : 0,
	};
}

void world_touch_part(struct world *world, int map)
{
	if (world->devices[map].is_there)
		world_add_event(world, FIRST_PART + map - N_DISKS, false);
}

int world_find(const struct world *world, const char *name)
{
	for (int i = 0; i < N_DEVICES; i++)
		if (streq(world->devices[i].name, name))
			return i;
	return NOTHING;
}

bool world_is_slave(const struct world *world, int disk, int map)
{
	return world->devices[disk].is_there && world->devices[disk].map == map;
}

void world_read_lun(const struct world *world, int disk, struct fc_lun *ret_lun)
{
	const struct device_slot *slot = &world->devices[disk];
	const struct unit *unit = &units[slot->unit];
	struct fc_lun lun = {
		.host = (uint32_t)slot->vhba,
		.target = (uint32_t)slot->port,
		.kernel_lun = (uint64_t)slot->lun,
		.lun = lun_number((uint64_t)slot->lun),
		.target_wwpn = port_wwpns[slot->port],
		.state = "running",
		.model = "Disk",
		.size = (uint64_t)slot->size * 512,
	};

	(void)snprintf(lun.vendor, sizeof(lun.vendor), "%s", unit->vendor);
	if (!slot->is_dumb) {
		(void)snprintf(lun.wwid, sizeof(lun.wwid), "%s", unit->wwid);
		(void)snprintf(lun.serial, sizeof(lun.serial), "%s", unit->serial);
	}
	(void)snprintf(lun.disk, sizeof(lun.disk), "%s", slot->name);
	*ret_lun = lun;
}

/* --- what is remembered of a vHBA ------------------------------------------------------------ */

static void print_state(const struct vhba *vhba, int n, FILE *out)
{
	char names[N_ALIASES][16], wwids[N_ALIASES][64];
	struct pool_alias aliases[N_ALIASES];
	struct vhba_state state = {
		.wwpn = vhba->wwpn,
		.wwnn = vhba->wwpn,
		.multipath = vhba->multipath,
		.mode = -1,
		.aliases = aliases,
		.n_aliases = (size_t)vhba->n_aliases,
	};
	char name[] = { 'v', (char)('0' + n), '\0' };
	char pool[8];

	state.name = name;
	(void)snprintf(pool, sizeof(pool), "%s", pool_names[vhba->pool]);
	state.pool = pool;
	(void)snprintf(state.vport, sizeof(state.vport), "vport-90:0-%d", n);
	for (int i = 0; i < vhba->n_aliases; i++) {
		const struct alias *alias = &vhba->aliases[i];

		(void)snprintf(names[i], sizeof(names[i]), "%s",
			       alias_names[alias->name]);
		aliases[i].name = names[i];
		aliases[i].wwid = alias->is_by_unit ? wwids[i] : NULL;
		aliases[i].lun = (uint64_t)alias->subject;
		if (!alias->is_by_unit)
			continue;
		(void)snprintf(wwids[i], sizeof(wwids[i]), "%s",
			       alias->is_scsi_id_form ? units[alias->subject].scsi_id :
							units[alias->subject].wwid);
	}
	if (vhba_state_print(&state, out) < 0)
		abort();
}

void world_remember(struct world *world, int n)
{
	struct vhba *vhba = &world->vhbas[n];
	size_t size;
	FILE *out;

	free(TAKE_PTR(vhba->state));
	if (!vhba->is_up)
		return;
	out = open_memstream(&vhba->state, &size);
	if (!out)
		abort();
	print_state(vhba, n, out);
	if (fclose(out) != 0)
		abort();
}
