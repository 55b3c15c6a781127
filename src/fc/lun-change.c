// SPDX-License-Identifier: LGPL-2.1-or-later
/* What became of a LUN that the kernel knew already. */
#include <inttypes.h>

#include "fc/identity.h"
#include "fc/lun-change.h"
#include "lib/size.h"

/* Whether it is what it was taken for; more may be known of it now. */
static bool is_still(const char *was, const struct fc_lun *after)
{
	char is[IDENTITY_SIZE], traits[TRAITS_SIZE];
	const struct known_unit before = { was, "" };
	const struct known_unit now = { identity_format(after, is),
					identity_traits(after, traits) };

	return identity_became(&before, &now);
}

enum lun_change lun_change_judge(const struct fc_lun *before, const char *was,
				 enum lun_presence presence, const struct fc_lun *after)
{
	assert(before);
	assert(was);

	if (presence == PRESENCE_UNMAPPED)
		return LUN_UNMAPPED;
	if (presence != PRESENCE_MAPPED || !after)
		return LUN_SAME;
	if (!is_still(was, after))
		return LUN_REMAPPED;
	/* None at all: it could not be asked for its size, which it still has. */
	return after->size != 0 && before->size != after->size ? LUN_RESIZED : LUN_SAME;
}

void lun_change_print(enum lun_change change, const struct fc_lun *before,
		      const char *was, const struct fc_lun *after, FILE *out)
{
	char is[IDENTITY_SIZE];
	char old_size[SIZE_TEXT_SIZE], size[SIZE_TEXT_SIZE];

	assert(before);
	assert(was);
	assert(after || change == LUN_SAME || change == LUN_UNMAPPED);
	assert(out);

	switch (change) {
	case LUN_SAME:
		break;
	case LUN_UNMAPPED:
		fprintf(out, "LUN %" PRIu64 " (%s) is no longer mapped", before->lun,
			was);
		break;
	case LUN_REMAPPED:
		fprintf(out, "LUN %" PRIu64 " was %s and is %s now", before->lun, was,
			identity_format(after, is));
		break;
	case LUN_RESIZED:
		fprintf(out, "LUN %" PRIu64 " (%s) has %s now, and had %s", before->lun,
			before->disk, size_format(after->size, size),
			size_format(before->size, old_size));
		break;
	}
}
