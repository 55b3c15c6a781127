// SPDX-License-Identifier: LGPL-2.1-or-later
/* Walks from a disk up through sysfs: partitions and holders. */
#include <inttypes.h>

#include "block/dm-status.h"
#include "fc/lun.h"
#include "block/tree.h"
#include "fc/device.h"
#include "block/dm-map.h"
#include "lib/fd.h"
#include "fc/sysfs.h"

#define PATH_SIZE 96

struct walk {
	struct block_tree *tree;
	int sysfs;
	uint32_t host;
};

static bool is_gone_error(int r)
{
	return r == -ENOENT || r == -ENODEV || r == -ENXIO;
}

static const char *block_path(const char *name, const char *attribute,
			      char buf[static PATH_SIZE])
{
	(void)snprintf(buf, PATH_SIZE, "class/block/%.31s/%s", name, attribute);
	return buf;
}

static int read_device_number(int sysfs, const char *name, dev_t *ret_device)
{
	char path[PATH_SIZE];

	return sysfs_read_device(sysfs, block_path(name, "dev", path), ret_device);
}

/* Whether multipath uses a path of the map; false if that is not known. */
static bool path_is_active(const struct walk *walk, const char *status, const char *disk)
{
	char path[PATH_SIZE], number[32];
	bool is_active = false;

	return sysfs_read_text(walk->sysfs, block_path(disk, "dev", path), number,
			       sizeof(number)) >= 0 &&
	       dm_status_find_path(status, number, &is_active) && is_active;
}

/* A target port that is standby or unavailable takes no I/O, although it answers other commands. */
static bool path_is_accessible(const struct walk *walk, const char *disk)
{
	char path[PATH_SIZE], access[24];
	int r;

	r = sysfs_read_text(walk->sysfs, block_path(disk, "device/access_state", path),
			    access, sizeof(access));
	/* sdev_show_access_state() returns EINVAL if the device has no handler. */
	return r == -EINVAL || r == -ENOENT || (r >= 0 && lun_access_does_io(access));
}

/* Notes whether a map does I/O by this path too. A path that is not behind a remote port has no SCSI state to
 * read. A map keeps a removed path until multipathd removes it. */
static void map_judge_path(const struct walk *walk, const char *status, const char *disk,
			   struct block_node *map)
{
	struct device device;
	bool is_fc;
	int r;

	r = device_read(walk->sysfs, disk, &device);
	is_fc = r > 0 && device.kind == DEVICE_DISK;
	if (is_gone_error(r) || (is_fc && device.lun.host == walk->host) ||
	    (is_fc && !device_is_running(walk->sysfs, device.name)))
		return;
	map->may_recover = true;
	if (path_is_active(walk, status, disk) &&
	    (!is_fc || path_is_accessible(walk, disk)))
		map->has_others = true;
}

/* status is empty if device-mapper did not answer. */
static void map_judge_paths(const struct walk *walk, const char *name,
			    struct block_node *map)
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	char status[DM_MAP_STATUS_SIZE];
	dev_t number;

	if (walk->host == HOST_NONE || device_slaves(walk->sysfs, name, &slaves) < 0)
		return;
	if (read_device_number(walk->sysfs, name, &number) < 0 ||
	    dm_map_read_status(number, status) < 0)
		status[0] = '\0';
	for (size_t i = 0; i < slaves.n; i++)
		map_judge_path(walk, status, slaves.names[i], map);
}

/* device_read() recognizes maps of multipath, and the map that a partition of kpartx is on. */
static void node_classify(const struct walk *walk, struct block_node *node)
{
	struct device device;
	char path[PATH_SIZE];

	if (device_read(walk->sysfs, node->name, &device) > 0 &&
	    device.kind == DEVICE_MAP) {
		node->kind = BLOCK_MAP;
		map_judge_paths(walk, device.name, node);
	}
	if (sysfs_read_text(walk->sysfs, block_path(node->name, "dm/name", path),
			    node->title, sizeof(node->title)) < 0)
		node->title[0] = '\0';
	for (char *p = node->title; *p; p++)
		if (*p <= ' ' || *p > '~')
			*p = '?';
}

static int add_node(struct walk *walk, size_t below, const char *name,
		    enum block_kind kind, struct block_node *ret_node)
{
	struct block_node node = { .kind = kind, .below = below }, *place;
	int r;

