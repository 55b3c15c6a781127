// SPDX-License-Identifier: LGPL-2.1-or-later
/* Files behind the registry of names. */
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "names/registry-file.h"
#include "lib/clock.h"
#include "fc/device.h"
#include "lib/fd.h"
#include "lib/flock.h"
#include "lib/run-file.h"
#include "lib/text.h"

#define CLAIMS_DIR  "claim"
#define DEVICES_DIR "device"
#define LOCKS_DIR   "lock"
#define LOCK_FILE   "claims" /* names of lock.c contain a '-' */
#define TEMPORARY   ".new" /* no name: names begin with a letter or a digit */

#define LOCK_USEC (10 * USEC_PER_SEC)

/* Returns -EBADMSG for any file that npiv cannot have written. */
static int read_text(int at, const char *path, char **ret_text, size_t *ret_size)
{
	int r = run_file_read(at, path, ret_text, ret_size);

	return r == -EFBIG || r == -EINVAL || r == -ELOOP ? -EBADMSG : r;
}

static int read_claim(const struct registry_file *store, const char *link,
		      struct claim *ret_claim)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = read_text(store->claims, link, &text, &size);
	return r < 0 ? r : claim_parse(text, size, ret_claim);
}

/* Makes each folder on the way to a link: "POOL", "POOL/by-target". */
static int make_folders(int at, const char *link)
{
	char path[NPIV_LINK_MAX];

	for (const char *slash = link; (slash = strchr(slash, '/')); slash++) {
		(void)snprintf(path, sizeof(path), "%.*s", (int)(slash - link), link);
		if (mkdirat(at, path, 0755) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

/* Removes a file, and the folders that it leaves empty. */
static int remove_link(int at, const char *link)
{
	char path[NPIV_LINK_MAX];
	char *slash;

	if (unlinkat(at, link, 0) < 0 && errno != ENOENT)
		return -errno;
	(void)snprintf(path, sizeof(path), "%s", link);
	while ((slash = strrchr(path, '/'))) {
		*slash = '\0';
		if (unlinkat(at, path, AT_REMOVEDIR) < 0)
			break;
	}
	return 0;
}

static int save_claim(void *context, const char *link, const struct claim *claim)
{
	const struct registry_file *store = context;
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	if (claim_is_empty(claim))
		return remove_link(store->claims, link);
	r = TEXT_OF(&text, &size, claim_print, claim);
	if (r >= 0)
		r = make_folders(store->claims, link);
	return r < 0 ? r : run_file_write(store->claims, link, TEMPORARY, text, size);
}

static int load_device(void *context, const char *device, struct device_names *ret_entry)
{
	const struct registry_file *store = context;
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = read_text(store->devices, device, &text, &size);
	if (r == -ENOENT) {
		*ret_entry = (struct device_names){ 0 };
		return 0;
	}
	return r < 0 ? r : device_names_parse(text, size, ret_entry);
}

/* Restores the claim of one device. A device claims all its names as the same logical unit, so the claim of another
 * name of the device counts for this name too. */
static int restore_claimant(const struct registry_file *store, const char *device,
			    const struct device_names *entry, struct claim *claim)
{
	for (size_t i = 0; i < entry->n_links; i++) {
		_cleanup_(claim_done) struct claim other = { 0 };
		const struct claimant *claimant;

		if (read_claim(store, entry->links[i], &other) < 0)
			continue;
		claimant = claim_find(&other, device);
		if (claimant)
			return claim_set(claim, claimant);
	}
	return 0;
}

static bool entry_has(const struct device_names *entry, const char *link)
{
	for (size_t i = 0; i < entry->n_links; i++)
		if (streq(entry->links[i], link))
			return true;
	return false;
}

static int restore_claimants(struct registry_file *store, const char *link,
			     struct claim *claim)
{
	_cleanup_closedir_ DIR *dir = NULL;
	struct dirent *item;
	int fd = openat(store->devices, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r = 0;

	dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		r = -errno;
		closep(&fd);
		return r;
	}
	while (r >= 0 && (item = readdir(dir))) {
		_cleanup_(device_names_done) struct device_names entry = { 0 };

		if (item->d_name[0] != '.' &&
		    load_device(store, item->d_name, &entry) >= 0 &&
		    entry_has(&entry, link))
			r = restore_claimant(store, item->d_name, &entry, claim);
	}
	return r < 0 ? r : 0;
}

/* Replaces a damaged file by what the devices that claim the name have recorded under their other names. The lost
 * pin is replaced by the unit of the claimants, if they agree. */
static int restore_claim(struct registry_file *store, const char *link,
			 struct claim *ret_claim)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	int r;

	r = restore_claimants(store, link, &claim);
	if (r >= 0 && !name_is_by_target(link))
		r = claim_pin(&claim);
	if (r >= 0 && store->lock >= 0)
		r = save_claim(store, link, &claim);
	if (r < 0)
		return r;
	*ret_claim = claim;
	claim = (struct claim){ 0 };
	return 0;
}

static int load_claim(void *context, const char *link, struct claim *ret_claim)
{
	struct registry_file *store = context;
	int r = read_claim(store, link, ret_claim);

	if (r == -ENOENT) {
		*ret_claim = (struct claim){ 0 };
		return 0;
	}
	return r == -EBADMSG ? restore_claim(store, link, ret_claim) : r;
}

static int save_device(void *context, const char *device,
		       const struct device_names *entry)
{
	const struct registry_file *store = context;
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	if (entry->n_links == 0) {
		if (unlinkat(store->devices, device, 0) < 0 && errno != ENOENT)
			return -errno;
		return 0;
	}
	r = TEXT_OF(&text, &size, device_names_print, entry);
	return r < 0 ? r : run_file_write(store->devices, device, TEMPORARY, text, size);
}

static bool is_alive(void *context, const struct claimant *claimant)
{
	const struct registry_file *store = context;
	uint64_t sequence;
	int r;

	r = device_sequence(store->sysfs, claimant->device, &sequence);
	if (r == -ENOENT || r == -ENODEV)
		return false;
	return r < 0 || claimant->sequence == 0 || sequence == claimant->sequence;
}

static int open_folder(int at, const char *path, bool is_made)
{
	int fd;

	fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && is_made) {
		if (mkdirat(at, path, 0755) < 0 && errno != EEXIST)
			return -errno;
		fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	return fd < 0 ? -errno : fd;
}

/* Takes the lock, a file that only root can open: flock(2) needs no permission other than to open the file, so any
 * user could lock a readable folder or file for any length of time. The process with the lock only reads and writes
 * a few files in memory, and the lock ends with the process. */
static int take_lock(int run)
{
	_cleanup_close_ int folder = -EBADF, fd = -EBADF;
	int r;

	folder = open_folder(run, LOCKS_DIR, true);
	if (folder < 0)
		return folder;
	fd = openat(folder, LOCK_FILE,
		    O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	r = flock_until(fd, LOCK_EX, now_usec() + LOCK_USEC, false);
	if (r < 0)
		return r == -EAGAIN ? -ETIMEDOUT : r;
	return TAKE_FD(fd);
}

int registry_file_open(struct registry_file *store, const char *run, int sysfs,
		       enum registry_file_mode mode)
{
	bool is_made = mode == REGISTRY_FILE_CREATE;
	_cleanup_close_ int fd = -EBADF;

	assert(store);
	assert(run);

	fd = open_folder(AT_FDCWD, run, is_made);
	if (fd < 0)
		return fd;
	store->claims = open_folder(fd, CLAIMS_DIR, is_made);
	if (store->claims < 0)
		return store->claims;
	store->devices = open_folder(fd, DEVICES_DIR, is_made);
	if (store->devices < 0)
		return store->devices;
	store->sysfs = sysfs;
	store->registry = (struct registry_store){
		.context = store,
		.load_claim = load_claim,
		.save_claim = save_claim,
		.load_device = load_device,
		.save_device = save_device,
		.is_alive = is_alive,
	};
	if (mode == REGISTRY_FILE_READ)
		return 0;
	store->lock = take_lock(fd);
	return store->lock < 0 ? store->lock : 0;
}

void registry_file_close(struct registry_file *store)
{
	closep(&store->claims);
	closep(&store->devices);
	closep(&store->lock);
	*store = (struct registry_file)REGISTRY_FILE_NULL;
}

int registry_file_restore(struct registry_file *store, const struct name_list *names)
{
	assert(store);
	assert(names);

	for (size_t i = 0; i < names->n; i++) {
		_cleanup_(claim_done) struct claim claim = { 0 };
		int r = load_claim(store, names->names[i].link, &claim);

		if (r < 0)
			return r;
	}
	return 0;
}

bool registry_file_knows(const char *run, const char *device)
{
	char path[128];

	assert(run);
	assert(device);

	return snprintf(path, sizeof(path), "%s/" DEVICES_DIR "/%s", run, device) <
		       (int)sizeof(path) &&
	       access(path, F_OK) >= 0;
}

/* The folder of a pool is removed with the last name in it. */
bool registry_file_has_pool(const char *run, const char *pool)
{
	char path[PATH_MAX];

	assert(run);
	assert(pool);

	return snprintf(path, sizeof(path), "%s/" CLAIMS_DIR "/%s", run, pool) <
		       (int)sizeof(path) &&
	       access(path, F_OK) >= 0;
}

/* Lists all links below a folder before the first visit, because a visit may remove links. */
static int list_links(int at, const char *folder, struct device_names *entry)
{
	_cleanup_closedir_ DIR *dir = NULL;
	struct dirent *item;
	int fd, r;

	fd = openat(at, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	while ((item = readdir(dir))) {
		char path[NPIV_LINK_MAX];

		if (item->d_name[0] == '.' || snprintf(path, sizeof(path), "%s%s%s",
						       streq(folder, ".") ? "" : folder,
						       streq(folder, ".") ? "" : "/",
						       item->d_name) >= (int)sizeof(path))
			continue;
		r = item->d_type == DT_DIR ? list_links(at, path, entry) :
					     device_names_add(entry, path);
		if (r < 0)
			return r;
	}
	return 0;
}

int registry_file_for_each(const struct registry_file *store, const char *pool,
			   int (*visit)(const struct registry_file *store,
					const char *link, void *context),
			   void *context)
{
	_cleanup_(device_names_done) struct device_names links = { 0 };
	int r;

	assert(store);
	assert(visit);

	r = list_links(store->claims, pool ? pool : ".", &links);
	if (r < 0)
		return r;
	for (size_t i = 0; i < links.n_links; i++) {
		r = visit(store, links.links[i], context);
		if (r < 0)
			return r;
	}
	return 0;
}
