// SPDX-License-Identifier: LGPL-2.1-or-later
/* Identifies the logical unit of a disk, whatever path leads to it. */
#include <inttypes.h>

#include "fc/identity.h"
#include "fc/wwn.h"

bool identity_has_wwid(const struct fc_lun *lun)
{
	assert(lun);

	/* claim.h uses "-" for no identity. */
	return *lun->wwid && !streq(lun->wwid, "-");
}

#define BY_SERIAL "serial:"
#define BY_PLACE  "target:"

char *identity_format(const struct fc_lun *lun, char buf[static IDENTITY_SIZE])
{
	char wwpn[WWN_TEXT_SIZE];

	assert(lun);

	if (identity_has_wwid(lun))
		(void)snprintf(buf, IDENTITY_SIZE, "%s", lun->wwid);
	else if (*lun->serial)
		(void)snprintf(buf, IDENTITY_SIZE, BY_SERIAL "%s:%s:%s", lun->vendor,
			       lun->model, lun->serial);
	else
		(void)snprintf(buf, IDENTITY_SIZE, BY_PLACE "%s-lun-%" PRIu64,
			       wwn_format(lun->target_wwpn, wwpn), lun->lun);
	return buf;
}

char *identity_traits(const struct fc_lun *lun, char buf[static TRAITS_SIZE])
{
	assert(lun);

	*buf = '\0';
	if (*lun->vendor || *lun->model || *lun->serial)
		(void)snprintf(buf, TRAITS_SIZE, "%s\t%s\t%s", lun->vendor, lun->model,
			       lun->serial);
	return buf;
}

enum { WITHOUT_SERIAL = 2, ALL_TRAITS = 3 };

/* Compares the first n_traits traits. */
static bool traits_fit_first(const char *a, const char *b, unsigned n_traits)
{
	for (unsigned i = 0; *a && *b && i < n_traits; i++) {
		size_t n = strcspn(a, "\t"), m = strcspn(b, "\t");

		if (n > 0 && m > 0 && (n != m || memcmp(a, b, n) != 0))
			return false;
		a += n + (a[n] == '\t');
		b += m + (b[m] == '\t');
	}
	return true;
}

bool traits_fit(const char *a, const char *b)
{
	assert(a);
	assert(b);

	return traits_fit_first(a, b, ALL_TRAITS);
}

bool identity_paths_fit(const char *identity, const char *a, const char *b)
{
	bool is_worldwide;

	assert(identity);
	assert(a);
	assert(b);

	is_worldwide = startswith(identity, "naa.") || startswith(identity, "eui.");
	return traits_fit_first(a, b, is_worldwide ? WITHOUT_SERIAL : ALL_TRAITS);
}

bool identity_is_place(const char *identity)
{
	assert(identity);

	return startswith(identity, BY_PLACE) != NULL;
}

bool identity_is_of_serial(const char *identity, const char *other, const char *traits)
{
	const char *rest = startswith(identity, BY_SERIAL);

	if (!rest || startswith(other, BY_SERIAL) || startswith(other, BY_PLACE))
		return false;
	for (; *rest && *traits; rest++, traits++)
		if (*rest != (*traits == '\t' ? ':' : *traits))
			return false;
	return !*rest && !*traits;
}

bool identity_became(const struct known_unit *was, const struct known_unit *is)
{
	assert(was);
	assert(is);

	if (!traits_fit(was->traits, is->traits))
		return false;
	/* A place can be replaced by a better identity, but never by another place: that is a map with another
	 * path. */
	return streq(was->identity, is->identity) ||
	       (identity_is_place(was->identity) && !identity_is_place(is->identity)) ||
	       identity_is_of_serial(was->identity, is->identity, is->traits);
}
