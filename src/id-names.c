// SPDX-License-Identifier: LGPL-2.1-or-later
/* The names of a device, claimed or looked up. */
#include "id.h"
#include "sys/claim-dir.h"

int id_settle_names(const struct lookup *lookup, const struct device *device,
		    const char *identity, struct name_list *names)
{
	int r;

	if (names->is_cut)
		fprintf(stderr,
			"npiv-id: '%s' has too many aliases, ignoring the last ones\n",
			device->name);
	if (device->partition > 0)
		return claim_dir_look(lookup->run, lookup->sysfs, device->name, names);
	r = claim_dir_claim(lookup->run, lookup->sysfs, device, identity, names);
	if (r >= 0)
		id_log_disputes(lookup, names);
	return r;
}

int id_give_up_names(const struct lookup *lookup, const struct device *device)
{
	if (device->partition > 0)
		return 0;
	return claim_dir_drop(lookup->run, lookup->sysfs, device->name, 0);
}
