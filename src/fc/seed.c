// SPDX-License-Identifier: LGPL-2.1-or-later
/* Seeds for names, from the kernel's random numbers and the machine's id. */
#include <sys/random.h>

#include <systemd/sd-id128.h>

#include "fc/wwn.h"
#include "fc/seed.h"

int seed_random(uint64_t *ret_seed)
{
	assert(ret_seed);

	/* getrandom(2) returns up to 256 bytes in one piece. */
	return getrandom(ret_seed, sizeof(*ret_seed), 0) < 0 ? -errno : 0;
}

int seed_of_machine(const char *name, uint64_t *ret_seed)
{
	sd_id128_t application, id;
	int r;

	assert(name);
	assert(ret_seed);

	wwn_name_id(name, application.bytes);
	r = sd_id128_get_machine_app_specific(application, &id);
	if (r < 0)
		return r;
	*ret_seed = 0;
	/* Leave out the bytes with the version and variant of a UUID. */
	for (unsigned i = 0; i < 5; i++)
		*ret_seed = *ret_seed << 8 | id.bytes[i];
	return 0;
}
