// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which logical unit a disk is, whatever path leads to it. */
#include <inttypes.h>

#include "core/identity.h"
#include "core/wwn.h"

bool identity_has_wwid(const struct fc_lun *lun)
{
	assert(lun);

	/* "-" alone would read as no identity where claims are kept (claim.h). */
	return *lun->wwid && !streq(lun->wwid, "-");
}

char *identity_format(const struct fc_lun *lun, char buf[static IDENTITY_SIZE])
{
	char wwpn[WWN_TEXT_SIZE];

	assert(lun);

	if (identity_has_wwid(lun))
		(void)snprintf(buf, IDENTITY_SIZE, "%s", lun->wwid);
	else if (*lun->serial)
		(void)snprintf(buf, IDENTITY_SIZE, "serial:%s:%s:%s", lun->vendor,
			       lun->model, lun->serial);
	else
		(void)snprintf(buf, IDENTITY_SIZE, "target:%s-lun-%" PRIu64,
			       wwn_format(lun->target_wwpn, wwpn), lun->lun);
	return buf;
}
