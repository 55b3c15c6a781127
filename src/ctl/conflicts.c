// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reports names that are withheld. */
#include "ctl/conflicts.h"

/* Whether a name is one of a pool that is shown. */
static bool conflict_matters(const struct host_model *model,
			     const struct name_conflict *conflict, const char *name)
{
	const struct vhba_table *vhbas = &model->vhbas;
	size_t length = strcspn(conflict->link, "/");

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (row->pool && strlen(row->pool) == length &&
		    strncmp(row->pool, conflict->link, length) == 0 &&
		    (!name || vhba_row_matches(row, name)))
			return true;
	}
	return false;
}

void ctl_conflicts_explain(const struct host_model *model,
			   const struct conflict_list *conflicts, const char *name)
{
	for (size_t i = 0; i < conflicts->n; i++) {
		const struct name_conflict *conflict = &conflicts->conflicts[i];

		if (!conflict_matters(model, conflict, name))
			continue;
		fprintf(stderr, "npivctl: %s " NPIV_DEV_DIR "/%s: it is claimed by ",
			claim_grants_any(&conflict->claim) ? "not every path gets" :
							     "no device gets",
			conflict->link);
		dispute_print_claimants(&conflict->claim, stderr);
		fputc('\n', stderr);
	}
}
