// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds out how a LUN that the kernel knows has changed. */
#include <inttypes.h>

#include "fc/identity.h"
#include "fc/lun-change.h"
#include "lib/size.h"

/* Whether the LUN is still the unit that it was; more may be known of it now. */
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
	/* A size of 0 could not be read: the LUN still has its old size. */
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

#define STATUS_GOOD	       0x00
#define STATUS_CHECK_CONDITION 0x02
#define KEY_ILLEGAL_REQUEST    0x05
#define ASC_NOT_SUPPORTED      0x25 /* LOGICAL UNIT NOT SUPPORTED */

#define CONNECTED     0 /* peripheral qualifiers */
#define NOT_SUPPORTED 3
#define TYPE_NONE     0x1f

static unsigned inquiry_qualifier(const uint8_t *data)
{
	return data[0] >> 5;
}

static unsigned inquiry_type(const uint8_t *data)
{
	return data[0] & 0x1f;
}

/* SPC-4 4.5.2 and 4.5.3: descriptor format and fixed format keep key and code in different places. */
static bool says_no_such_unit(const uint8_t *sense, size_t n)
{
	bool is_descriptor;

	if (n < 1)
		return false;
	is_descriptor = (sense[0] & 0x7f) >= 0x72;
	if (n < (is_descriptor ? 3 : 13))
		return false;
	return is_descriptor ? (sense[1] & 0x0f) == KEY_ILLEGAL_REQUEST &&
				       sense[2] == ASC_NOT_SUPPORTED :
			       (sense[2] & 0x0f) == KEY_ILLEGAL_REQUEST &&
				       sense[12] == ASC_NOT_SUPPORTED;
}

enum lun_presence inquiry_presence(uint8_t status, const uint8_t *data, size_t n_data,
				   const uint8_t *sense, size_t n_sense)
{
	assert(data || n_data == 0);
	assert(sense || n_sense == 0);

	if (status == STATUS_CHECK_CONDITION && says_no_such_unit(sense, n_sense))
		return PRESENCE_UNMAPPED;
	if (status != STATUS_GOOD || n_data < 1)
		return PRESENCE_UNKNOWN;
	if (inquiry_qualifier(data) == CONNECTED)
		return PRESENCE_MAPPED;
	/* If a disk is known but not connected now, its path is in the unavailable state: it will return, and no
	 * event would report that. */
	return inquiry_qualifier(data) == NOT_SUPPORTED ||
			       inquiry_type(data) == TYPE_NONE ?
		       PRESENCE_UNMAPPED :
		       PRESENCE_UNKNOWN;
}
