// SPDX-License-Identifier: LGPL-2.1-or-later
/* Walks from a disk up through sysfs: partitions and holders. */
#include <inttypes.h>
#include <sys/sysmacros.h>

#include "sys/block-tree.h"
#include "sys/device.h"
#include "sys/fd.h"
#include "sys/sysfs.h"

#define PATH_SIZE 96

struct walk {
	struct block_tree *tree;
	int sysfs;
	uint32_t host;
};

static bool is_gone(int r)
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
	char path[PATH_SIZE], text[32];
	unsigned a, b;
	int r;

	r = sysfs_read_text(sysfs, block_path(name, "dev", path), text, sizeof(text));
	if (r < 0)
		return r;
	if (sscanf(text, "%u:%u", &a, &b) != 2)
		return -EBADMSG;
	*ret_device = makedev(a, b);
	return 0;
}

/* Whether a map can live on by this path when those of the host that is walked are gone: one that is
 * not the host's, and does I/O. A map keeps one that is gone until multipathd takes it out. What is behind
 * no remote port is not ours to judge. */
static bool is_other_path(const struct walk *walk, const char *disk)
{
	struct device device;
	int r;

	r = device_read(walk->sysfs, disk, &device);
	if (r == -ENOENT || r == -ENODEV)
		return false;
	if (r <= 0 || device.kind != DEVICE_DISK)
		return true;
	return device.lun.host != walk->host &&
	       device_is_running(walk->sysfs, device.name);
}

static bool has_other_paths(const struct walk *walk, const char *map)
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };

	if (walk->host == HOST_NONE || device_slaves(walk->sysfs, map, &slaves) < 0)
		return false;
	for (size_t i = 0; i < slaves.n; i++)
		if (is_other_path(walk, slaves.names[i]))
			return true;
	return false;
}

/* device_read() knows multipath's maps, and says of kpartx's partitions which map they are of. */
static void classify(const struct walk *walk, struct block_node *node)
{
	struct device device;
	char path[PATH_SIZE];

	if (device_read(walk->sysfs, node->name, &device) > 0 &&
	    device.kind == DEVICE_MAP) {
		node->kind = BLOCK_MAP;
		node->has_others = has_other_paths(walk, device.name);
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
		classify(walk, &node);
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

	/* Its name begins with the disk's (disk_name(), block/partitions/core.c): the other folders are not
	 * looked into. */
	if (!startswith(name, disk))
		return false;
	(void)snprintf(path, sizeof(path), "class/block/%.31s/%.31s/partition", disk,
		       name);
	return sysfs_read_number(walk->sysfs, path, &number) >= 0;
}

static int walk_device(struct walk *walk, size_t below, const char *name,
		       enum block_kind kind);

/* In order of names, so that the tree is the same each time. Returns how many, or -errno. */
static int list_folder(const struct walk *walk, const char *name, enum block_kind kind,
		       struct dirent ***ret_items)
{
	char path[PATH_SIZE];
	int n;

	n = scandirat(walk->sysfs,
		      block_path(name, kind == BLOCK_HOLDER ? "holders" : "", path),
		      ret_items, NULL, versionsort);
	if (n < 0)
		return is_gone(-errno) ? 0 : -errno;
	return n;
}

/* parent is the index of the device whose folder it is. */
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

/* The kernel refuses loops of holders and a device is entered once, so this ends. */
static int walk_device(struct walk *walk, size_t below, const char *name,
		       enum block_kind kind)
{
	struct block_node node;
	size_t self = walk->tree->n;
	int r;

	r = add_node(walk, below, name, kind, &node);
	if (r == -EEXIST || is_gone(r))
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

void block_tree_done(struct block_tree *tree)
{
	free(tree->nodes);
	free(tree->chars);
	*tree = (struct block_tree){ 0 };
}
