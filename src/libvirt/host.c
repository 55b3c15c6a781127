// SPDX-License-Identifier: LGPL-2.1-or-later
/* The LUNs of a pool on this host: the targets of their names, whether they can be used, other disks of the guest
 * that are the same units, and users on this host, whose data a guest would destroy. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>

#include "config/name.h"
#include "libvirt/host.h"
#include "lib/clock.h"
#include "fc/device.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "lib/text.h"
#include "block/map-owner.h"
#include "fc/scsi-device.h"
#include "state/state-dir.h"
#include "fc/sysfs.h"
#include "lib/worker.h"
#include "block/users.h"

#define ASK_USEC (8 * USEC_PER_SEC)

/* A program that opens a disk for a moment (blkid, a probe) closes it within this time. */
#define PASSING_USEC (2 * USEC_PER_SEC)

/* A close causes no event. */
#define POLL_MSEC 200

/* --- paths ----------------------------------------------------------------------------------- */

static bool is_of_pool(const struct guest_task *task, const struct device *disk)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };

	return state_lookup_port(task->run, task->sysfs, disk->wwpn, disk->vport,
				 &state) >= 0 &&
	       !state.is_leaving && streq(state.pool, task->pool);
}

static int add_path(const struct guest_task *task, struct guest_host *host, size_t index,
		    const struct device *disk)
{
	struct host_path *path = array_grow(&host->paths, host->n_paths, sizeof(*path));

	if (!path)
		return -ENOMEM;
	host->n_paths++;
	memcpy(host->devices[index].identity, disk->identity, sizeof(disk->identity));
	path->device = index;
	path->is_ours = is_of_pool(task, disk);
	path->is_running = device_is_running(task->sysfs, disk->name);
	path->lun = disk->lun;
	(void)snprintf(path->lun.disk, sizeof(path->lun.disk), "%s", disk->name);
	return 0;
}

/* Adds the paths of a map. A disk that disappears meanwhile is not a path any longer. */
static int add_slaves(const struct guest_task *task, struct guest_host *host,
		      size_t index, const char *map)
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	int r;

	r = device_slaves(task->sysfs, map, &slaves);
	for (size_t i = 0; i < slaves.n && r >= 0; i++) {
		struct device disk;

		if (device_read(task->sysfs, slaves.names[i], &disk) > 0 &&
		    disk.kind == DEVICE_DISK)
			r = add_path(task, host, index, &disk);
	}
	return r == -ENOMEM ? r : 0;
}

/* --- devices --------------------------------------------------------------------------------- */

size_t guest_host_find(const struct guest_host *host, const char *name)
{
	assert(host);
	assert(name);

	for (size_t i = 0; i < host->n_devices; i++)
		if (streq(host->devices[i].name, name))
			return i;
	return SIZE_MAX;
}

