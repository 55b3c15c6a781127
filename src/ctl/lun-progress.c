// SPDX-License-Identifier: LGPL-2.1-or-later
/* How far the LUNs of a vHBA have come, by udev's word or by the links alone. */
#include "config/name.h"
#include "names/naming.h"
#include "ctl/lun-progress.h"
#include "names/names.h"
#include "state/environment.h"
#include "names/link-target.h"
#include "diagnose/readiness-read.h"

static enum lun_readiness look_at_disk(const struct fc_lun *lun)
{
	if (!*lun->disk)
		return LUN_NO_DISK;
	return streq(lun->state, "running") ? LUN_USABLE : LUN_STALLED;
}

static bool leads_to(const struct ctl_sources *sources, const char *link,
		     const struct fc_lun *lun)
{
	char name[DEVICE_NAME_SIZE];

	return link_target_find(environment_root(), sources->sysfs_fd, link, lun->disk,
				name);
}

/* Which has the path's name, and does I/O by others. */
static bool leads_to_map(const struct ctl_sources *sources, const char *link,
			 const struct fc_lun *lun)
{
	char name[DEVICE_NAME_SIZE];

	return link_target_find(environment_root(), sources->sysfs_fd, link, lun->disk,
				name) &&
	       !streq(name, lun->disk);
}

/* The name by number may lead to another path to the same logical unit. NULL: to none. */
static const struct fc_lun *find_other_path(const struct ctl_sources *sources,
					    const struct inventory *view,
					    const char *link, const struct fc_lun *lun)
{
	for (size_t i = 0; i < view->n_luns; i++)
		if (view->luns[i].lun == lun->lun && *lun->wwid &&
		    wwid_equal(view->luns[i].wwid, lun->wwid) &&
		    leads_to(sources, link, &view->luns[i]))
			return &view->luns[i];
	return NULL;
}

static bool is_conflicting(const struct conflict_list *conflicts, const char *link)
{
	for (size_t i = 0; i < conflicts->n; i++)
		if (streq(conflicts->conflicts[i].link, link))
			return true;
	return false;
}

/* Units that all have a name by WWID dispute no number, unless an alias stands for that. */
static enum lun_readiness look_at_alias(const struct ctl_sources *sources,
					const struct vhba_state *state,
					const struct fc_lun *lun)
{
	const char *alias = naming_alias_of_unit(state, lun->wwid);
	char link[NPIV_LINK_MAX];

	return alias && !naming_has_alias_of_number(state, lun->lun) &&
			       leads_to(sources, link_by_alias(state->pool, alias, link),
					lun) ?
		       LUN_WITHHELD :
		       LUN_AMBIGUOUS;
}

static enum lun_readiness look_at_links(const struct ctl_sources *sources,
					const struct inventory *view,
					const struct vhba_state *state,
					const struct conflict_list *conflicts,
					const struct fc_lun *lun)
{
	const struct fc_lun *path;
	char link[NPIV_LINK_MAX];

	if (is_conflicting(conflicts, link_by_lun(state->pool, lun->lun, link)))
		return look_at_alias(sources, state, lun);

	if (!leads_to(sources,
		      link_by_target(state->pool, lun->target_wwpn, lun->lun, link), lun))
		return LUN_IN_UDEV;
	link_by_lun(state->pool, lun->lun, link);
	path = leads_to(sources, link, lun) ? lun :
					      find_other_path(sources, view, link, lun);
	if (!path)
		return LUN_IN_UDEV;
	return lun_is_idle(path) && !leads_to_map(sources, link, path) ? LUN_STALLED :
									 LUN_USABLE;
}

static int read_links(const struct ctl_sources *sources, const struct inventory *view,
		      const struct vhba_state *state, enum lun_readiness *progress)
{
	_cleanup_(conflict_list_done) struct conflict_list conflicts = { 0 };
	int r;

	r = names_conflicts(sources->run, sources->sysfs_fd, state->pool, &conflicts);
	if (r < 0)
		return r;
	for (size_t i = 0; i < view->n_luns; i++)
		if (progress[i] == LUN_USABLE)
			progress[i] = look_at_links(sources, view, state, &conflicts,
						    &view->luns[i]);
	return 0;
}

int ctl_lun_readiness_read(const struct ctl_sources *sources,
			   const struct inventory *view, const struct vhba_state *state,
			   enum lun_readiness **ret_progress)
{
	_cleanup_free_ enum lun_readiness *progress = NULL;
	int r;

	assert(sources);
	assert(view);
	assert(ret_progress);

	if (state && sources->udev)
		return readiness_read(sources->udev, sources->sysfs_fd, view, state,
				      ret_progress);
	progress = calloc(view->n_luns ? view->n_luns : 1, sizeof(*progress));
	if (!progress)
		return -ENOMEM;
	for (size_t i = 0; i < view->n_luns; i++)
		progress[i] = look_at_disk(&view->luns[i]);
	r = state ? read_links(sources, view, state, progress) : 0;
	if (r < 0)
		return r;

	*ret_progress = TAKE_PTR(progress);
	return 0;
}
