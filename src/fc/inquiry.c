// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether a LUN is mapped, by what comes back for an INQUIRY. */
#include "fc/inquiry.h"

#define STATUS_GOOD	       0x00
#define STATUS_CHECK_CONDITION 0x02
#define KEY_ILLEGAL_REQUEST    0x05
#define ASC_NOT_SUPPORTED      0x25 /* LOGICAL UNIT NOT SUPPORTED */

#define CONNECTED     0 /* peripheral qualifiers */
#define NOT_SUPPORTED 3
#define TYPE_NONE     0x1f

static unsigned qualifier(const uint8_t *data)
{
	return data[0] >> 5;
}

static unsigned type(const uint8_t *data)
{
	return data[0] & 0x1f;
}

/* SPC-4 4.5.2 and 4.5.3: the descriptor format and the fixed one keep them in different places. */
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
	if (qualifier(data) == CONNECTED)
		return PRESENCE_MAPPED;
	/* "Not now" of what is known to be a disk is a path in the unavailable state: it
	 * will be back, and nobody would tell. */
	return qualifier(data) == NOT_SUPPORTED || type(data) == TYPE_NONE ?
		       PRESENCE_UNMAPPED :
		       PRESENCE_UNKNOWN;
}
