// SPDX-License-Identifier: LGPL-2.1-or-later
/* Allocates WWNs for virtual ports: makes them, and compares them with all that are known here. */
#include "fc/wwn.h"
#include "ctl/wwn-alloc.h"
#include "ctl/ctl.h"
#include "fc/seed.h"
#include "lib/limits.h"

/* With 35 bits even the second try is hardly ever needed. */
#define MAX_TRIES 100

int wwn_alloc_take_option(int letter, const char *argument,
			  struct wwn_alloc_options *options)
{
	if (letter == WWN_ALLOC_OPTION_NAA) {
		if (!streq(argument, "2") && !streq(argument, "5")) {
			fprintf(stderr, "npivctl: --naa: '%s' is neither 2 nor 5\n",
				argument);
			return -EINVAL;
		}
		options->naa = *argument == '2' ? WWN_NAA_2 : WWN_NAA_5;
		return 0;
	}
	switch (wwn_parse_oui(argument, &options->oui)) {
	case 0:
		return 0;
	case -ERANGE:
		fprintf(stderr,
			"npivctl: --oui: '%s' has the multicast bit set, so no organization "
			"has it\n",
			argument);
		return -EINVAL;
	default:
		fprintf(stderr,
			"npivctl: --oui: '%s' is not an OUI; give six hex digits, such as "
			"001a4a\n",
			argument);
		return -EINVAL;
	}
}

struct wwn_world wwn_alloc_world(const struct host_model *model)
{
	return (struct wwn_world){
		.config = &model->config,
		.states = model->states.states,
		.n_states = model->states.n,
		.inventory = &model->inventory,
	};
}

static bool is_among(struct wwn_pair pair, const struct wwn_pair *others, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (others[i].wwpn == pair.wwpn)
			return true;
	return false;
}

static int wwn_alloc_stable(const struct wwn_world *world,
			    const struct wwn_alloc_options *options,
			    struct wwn_pair *ret_pair)
{
	char user[WWN_USER_SIZE] = "", text[WWN_TEXT_SIZE], name[NPIV_NAME_MAX + 16];
	unsigned n_tries = options->is_lenient ? MAX_TRIES : 1;

	for (unsigned i = 0; i < n_tries; i++) {
		uint64_t seed;
		int r;

		(void)snprintf(name, sizeof(name), "%s#%u", options->stable_name, i);
		if (i == 0)
			name[strcspn(name, "#")] = '\0';
		r = seed_of_machine(name, &seed);
		if (r < 0)
			return ctl_fail("cannot read the machine's id (/etc/machine-id)",
					r);
		*ret_pair = wwn_make(options->naa, options->oui, seed);
		if (!wwn_is_used(world, ret_pair->wwpn, options->stable_name, user) &&
		    !wwn_is_used(world, ret_pair->wwnn, options->stable_name, user))
			return 0;
	}
	fprintf(stderr,
		"npivctl: the WWPN %s, which this machine gives '%s', is already used by %s; "
		"choose another name or another --oui\n",
		wwn_format(ret_pair->wwpn, text), options->stable_name, user);
	return EXIT_FAILURE;
}

int wwn_alloc_pair(const struct wwn_world *world, const struct wwn_alloc_options *options,
		   const struct wwn_pair *others, size_t n, struct wwn_pair *ret_pair)
{
	char user[WWN_USER_SIZE];

	if (options->stable_name)
		return wwn_alloc_stable(world, options, ret_pair);
	for (unsigned i = 0; i < MAX_TRIES; i++) {
		uint64_t seed;
		int r;

		r = seed_random(&seed);
		if (r < 0)
			return ctl_fail("cannot get random numbers", r);
		*ret_pair = wwn_make(options->naa, options->oui, seed);
		if (!is_among(*ret_pair, others, n) &&
		    !wwn_is_used(world, ret_pair->wwpn, NULL, user) &&
		    !wwn_is_used(world, ret_pair->wwnn, NULL, user))
			return 0;
	}
	fprintf(stderr,
		"npivctl: no free WWN in %d tries; the last one is already used by %s\n",
		MAX_TRIES, user);
	return EXIT_FAILURE;
}
