/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small SAN and host that a test changes at will: arrays that map logical units, vHBAs in pools, the
 * disks and multipath maps that the kernel has made of them, and the events that udev has still to
 * handle. The truth about each; who has which name is not its business. */
#pragma once

#include "fc/devpath.h"
#include "fc/inventory.h"
#include "state/state.h"

enum {
	N_VHBAS = 4,
	STRANGER = N_VHBAS - 1, /* a port that is never up as a vHBA: the HBA's own */
	N_POOLS = 2,
	N_PORTS = 4, /* of arrays, two each */
	N_ARRAYS = 2,
	N_LUNS = 3,
	N_UNITS = 8,
	MAX_SIZE = 4,
	N_DISKS = 9,
	N_MAPS = 3,
	N_DEVICES =
		N_DISKS + N_MAPS, /* disks first; their order is that of their names */
	/* Behind them, of events alone: the partition that kpartx has made of each map. */
	FIRST_PART = N_DEVICES,
	N_ALIAS_NAMES = 3,
	N_ALIASES = 3, /* of one vHBA's state */
	N_EVENTS = 1024,
	NOTHING = -1,
};

/* An alias as it stands in a configuration. */
struct alias {
	int name; /* of alias_names[] */
	bool is_by_unit;
	int subject; /* the unit, or the LUN number */
	bool is_scsi_id_form; /* written as scsi_id prints the WWID */
};

struct vhba {
	bool is_up;
	int pool;
	enum multipath_mode multipath;
	struct alias aliases[N_ALIASES];
	int n_aliases;
	uint64_t wwpn;
	char *state; /* what is remembered of it, as text; NULL while it is down */
};

struct device_slot {
	bool is_there;
	bool is_map;
	char name[DEVICE_NAME_SIZE];
	uint64_t sequence;
	/* Of a disk: */
	int vhba, port, lun, unit;
	int size; /* that the kernel knows it by */
	bool is_dumb; /* its VPD pages could not be read when it came */
	bool is_member; /* multipath has claimed it */
	int map; /* that it is below, or NOTHING */
	/* Of a map: */
	int n_gone; /* paths that it still lists, though their disks are gone */
};

struct event {
	int device; /* or FIRST_PART + N: of the partition of map N */
	bool is_removal;
	uint64_t sequence; /* of what was removed */
};

struct world {
	struct vhba vhbas[N_VHBAS];
	int sizes[N_UNITS];
	bool is_rigid; /* they never change, and are one */
	int mapped[N_VHBAS][N_ARRAYS][N_LUNS]; /* unit, or NOTHING */
	struct device_slot devices[N_DEVICES];
	uint64_t next_sequence;
	struct event events[N_EVENTS];
	int n_events;
	bool is_overrun; /* more events than there is room for: they never end */
};

extern const char *const pool_names[N_POOLS];
extern const char *const alias_names[N_ALIAS_NAMES];
extern const uint64_t port_wwpns[N_PORTS];

/* What sysfs says of a unit; both empty: nothing. */
extern const struct unit {
	const char *wwid, *scsi_id, *serial, *vendor;
} units[N_UNITS];

void world_init(struct world *world);
void world_done(struct world *world);

void world_add_event(struct world *world, int device, bool is_removal);

/* A change event of the partition of a map, where that is there. */
void world_touch_part(struct world *world, int map);

/* The index of a device by its kernel name, or NOTHING. */
int world_find(const struct world *world, const char *name);

/* Whether a disk is below this map. */
bool world_is_slave(const struct world *world, int disk, int map);

/* What a scsi_device says of a disk: everything that makes a name or an identity. */
void world_read_lun(const struct world *world, int disk, struct fc_lun *ret_lun);

/* Writes what is remembered of a vHBA anew; what is not up is remembered no longer. */
void world_remember(struct world *world, int vhba);
