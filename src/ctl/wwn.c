// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl wwn: makes WWNs for new virtual HBAs. */
#include <getopt.h>

#include "config/name.h"
#include "lib/parse.h"
#include "lib/usage.h"
#include "fc/wwn.h"
#include "ctl/wwn-alloc.h"
#include "ctl/ctl.h"

#define MAX_COUNT 1000U

enum {
	COL_WWPN,
	COL_WWNN,
};

static const struct table_column columns[] = {
	[COL_WWPN] = { .name = "WWPN", .help = "a port name", .place = 1 },
	[COL_WWNN] = { .name = "WWNN", .help = "the node name of the pair", .place = 2 },
};

static const struct ctl_option options[] = {
	{ "count", 'c', required_argument, "N", "how many pairs (1)" },
	{ "naa", WWN_ALLOC_OPTION_NAA, required_argument, "2|5",
	  "the form of the WWNs: 5 (the default) is the organization and\n"
	  "36 bits, 2 is 12 bits, the organization and 24 bits" },
	{ "oui", WWN_ALLOC_OPTION_OUI, required_argument, "OUI",
	  "the organization, six hex digits (001a4a: virtual machines\n"
	  "of QEMU and KVM, as in the WWNs that libvirt makes)" },
	{ "stable", 's', required_argument, "NAME",
	  "print the pair that this machine makes from NAME" },
};

struct request {
	struct wwn_alloc_options wwn_alloc;
	uint64_t count;
	bool has_count;
};

static int take_count(const char *argument, struct request *request)
{
	request->has_count = true;
	if (parse_unsigned(argument, MAX_COUNT, &request->count) >= 0 && request->count)
		return 0;
	fprintf(stderr, "npivctl: --count: '%s' is not a number from 1 to %u\n", argument,
		MAX_COUNT);
	return -EINVAL;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	switch (letter) {
	case 'c':
		return take_count(argument, request);
	case 's':
		if (!name_is_valid(argument)) {
			fprintf(stderr, "npivctl: --stable: '%s': %s\n", argument,
				name_fault(argument));
			return -EINVAL;
		}
		request->wwn_alloc.stable_name = argument;
		return 0;
	default:
		return wwn_alloc_take_option(letter, argument, &request->wwn_alloc);
	}
}

static const struct ctl_help help = {
	.usage = "wwn [OPTION...]",
	.text = "Makes pairs of WWPN and WWNN for virtual HBAs. None is in use by a file, a running\n"
		"virtual HBA, a port of this host, or a port that this host sees in its fabrics.",
	.columns = columns,
	.n_columns = ARRAY_SIZE(columns),
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.on_option = on_option,
};

static int print_pairs(struct table *table, const struct request *request,
		       const struct wwn_world *world)
{
	_cleanup_free_ struct wwn_pair *pairs = calloc(request->count, sizeof(*pairs));
	int r;

	if (!pairs)
		return ctl_fail("cannot print", -ENOMEM);
	for (size_t i = 0; i < request->count; i++) {
		int code =
			wwn_alloc_pair(world, &request->wwn_alloc, pairs, i, &pairs[i]);

		if (code != 0)
			return code;
		table_add_line(table);
		table_set_wwn(table, COL_WWPN, pairs[i].wwpn);
		table_set_wwn(table, COL_WWNN, pairs[i].wwnn);
	}
	r = table_print(table);
	return r < 0 ? ctl_fail("cannot print", r) : EXIT_SUCCESS;
}

int ctl_wwn(int argc, char *argv[])
{
	struct request request = { .wwn_alloc = WWN_ALLOC_OPTIONS_DEFAULT, .count = 1 };
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(table_done) struct table table = { 0 };
	struct table_options table_options;
	struct wwn_world world;
	int r;

	r = ctl_parse_options(argc, argv, &help, &request, &table_options);
	if (r >= 0)
		return r;
	if (request.wwn_alloc.stable_name && request.has_count) {
		fputs("npivctl wwn: --stable and --count cannot be combined\n", stderr);
		return EXIT_USAGE;
	}
	r = table_init(&table, "wwns", columns, ARRAY_SIZE(columns), &table_options);
	if (r < 0)
		return ctl_fail_table(r);
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	world = wwn_alloc_world(&model);
	return print_pairs(&table, &request, &world);
}
