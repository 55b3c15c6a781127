// SPDX-License-Identifier: LGPL-2.1-or-later
/* Plans which LUNs of a pool are attached to its guest, and which are detached. */
#include <inttypes.h>

#include "libvirt/attach-plan.h"

#define ALIAS_PREFIX "ua-npiv-"
#define TARGET_IDS   256U /* of a virtio-scsi controller: VIRTIO_SCSI_MAX_TARGET and 0 */

/* --- aliases --------------------------------------------------------------------------------- */

/* The name of a pool may contain a '.', an alias may not: writes '.' as "_d", and '_' as "__". */
static char *escape_pool(const char *pool, char *out)
{
	for (; *pool; pool++) {
		if (*pool == '.' || *pool == '_')
			*out++ = '_';
		*out++ = *pool == '.' ? 'd' : *pool;
	}
	*out = '\0';
	return out;
}

char *attach_alias_format(const char *pool, uint64_t number,
			  char buf[static ATTACH_ALIAS_SIZE])
{
	char escaped[2 * NPIV_NAME_MAX + 1];

	assert(pool);
	assert(strlen(pool) <= NPIV_NAME_MAX);

	(void)escape_pool(pool, escaped);
	(void)snprintf(buf, ATTACH_ALIAS_SIZE, ALIAS_PREFIX "%s-%" PRIu64, escaped,
		       number);
	return buf;
}

int attach_alias_parse(const char *alias, const char *pool, uint64_t *ret_number)
{
	char escaped[2 * NPIV_NAME_MAX + 1];
	const char *rest;

	assert(alias);
	assert(pool);
	assert(strlen(pool) <= NPIV_NAME_MAX);
	assert(ret_number);

	(void)escape_pool(pool, escaped);
	rest = startswith(alias, ALIAS_PREFIX);
	rest = rest ? startswith(rest, escaped) : NULL;
	/* Only a number may follow the '-': if this '-' belongs to the name of another pool, more than a number
	 * follows. */
	if (!rest || *rest != '-' || parse_unsigned(rest + 1, UINT64_MAX, ret_number) < 0)
		return -EINVAL;
	return 0;
}

void attach_recognize(struct attach_guest *guest, const char *pool)
{
	assert(guest);
	assert(pool);

	for (size_t i = 0; i < guest->n; i++) {
		struct attach_disk *disk = &guest->disks[i];

		/* A device without a target is no disk, whatever its alias. */
		disk->is_ours = disk->alias && disk->target &&
				attach_alias_parse(disk->alias, pool, &disk->number) >= 0;
	}
}

/* --- addresses -------------------------------------------------------------------------------- */

static bool is_target_taken(const struct attach_guest *guest,
			    const struct attach_plan *plan, const char *target)
{
	for (size_t i = 0; i < guest->n; i++)
		if (guest->disks[i].target && streq(guest->disks[i].target, target))
			return true;
	for (size_t i = 0; i < plan->n; i++)
		if (plan->steps[i].lun && streq(plan->steps[i].target, target))
			return true;
	return false;
}

static int choose_target(const struct attach_guest *guest, const struct attach_plan *plan,
			 char target[static GUEST_TARGET_SIZE])
{
	for (unsigned place = 0; place < GUEST_TARGETS_MAX; place++)
		if (!is_target_taken(guest, plan,
				     guest_target_format(GUEST_SCSI, place, target)))
			return 0;
	return -E2BIG;
}

static bool is_place_taken(const struct attach_guest *guest,
			   const struct attach_plan *plan, unsigned target_id,
			   unsigned unit)
{
	for (size_t i = 0; i < guest->n; i++) {
		const struct attach_disk *disk = &guest->disks[i];

		if (disk->has_place && (int)disk->controller == guest->controller &&
		    disk->bus == 0 && disk->target_id == target_id && disk->unit == unit)
			return true;
	}
	for (size_t i = 0; i < plan->n; i++) {
		const struct attach_step *step = &plan->steps[i];

		if (step->lun && step->has_place && step->target_id == target_id &&
		    step->unit == unit)
			return true;
	}
	return false;
}

/* Uses the LUN number of the array as the unit, so that the guest sees the same number. */
static void choose_place(const struct attach_guest *guest, const struct attach_plan *plan,
			 struct attach_step *step)
{
	if (guest->controller < 0 || step->lun->number > GUEST_UNIT_MAX)
		return;
	step->controller = (unsigned)guest->controller;
	step->unit = (unsigned)step->lun->number;
	for (step->target_id = 0; step->target_id < TARGET_IDS; step->target_id++)
		if (!is_place_taken(guest, plan, step->target_id, step->unit)) {
			step->has_place = true;
			return;
		}
}

/* --- the plan -------------------------------------------------------------------------------- */

/* Returns a new step. The caller increments n when the step is complete. */
static struct attach_step *new_step(struct attach_plan *plan)
{
	return array_grow(&plan->steps, plan->n, sizeof(*plan->steps));
}

static int plan_detach(struct attach_plan *plan, const struct attach_disk *disk)
{
	struct attach_step *step = new_step(plan);

	if (!step)
		return -ENOMEM;
	step->detach = disk;
	plan->n++;
	return 0;
}

static int plan_attach(struct attach_plan *plan, const char *pool,
		       const struct attach_guest *guest, const struct attach_lun *lun)
{
	struct attach_step *step = new_step(plan);
	int r;

	if (!step)
		return -ENOMEM;
	step->lun = lun;
	(void)attach_alias_format(pool, lun->number, step->alias);
	/* A SCSI command that a guest sends fails with its path: a map does not resend it on another path. */
	step->device = lun->is_map ? GUEST_DISK : GUEST_LUN;
	r = choose_target(guest, plan, step->target);
	if (r < 0)
		return r;
	choose_place(guest, plan, step);
	plan->n++;
	return 0;
}

static bool has_lun(const struct attach_guest *guest, const struct attach_lun *lun)
{
	for (size_t i = 0; i < guest->n; i++) {
		const struct attach_disk *disk = &guest->disks[i];

		if (disk->is_ours ? disk->number == lun->number && !disk->is_lost :
				    *disk->device && streq(disk->device, lun->device))
			return true;
	}
	return false;
}

int attach_plan_build(const char *pool, const struct attach_guest *guest,
		      const struct attach_lun *luns, size_t n_luns,
		      struct attach_plan *ret_plan)
{
	_cleanup_(attach_plan_done) struct attach_plan plan = { 0 };
	int r = 0;

	assert(pool);
	assert(guest);
	assert(luns || n_luns == 0);
	assert(ret_plan);

	for (size_t i = 0; i < guest->n && r >= 0; i++) {
		if (guest->disks[i].is_ours && guest->disks[i].is_lost)
			r = plan_detach(&plan, &guest->disks[i]);
		else
			plan.n_kept += guest->disks[i].is_ours;
	}
	for (size_t i = 0; i < n_luns && r >= 0; i++)
		if (!has_lun(guest, &luns[i]))
			r = plan_attach(&plan, pool, guest, &luns[i]);
	if (r < 0)
		return r;

	*ret_plan = plan;
	plan = (struct attach_plan){ 0 };
	return 0;
}

void attach_plan_done(struct attach_plan *plan)
{
	free(plan->steps);
	*plan = (struct attach_plan){ 0 };
}

void attach_guest_done(struct attach_guest *guest)
{
	for (size_t i = 0; i < guest->n; i++) {
		free(guest->disks[i].alias);
		free(guest->disks[i].source);
		free(guest->disks[i].target);
	}
	free(guest->disks);
	*guest = (struct attach_guest){ .controller = -1 };
}
