// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who claims a name that nobody gets: also claimants that come by another vHBA of the pool. */
#include "names/names.h"
#include "vport/vport.h"

bool vport_explain_conflicts(const struct task *task, const char *pool, char *buf,
			     size_t size)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	_cleanup_fclose_ FILE *out = NULL;

	if (names_conflicts(task->run, task->sysfs_fd, pool, &list) < 0 || list.n == 0)
		return false;
	memset(buf, 0, size);
	out = fmemopen(buf, size - 1, "w");
	if (!out)
		return false;
	for (size_t i = 0; i < list.n; i++) {
		fputs(i ? "; " : "", out);
		claim_print_dispute(&list.conflicts[i].claim, list.conflicts[i].link,
				    out);
	}
	return true;
}
