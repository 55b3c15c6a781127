// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who claims a name that nobody gets: also claimants that come by another vHBA of the pool. */
#include "sys/claim-dir.h"
#include "vport.h"

static bool is_claimed_by(const struct claim *claim, const char *identity)
{
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (streq(claim->claimants[i].identity, identity))
			return true;
	return false;
}

static void print_conflict(const struct name_conflict *conflict, FILE *out)
{
	const struct claim *claim = &conflict->claim;

	fprintf(out, "%s is claimed by", conflict->link);
	for (size_t i = 0; i < claim->n_claimants; i++)
		fprintf(out, "%s %s (%s)", i ? "," : "", claim->claimants[i].device,
			claim->claimants[i].identity);
	if (claim->pin && !is_claimed_by(claim, claim->pin))
		fprintf(out, " and meant %s before", claim->pin);
}

bool vport_explain_conflicts(const struct task *task, const char *pool, char *buf,
			     size_t size)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	_cleanup_fclose_ FILE *out = NULL;

	if (claim_dir_conflicts(task->run, task->sysfs_fd, pool, &list) < 0 ||
	    list.n == 0)
		return false;
	memset(buf, 0, size);
	out = fmemopen(buf, size - 1, "w");
	if (!out)
		return false;
	for (size_t i = 0; i < list.n; i++) {
		fputs(i ? "; " : "", out);
		print_conflict(&list.conflicts[i], out);
	}
	return true;
}
