/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which names a LUN means: links below /dev/npiv from the state of its vHBA and its own address. */
#pragma once

#include "config/name.h"
#include "state/state.h"

#define NAMING_MAX 8U /* names of one device: by number, by target, and six aliases */

/* How a device stands to its logical unit. */
enum naming_role {
	NAMING_PATH, /* a disk: one path to it */
	NAMING_MEMBER, /* a path that multipath has claimed */
	NAMING_MAP, /* the map over such paths */
};

struct naming_device {
	enum naming_role role;
	bool has_lun; /* false: a map whose paths have different numbers */
	uint64_t lun; /* as lun_number() gives it */
	uint64_t target; /* WWPN of the remote port; 0 with NAMING_MAP */
	const char *wwid; /* of the logical unit; "" if it has none */
};

struct device_name {
	char link[NPIV_LINK_MAX]; /* what follows /dev/npiv/ */
	bool is_wanted; /* this device is to have the link, unless another logical unit claims it */
	bool is_granted; /* for names/registry.c to say: no other logical unit does */
	bool is_disputed; /* likewise: this device claims it, and so does another, or it meant another */
	bool is_news; /* likewise: it is not granted, and this claim is new */
	bool is_first; /* for names/registry.c to say: nor has another device claimed it for longer */
};

struct name_list {
	struct device_name names[NAMING_MAX];
	size_t n;
	bool is_cut; /* there were more aliases than fit */
};

/* Lists the names that the device's logical unit goes by in its pool. All are to be claimed; links
 * are made of those that are wanted and granted. By pool's multipath=: `auto` gives the plain names
 * to the map once multipath has claimed the paths, `yes` only ever to the map, `no` to the paths (a
 * map then has no names at all). Names by target are addresses, so each path has its own, always. */
void naming_list(const struct vhba_state *state, const struct naming_device *device,
		 struct name_list *ret_names);

/* The alias that a logical unit has by its WWID, whatever its number; NULL if it has none. */
const char *naming_alias_of_unit(const struct vhba_state *state, const char *wwid);

/* Whether a pool has an alias for a number. */
bool naming_has_alias_of_number(const struct vhba_state *state, uint64_t lun);

/* Whether a link is one by target. It says an address, not a logical unit: nothing is remembered of
 * what was behind it before. */
bool name_is_by_target(const char *link);

/* Whether a link is an alias: neither by number nor by target. */
bool name_is_alias(const char *link);

struct map_path {
	const struct vhba_state *state; /* of the vHBA that sees it */
	uint64_t lun, target;
	const char *wwid; /* of the logical unit, as the others */
	char *identity, *traits;
};

struct path_set {
	const struct map_path *first; /* any one of them, for what they have in common */
	bool is_one_unit; /* one logical unit in one pool: without that there are no names */
	bool is_one_vhba, is_one_lun, is_one_target;
};

/* paths has at least one. Two fabrics give two vHBAs in one pool, and an array's two ports can show
 * one logical unit by different numbers: both is fine. */
void path_set_compare(const struct map_path *paths, size_t n, struct path_set *ret_set);
