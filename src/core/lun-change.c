// SPDX-License-Identifier: LGPL-2.1-or-later
/* What became of a LUN that the kernel knew already. */
#include <inttypes.h>

#include "core/identity.h"
#include "core/lun-change.h"
#include "core/size.h"

static bool is_other_unit(const struct fc_lun *before, const struct fc_lun *after)
{
	char a[IDENTITY_SIZE], b[IDENTITY_SIZE];

	return !streq(identity_format(before, a), identity_format(after, b));
}

enum lun_change lun_change_judge(const struct fc_lun *before, enum lun_presence presence,
				 const struct fc_lun *after)
{
	assert(before);

	if (presence == PRESENCE_UNMAPPED)
		return LUN_UNMAPPED;
	if (presence != PRESENCE_MAPPED || !after)
		return LUN_SAME;
	if (is_other_unit(before, after))
		return LUN_REMAPPED;
	/* None at all: it could not be asked for its size, which it still has. */
	return after->size != 0 && before->size != after->size ? LUN_RESIZED : LUN_SAME;
}

void lun_change_print(enum lun_change change, const struct fc_lun *before,
		      const struct fc_lun *after, FILE *out)
{
	char a[IDENTITY_SIZE], b[IDENTITY_SIZE];
	char old_size[SIZE_TEXT_SIZE], size[SIZE_TEXT_SIZE];

	assert(before);
	assert(after || change == LUN_SAME || change == LUN_UNMAPPED);
	assert(out);

	switch (change) {
	case LUN_SAME:
		break;
	case LUN_UNMAPPED:
		fprintf(out, "LUN %" PRIu64 " (%s) is no longer mapped", before->lun,
			identity_format(before, a));
		break;
	case LUN_REMAPPED:
		fprintf(out, "LUN %" PRIu64 " was %s and is %s now", before->lun,
			identity_format(before, a), identity_format(after, b));
		break;
	case LUN_RESIZED:
		fprintf(out, "LUN %" PRIu64 " (%s) has %s now, and had %s", before->lun,
			before->disk, size_format(after->size, size),
			size_format(before->size, old_size));
		break;
	}
}
