/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names of a LUN: links below /dev/npiv, derived from the state of its vHBA and from its address. */
#pragma once

#include "config/name.h"
#include "state/state.h"

#define NAMING_MAX 8U /* names of a device: by number, by target, six aliases */

/* How a device belongs to its logical unit. */
enum naming_role {
	NAMING_PATH, /* a disk: one path to the unit */
	NAMING_MEMBER, /* a path that multipath has claimed */
	NAMING_MAP, /* the map over such paths */
};

struct naming_device {
	enum naming_role role;
	bool has_lun; /* false for a map whose paths have different numbers */
	uint64_t lun; /* as lun_number() returns it */
	uint64_t target; /* WWPN of the remote port; 0 with NAMING_MAP */
	const char *wwid; /* of the logical unit; "" if it has none */
};

struct device_name {
	char link[NPIV_LINK_MAX]; /* the part after /dev/npiv/ */
	bool is_wanted; /* this device gets the link if the name is granted */
	bool is_granted; /* set by names/registry.c: no other logical unit claims the name */
	bool is_disputed; /* set by names/registry.c: this device claims it but is not granted it */
	bool is_news; /* set by names/registry.c: it is not granted, and this claim is new */
	bool is_first; /* set by names/registry.c: of the paths of the unit, this device gets the link */
};

struct name_list {
	struct device_name names[NAMING_MAX];
	size_t n;
	bool is_cut; /* more aliases match than fit */
};

/* Lists the names of the device's logical unit in its pool. The device claims all of them; a link is made for each
 * name that is wanted and granted. The pool's multipath= decides: `auto` gives the names by number and the aliases
 * to the map once multipath has claimed the paths, `yes` only to the map, `no` to the paths (a map then has no
 * names at all). Names by target are addresses, so each path always has its own. */
void naming_list(const struct vhba_state *state, const struct naming_device *device,
		 struct name_list *ret_names);

/* Returns the alias of a logical unit by its WWID, whatever its number; NULL if it has none. */
const char *naming_alias_of_unit(const struct vhba_state *state, const char *wwid);

/* Whether a pool has an alias for a number. */
bool naming_has_alias_of_number(const struct vhba_state *state, uint64_t lun);

/* Whether a link is a name by target. Such a name is an address, not a logical unit: it is never pinned. */
bool name_is_by_target(const char *link);

/* Whether a link is an alias, neither a name by number nor one by target. */
bool name_is_alias(const char *link);

struct map_path {
	const struct vhba_state *state; /* of the vHBA that sees the path */
	uint64_t lun, target;
	const char *wwid; /* of the logical unit, like identity and traits */
	char *identity, *traits;
};

struct path_set {
	const struct map_path *first; /* for what all paths have in common */
	bool is_one_unit; /* all paths are the same logical unit in the same pool; if not, the map gets no names */
	bool is_one_vhba, is_one_lun, is_one_target;
};

/* Compares the paths of a map; n is at least 1. Different vHBAs are normal with two fabrics in one pool, and so are
 * different numbers of one logical unit behind two ports of an array. */
void path_set_compare(const struct map_path *paths, size_t n, struct path_set *ret_set);
