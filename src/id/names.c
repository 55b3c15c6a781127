// SPDX-License-Identifier: LGPL-2.1-or-later
/* Claims or reads the names of a device. */
#include <syslog.h>

#include "id/id.h"
#include "names/names.h"

/* Falls back to the names in the store. A stored verdict on a name is safe, because every other unit that claims
 * the name sees it. A name that is not stored for this device as this unit is not granted, because no other unit
 * could see it. */
static void names_fall_back(const struct lookup *lookup, const struct device *device,
			    const struct claim_unit *unit, int error,
			    struct name_list *names)
{
	syslog(LOG_WARNING,
	       "cannot save the names of '%s' below %s: %s; it keeps only the names that are "
	       "saved there for this logical unit, until its next event",
	       device->name, lookup->run, strerror(-error));
	names_look(lookup->run, lookup->sysfs, device, unit, names);
}

void id_settle_names(const struct lookup *lookup, const struct device *device,
		     const struct claim_unit *unit, struct name_list *names)
{
	int r;

	if (names->is_cut)
		fprintf(stderr,
			"npiv-id: '%s' has too many aliases, ignoring the last ones\n",
			device->name);
	if (device->partition > 0) {
		names_look(lookup->run, lookup->sysfs, device, unit, names);
		return;
	}
	r = names_claim(lookup->run, lookup->sysfs, device, unit, names);
	if (r < 0)
		names_fall_back(lookup, device, unit, r, names);
	else
		id_log_disputes(lookup, names);
}

int id_keep_names(const struct lookup *lookup, const struct device *device,
		  const char *identity, FILE *out)
{
	_cleanup_free_ char *claimed = NULL;
	bool is_granted = false;
	int r;

	r = names_is_granted(lookup->run, lookup->sysfs, device->name, &is_granted);
	if (r >= 0 && identity)
		r = names_identity(lookup->run, lookup->sysfs, device->name, &claimed);
	if (r < 0)
		return r;
	if (!is_granted || (identity && !(claimed && streq(claimed, identity))))
		return 0;
	fputs("NPIV_KEEP=1\n", out);
	return 1;
}

int id_give_up_names(const struct lookup *lookup, const struct device *device)
{
	if (device->partition > 0)
		return 0;
	return names_drop(lookup->run, lookup->sysfs, device->name, 0);
}