	(void)snprintf(node.name, sizeof(node.name), "%.31s", name);
	r = read_device_number(walk->sysfs, name, &node.device);
	if (r < 0)
		return r;
	if (block_tree_find(walk->tree, node.device))
		return -EEXIST;
	if (kind == BLOCK_HOLDER)
		node_classify(walk, &node);
	place = array_grow(&walk->tree->nodes, walk->tree->n, sizeof(*place));
	if (!place)
		return -ENOMEM;

	*place = *ret_node = node;
	walk->tree->n++;
	return 0;
}

static bool is_partition(const struct walk *walk, const char *disk, const char *name)
{
	char path[2 * PATH_SIZE];
	uint64_t number;

	/* A partition's name begins with the disk's name (disk_name(), block/partitions/core.c): skip all other
	 * folders. */
	if (!startswith(name, disk))
		return false;
	(void)snprintf(path, sizeof(path), "class/block/%.31s/%.31s/partition", disk,
		       name);
	return sysfs_read_number(walk->sysfs, path, &number) >= 0;
}

static int walk_device(struct walk *walk, size_t below, const char *name,
		       enum block_kind kind);

/* Lists in order of names, so that the tree is the same each time. Returns the number, or -errno. */
static int list_folder(const struct walk *walk, const char *name, enum block_kind kind,
		       struct dirent ***ret_items)
{
	char path[PATH_SIZE];
	int n;

	n = scandirat(walk->sysfs,
		      block_path(name, kind == BLOCK_HOLDER ? "holders" : "", path),
		      ret_items, NULL, versionsort);
	if (n < 0)
		return is_gone_error(-errno) ? 0 : -errno;
	return n;
}

/* parent is the index of the device that the folder belongs to. */
static int walk_folder(struct walk *walk, size_t parent, const char *name,
		       enum block_kind kind)
{
	struct dirent **items = NULL;
	int n = list_folder(walk, name, kind, &items), r = n < 0 ? n : 0;

	for (int i = 0; i < n; i++) {
		const char *item = items[i]->d_name;

		if (r >= 0 && *item != '.' &&
		    (kind != BLOCK_PARTITION || is_partition(walk, name, item))) {
			r = walk_device(walk, parent, item, kind);
			if (kind == BLOCK_HOLDER)
				walk->tree->nodes[parent].is_held = true;
		}
		free(items[i]);
	}
	free(items);
	return r;
}

/* The kernel refuses loops of holders, and each device is added once, so the recursion ends. */
static int walk_device(struct walk *walk, size_t below, const char *name,
		       enum block_kind kind)
{
	struct block_node node;
	size_t self = walk->tree->n;
	int r;

	r = add_node(walk, below, name, kind, &node);
	if (r == -EEXIST || is_gone_error(r))
		return 0;
	if (r < 0)
		return r;
	if (node.has_others)
		return 0;
	if (kind == BLOCK_DISK) {
		r = walk_folder(walk, self, name, BLOCK_PARTITION);
		if (r < 0)
			return r;
	}
	return walk_folder(walk, self, name, BLOCK_HOLDER);
}

int block_tree_add(struct block_tree *tree, int sysfs, uint32_t host, const char *disk)
{
	struct walk walk = { .tree = tree, .sysfs = sysfs, .host = host };

	assert(tree);
	assert(disk);

	return walk_device(&walk, tree->n, disk, BLOCK_DISK);
}

const char *block_kind_to_string(enum block_kind kind)
{
	static const char *const names[] = {
		[BLOCK_DISK] = "disk",
		[BLOCK_PARTITION] = "part",
		[BLOCK_MAP] = "map",
		[BLOCK_HOLDER] = "holder",
	};

	return names[kind];
}

const struct block_node *block_tree_find(const struct block_tree *tree, dev_t device)
{
	assert(tree);

	for (size_t i = 0; i < tree->n; i++)
		if (tree->nodes[i].device == device)
			return &tree->nodes[i];
	return NULL;
}

const struct block_node *block_tree_find_name(const struct block_tree *tree,
					      const char *name)
{
	assert(tree);
	assert(name);

	for (size_t i = 0; i < tree->n; i++)
		if (streq(tree->nodes[i].name, name))
			return &tree->nodes[i];
	return NULL;
}

void block_tree_done(struct block_tree *tree)
{
	free(tree->nodes);
	free(tree->chars);
	*tree = (struct block_tree){ 0 };
}
