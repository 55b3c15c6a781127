// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds what is remembered of vHBAs that are up. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>

#include "lib/fd.h"
#include "lib/run-file.h"
#include "state/state-lookup.h"
#include "fc/sysfs.h"

static int load_state(int at, const char *path, struct vhba_state *ret_state)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = run_file_read(at, path, &text, &size);
	return r < 0 ? r : vhba_state_parse(text, size, ret_state);
}

/* Whether the parent of a vport, the N of "vport-N:0-0", has this WWPN. */
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

/* As vhba_state_vport() decides it. In the common case nothing is read: the name is the remembered one. */
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

void state_list_done(struct state_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		vhba_state_done(&list->states[i]);
	free(list->states);
	*list = (struct state_list){ 0 };
}
