// SPDX-License-Identifier: LGPL-2.1-or-later
/* States of vHBAs as files and links; each change is atomic. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sys/stat.h>

#include "config/name.h"
#include "lib/fd.h"
#include "lib/run-file.h"
#include "state/state-dir.h"
#include "fc/sysfs.h"

#define LINK_PREFIX "../vhba/"

static int open_dir(const char *run)
{
	int fd = open(run, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int make_dir(int at, const char *name)
{
	if (mkdirat(at, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	return 0;
}

int state_dir_make(const char *run)
{
	static const char *const folders[] = { "vhba", "port", "lock" };
	_cleanup_close_ int dir = -EBADF;
	int r;

	assert(run);

	r = make_dir(AT_FDCWD, run);
	if (r < 0)
		return r;
	dir = open_dir(run);
	if (dir < 0)
		return dir;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		r = make_dir(dir, folders[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

static void format_port(uint64_t wwpn, char buf[static 32])
{
	(void)snprintf(buf, 32, "port/%016" PRIx64, wwpn);
}

static int load_state(int at, const char *path, struct vhba_state *ret_state)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = run_file_read(at, path, &text, &size);
	/* npiv cannot have written such a file. */
	if (r == -EFBIG || r == -EINVAL)
		return -EBADMSG;
	return r < 0 ? r : vhba_state_parse(text, size, ret_state);
}

int state_dir_read(const char *run, const char *name, struct vhba_state *ret_state)
{
	char path[PATH_MAX];

	assert(run);
	assert(name);
	assert(ret_state);

	if (snprintf(path, sizeof(path), "%s/vhba/%s", run, name) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	return load_state(AT_FDCWD, path, ret_state);
}

/* The caller frees *ret_text, even if this fails. */
static int print_state(const struct vhba_state *state, char **ret_text, size_t *ret_size)
{
	FILE *out = open_memstream(ret_text, ret_size);
	int r;

	if (!out)
		return -ENOMEM;
	r = vhba_state_print(state, out);
	return fclose(out) == 0 ? r : -ENOMEM;
}

static bool has_text(int dir, const char *path, const char *text, size_t size)
{
	_cleanup_free_ char *old = NULL;
	size_t old_size;

	return run_file_read(dir, path, &old, &old_size) >= 0 && old_size == size &&
	       memcmp(old, text, size) == 0;
}

static int write_file(int dir, const struct vhba_state *state)
{
	char path[NPIV_NAME_MAX + 16], temporary[NPIV_NAME_MAX + 16];
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = print_state(state, &text, &size);
	if (r < 0)
		return r;
	/* No name begins with a dot, so the temporary file has a name of its own. */
	(void)snprintf(path, sizeof(path), "vhba/%s", state->name);
	(void)snprintf(temporary, sizeof(temporary), "vhba/.%s", state->name);
	if (has_text(dir, path, text, size))
		return 0;
	r = run_file_write(dir, path, temporary, text, size);
	return r < 0 ? r : 1;
}

static int read_owner(int dir, uint64_t wwpn, char ret_name[static NPIV_NAME_MAX + 1])
{
	char port[32], target[NPIV_NAME_MAX + sizeof(LINK_PREFIX)];
	const char *name;
	ssize_t n;

	format_port(wwpn, port);
	n = readlinkat(dir, port, target, sizeof(target) - 1);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	target[n] = '\0';
	name = startswith(target, LINK_PREFIX);
	if (!name || !name_is_valid(name))
		return 0;
	(void)snprintf(ret_name, NPIV_NAME_MAX + 1, "%s", name);
	return 1;
}

static int write_link(int dir, const struct vhba_state *state)
{
	char port[32], temporary[40], target[NPIV_NAME_MAX + sizeof(LINK_PREFIX)];
	char owner[NPIV_NAME_MAX + 1];

	if (read_owner(dir, state->wwpn, owner) > 0 && streq(owner, state->name))
		return 0;
	format_port(state->wwpn, port);
	(void)snprintf(temporary, sizeof(temporary), "port/.%016" PRIx64, state->wwpn);
	(void)snprintf(target, sizeof(target), LINK_PREFIX "%s", state->name);
	if (unlinkat(dir, temporary, 0) < 0 && errno != ENOENT)
		return -errno;
	if (symlinkat(target, dir, temporary) < 0 ||
	    renameat(dir, temporary, dir, port) < 0)
		return -errno;
	return 1;
}

int state_dir_write(const char *run, const struct vhba_state *state)
{
	_cleanup_close_ int dir = -EBADF;
	int file, link;

	assert(run);
	assert(state);

	file = state_dir_make(run);
	if (file < 0)
		return file;
	dir = open_dir(run);
	if (dir < 0)
		return dir;
	file = write_file(dir, state);
	if (file < 0)
		return file;
	link = write_link(dir, state);
	return link < 0 ? link : file || link;
}

int state_dir_owner(const char *run, uint64_t wwpn,
		    char ret_name[static NPIV_NAME_MAX + 1])
{
	_cleanup_close_ int dir = -EBADF;

	assert(run);
	assert(ret_name);

	dir = open_dir(run);
	if (dir < 0)
		return dir == -ENOENT ? 0 : dir;
	return read_owner(dir, wwpn, ret_name);
}

static int remove_path(int dir, const char *path)
{
	return unlinkat(dir, path, 0) < 0 && errno != ENOENT ? -errno : 0;
}

int state_dir_remove(const char *run, const struct vhba_state *state)
{
	_cleanup_close_ int dir = -EBADF;
	char owner[NPIV_NAME_MAX + 1], path[NPIV_NAME_MAX + 16];
	int r;

	assert(run);
	assert(state);

	dir = open_dir(run);
	if (dir < 0)
		return dir == -ENOENT ? 0 : dir;
	r = read_owner(dir, state->wwpn, owner);
	if (r < 0)
		return r;
	if (r > 0 && streq(owner, state->name)) {
		format_port(state->wwpn, path);
		r = remove_path(dir, path);
		if (r < 0)
			return r;
	}
	(void)snprintf(path, sizeof(path), "vhba/%s", state->name);
	return remove_path(dir, path);
}

/* --- finding states ------------------------------------------------------------------------- */

/* Whether the parent of a vport, the host N of "vport-N:0-0", has this WWPN. */
static bool is_below(int sysfs, const char *vport, uint64_t parent_wwpn)
{
	char path[64];
	uint64_t wwpn;
	uint32_t host;

	if (sscanf(vport, "vport-%" SCNu32 ":", &host) != 1)
		return false;
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32 "/port_name",
		       host);
	return sysfs_read_wwn(sysfs, path, &wwpn) >= 0 && wwpn == parent_wwpn;
}