/* Adds a device. *ret_index is SIZE_MAX if a vHBA cannot have such a device. */
static int add_device(const struct guest_task *task, struct guest_host *host,
		      const char *name, size_t *ret_index)
{
	struct host_device *entry;
	struct device device;

	*ret_index = guest_host_find(host, name);
	if (*ret_index != SIZE_MAX || device_read(task->sysfs, name, &device) <= 0 ||
	    device.partition > 0)
		return 0;
	entry = array_grow(&host->devices, host->n_devices, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	(void)snprintf(entry->name, sizeof(entry->name), "%s", device.name);
	entry->sequence = device.sequence;
	entry->is_map = device.kind == DEVICE_MAP;
	entry->is_foreign = entry->is_map && !map_is_of_pool(task->sysfs, task->run,
							     device.name, task->pool);
	*ret_index = host->n_devices++;
	return entry->is_map ? add_slaves(task, host, *ret_index, device.name) :
			       add_path(task, host, *ret_index, &device);
}

int guest_host_add(const struct guest_task *task, struct guest_host *host,
		   uint64_t sequence, size_t *ret_index)
{
	_cleanup_closedir_ DIR *folder = NULL;
	struct dirent *item;
	uint64_t found;

	assert(task);
	assert(host);
	assert(ret_index);

	for (size_t i = 0; i < host->n_devices; i++)
		if (host->devices[i].sequence == sequence) {
			*ret_index = i;
			return 0;
		}
	*ret_index = SIZE_MAX;
	folder = sysfs_open_stream(task->sysfs, "class/block");
	while (folder && (item = readdir(folder)))
		if (item->d_name[0] != '.' && strlen(item->d_name) < DEVICE_NAME_SIZE &&
		    device_sequence(task->sysfs, item->d_name, &found) >= 0 &&
		    found == sequence)
			return add_device(task, host, item->d_name, ret_index);
	return 0;
}

/* --- names ----------------------------------------------------------------------------------- */

/* Reads the kernel name that a link leads to; false if the link is gone. */
static bool read_link(int folder, const char *name,
		      char ret_device[static DEVICE_NAME_SIZE])
{
	char target[PATH_MAX];
	const char *device;
	ssize_t n;

	n = readlinkat(folder, name, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	device = strrchr(target, '/');
	device = device ? device + 1 : target;
	return snprintf(ret_device, DEVICE_NAME_SIZE, "%s", device) <
	       (int)DEVICE_NAME_SIZE;
}

static int add_lun(const struct guest_task *task, struct guest_host *host, int folder,
		   const char *name)
{
	char device[DEVICE_NAME_SIZE];
	struct attach_lun *lun;
	uint64_t number;
	size_t index;
	int r;

	if (parse_unsigned(name, UINT64_MAX, &number) < 0 ||
	    !read_link(folder, name, device))
		return 0;
	r = add_device(task, host, device, &index);
	if (r < 0 || index == SIZE_MAX)
		return r;
	lun = array_grow(&host->luns, host->n_luns, sizeof(*lun));
	if (!lun)
		return -ENOMEM;
	lun->number = number;
	lun->is_map = host->devices[index].is_map;
	(void)snprintf(lun->device, sizeof(lun->device), "%s", host->devices[index].name);
	host->n_luns++;
	return 0;
}

bool guest_host_leads(const struct guest_task *task, const struct attach_lun *lun,
		      const struct host_device *device)
{
	char path[PATH_MAX], name[DEVICE_NAME_SIZE];
	uint64_t sequence;

	assert(task);
	assert(lun);
	assert(device);

	return snprintf(path, sizeof(path), "%s" NPIV_DEV_DIR "/%s/%" PRIu64,
			environment_root(), task->pool,
			lun->number) < (int)sizeof(path) &&
	       read_link(AT_FDCWD, path, name) && streq(name, device->name) &&
	       device_sequence(task->sysfs, name, &sequence) >= 0 &&
	       sequence == device->sequence;
}

static int compare_luns(const void *a, const void *b)
{
	const struct attach_lun *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

int guest_host_read(const struct guest_task *task, struct guest_host *ret_host)
{
	_cleanup_(guest_host_done) struct guest_host host = { 0 };
	_cleanup_closedir_ DIR *folder = NULL;
	char path[PATH_MAX];
	struct dirent *item;
	int r = 0;

	assert(task);
	assert(ret_host);

	if (snprintf(path, sizeof(path), "%s" NPIV_DEV_DIR "/%s", environment_root(),
		     task->pool) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	folder = opendir(path);
	if (!folder && errno != ENOENT)
		return -errno;
	while (folder && r >= 0 && (item = readdir(folder)))
		r = add_lun(task, &host, dirfd(folder), item->d_name);
	if (r < 0)
		return r;
	if (host.n_luns > 0)
		qsort(host.luns, host.n_luns, sizeof(*host.luns), compare_luns);

	*ret_host = host;
	host = (struct guest_host){ 0 };
	return 0;
}

/* --- usable devices --------------------------------------------------------------------------- */

static int in_worker_ask(void *context)
{
	const struct host_path *path = context;
	enum lun_presence presence = PRESENCE_UNKNOWN;
	int r;

	/* A path whose vHBA is being stopped need not be asked; a blocked path cannot be asked. */
	if (!path->is_ours || !path->is_running)
		return PRESENCE_UNKNOWN;
	r = scsi_inquiry(path->lun.disk, &presence);
	return r < 0 ? r : (int)presence;
}

int guest_host_ask(struct guest_host *host)
{
	_cleanup_free_ size_t *n_paths = NULL;
	_cleanup_free_ int *presence = NULL;
	int r;

	assert(host);

	n_paths = calloc(host->n_devices + 1, sizeof(*n_paths));
	presence = calloc(host->n_paths + 1, sizeof(*presence));
	if (!n_paths || !presence)
		return -ENOMEM;
	r = worker_run_all(in_worker_ask, host->paths, host->n_paths,
			   sizeof(*host->paths), now_usec() + ASK_USEC, presence);
	if (r < 0)
		return r;
	for (size_t i = 0; i < host->n_paths; i++) {
		const struct host_path *path = &host->paths[i];

		n_paths[path->device]++;
		if (path->is_ours && presence[i] != PRESENCE_UNMAPPED)
			host->devices[path->device].is_usable = true;
	}
	for (size_t i = 0; i < host->n_devices; i++)
		host->devices[i].is_usable =
			!host->devices[i].is_foreign &&
			(host->devices[i].is_usable || n_paths[i] == 0);
	return 0;
}

void guest_host_done(struct guest_host *host)
{
	free(host->devices);
	free(host->paths);
	free(host->luns);
	*host = (struct guest_host){ 0 };
}

/* --- other disks of the guest ------------------------------------------------------------------ */

static bool keep_name(const char *name, char ret_name[static DEVICE_NAME_SIZE])
{
	if (strlen(name) >= DEVICE_NAME_SIZE)
		return false;
	(void)snprintf(ret_name, DEVICE_NAME_SIZE, "%s", name);
	return true;
}

static bool find_path(const char *source, char ret_name[static DEVICE_NAME_SIZE])
{
	char path[PATH_MAX];

	return startswith(source, "/dev/") && realpath(source, path) &&
	       keep_name(strrchr(path, '/') + 1, ret_name);
}

/* Finds the disk at "8:0:1:3"; a tape has no block device, and no name in the pool. */
static bool find_address(const struct guest_task *task, const char *source,
			 char ret_name[static DEVICE_NAME_SIZE])
{
	_cleanup_closedir_ DIR *folder = NULL;
	char path[PATH_MAX];
	struct dirent *item;

	(void)snprintf(path, sizeof(path), "bus/scsi/devices/%.64s/block", source);
	folder = sysfs_open_stream(task->sysfs, path);
	while (folder && (item = readdir(folder)))
		if (item->d_name[0] != '.')
			return keep_name(item->d_name, ret_name);
	return false;
}

/* Reads the identity of a device; for a map that of any path. Returns false if it is not a Fibre Channel device. */
static bool read_identity(const struct guest_task *task, const struct device *device,
			  char ret_identity[static IDENTITY_SIZE])
{
	_cleanup_(device_list_done) struct device_list slaves = { 0 };
	struct device disk = *device;

	if (device->kind == DEVICE_MAP &&
	    (device_slaves(task->sysfs, device->name, &slaves) < 0 || slaves.n == 0 ||
	     device_read(task->sysfs, slaves.names[0], &disk) <= 0 ||
	     disk.kind != DEVICE_DISK))
		return false;
	memcpy(ret_identity, disk.identity, IDENTITY_SIZE);
	return *ret_identity;
}

/* Replaces a partition by its disk, and a path by the device of the pool that is the same logical unit, by another
 * path or a map: if the guest got that device too, both would write to the unit. */
static void find_unit(const struct guest_task *task, const struct guest_host *host,
		      struct attach_disk *disk)
{
	char identity[IDENTITY_SIZE];
	struct device device;

	if (device_read(task->sysfs, disk->device, &device) <= 0)
		return;
	(void)snprintf(disk->device, sizeof(disk->device), "%s", device.name);
	if (!read_identity(task, &device, identity))
		return;
	for (size_t i = 0; i < host->n_devices; i++)
		if (streq(host->devices[i].identity, identity)) {
			memcpy(disk->device, host->devices[i].name, DEVICE_NAME_SIZE);
			return;
		}
}

void guest_source_find(const struct guest_task *task, const struct guest_host *host,
		       struct attach_disk *disk)
{
	assert(task);
	assert(host);
	assert(disk);

	if (!disk->source)
		return;
	if (*disk->source == '/' ? find_path(disk->source, disk->device) :
				   find_address(task, disk->source, disk->device))
		find_unit(task, host, disk);
}

/* --- users on this host ----------------------------------------------------------------------- */

static int read_tree(const struct guest_task *task, const struct guest_host *host,
		     size_t device, struct block_tree *tree)
{
	int r = 0;

	for (size_t i = 0; i < host->n_paths && r >= 0; i++)
		if (host->paths[i].device == device)
			r = block_tree_add_lun(tree, task->sysfs, HOST_NONE,
					       &host->paths[i].lun);
	return r;
}

static int read_users(const struct guest_task *task, const struct guest_host *host,
		      size_t device, struct user_list *ret_users)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	int r;

	r = read_tree(task, host, device, &tree);
	return r < 0 ? r : in_use_read(&tree, ret_users);
}

int guest_use_read(const struct guest_task *task, const struct guest_host *host,
		   size_t device, uint64_t *deadline, char **ret_who)
{
	_cleanup_(user_list_done) struct user_list users = { 0 };
	size_t size;
	int r;

	assert(task);
	assert(host);
	assert(deadline);
	assert(ret_who);

	*ret_who = NULL;
	for (;;) {
		r = read_users(task, host, device, &users);
		if (r < 0 || users.n == 0)
			return r;
		if (*deadline == 0)
			*deadline = now_usec() + PASSING_USEC;
		if (user_list_has_persistent(&users) || left_usec(*deadline) == 0)
			return TEXT_OF(ret_who, &size, user_list_print, &users);
		user_list_done(&users);
		(void)poll(NULL, 0, POLL_MSEC);
	}
}