/* Decides as vhba_state_vport() does. Usually the name is the remembered one, and sysfs is not read. */
static bool is_port_of(const struct vhba_state *state, int sysfs, const char *vport)
{
	if (state->type == VHBA_HBA || !*vport)
		return state->type == VHBA_HBA && !*vport;
	return streq(state->vport, vport) || is_below(sysfs, vport, state->parent_wwpn);
}

int state_lookup_port(const char *run, int sysfs, uint64_t wwpn, const char *vport,
		      struct vhba_state *ret_state)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	char path[PATH_MAX];
	int r;

	assert(run);
	assert(vport);
	assert(ret_state);

	if (snprintf(path, sizeof(path), "%s/port/%016" PRIx64, run, wwpn) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	r = load_state(AT_FDCWD, path, &state);
	if (r < 0)
		return r;
	if (!is_port_of(&state, sysfs, vport))
		return -ENOENT;

	*ret_state = state;
	state = (struct vhba_state){ 0 };
	return 0;
}

static int compare_states(const void *a, const void *b)
{
	const struct vhba_state *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int load_all(DIR *dir, struct state_list *list)
{
	struct dirent *item;

	while ((item = readdir(dir))) {
		struct vhba_state *state;
		int r;

		if (item->d_name[0] == '.')
			continue;
		state = array_grow(&list->states, list->n, sizeof(*state));
		if (!state)
			return -ENOMEM;
		r = load_state(dirfd(dir), item->d_name, state);
		if (r == -ENOMEM)
			return r;
		if (r >= 0)
			list->n++;
		else if (r != -ENOENT && list->error == 0) {
			(void)snprintf(list->bad_name, sizeof(list->bad_name), "%.*s",
				       (int)NPIV_NAME_MAX, item->d_name);
			list->error = r;
		}
	}
	return 0;
}

int state_lookup_all(const char *run, struct state_list *ret_list)
{
	_cleanup_(state_list_done) struct state_list list = { 0 };
	_cleanup_closedir_ DIR *dir = NULL;
	char path[PATH_MAX];
	int r;

	assert(run);
	assert(ret_list);

	if (snprintf(path, sizeof(path), "%s/vhba", run) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	dir = opendir(path);
	if (!dir && errno != ENOENT)
		return -errno;
	if (dir) {
		r = load_all(dir, &list);
		if (r < 0)
			return r;
	}
	if (list.n > 0)
		qsort(list.states, list.n, sizeof(*list.states), compare_states);

	*ret_list = list;
	list = (struct state_list){ 0 };
	return 0;
}

bool state_pool_is_shared(const char *run, const struct vhba_state *state)
{
	_cleanup_(state_list_done) struct state_list list = { 0 };

	assert(run);
	assert(state);

	/* On an error the pool counts as shared: to keep a name pinned is safe, to give it another meaning is not. */
	if (state_lookup_all(run, &list) < 0)
		return true;
	for (size_t i = 0; i < list.n; i++)
		if (!streq(list.states[i].name, state->name) &&
		    streq(list.states[i].pool, state->pool))
			return true;
	return false;
}

void state_list_done(struct state_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		vhba_state_done(&list->states[i]);
	free(list->states);
	*list = (struct state_list){ 0 };
}
