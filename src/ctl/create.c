// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl create: a configuration file of options. */
#include <getopt.h>

#include "config/name.h"
#include "diagnose/parent.h"
#include "diagnose/stage.h"
#include "fc/wwn.h"
#include "ctl/new-config.h"
#include "ctl/wwn-alloc.h"
#include "ctl/ctl.h"

#define COMMENT "# Made by npivctl create; npiv.conf(5) has every key.\n"

enum {
	OPTION_ALIAS = 400,
	OPTION_START,
	OPTION_ENABLE,
	OPTION_DRY_RUN,
	OPTION_STABLE,
	OPTION_KEY, /* from here on: a key of the configuration each */
};

/* The keys of a file as options: "parent_wwpn" is --parent-wwpn. */
static const struct ctl_option options[] = {
	{ "wwpn", OPTION_KEY, required_argument, "WWPN",
	  "its port name; made where none is given" },
	{ "wwnn", OPTION_KEY + 1, required_argument, "WWNN",
	  "its node name; made where none is given" },
	{ "stable", OPTION_STABLE, no_argument, NULL,
	  "make the names that this machine always gives NAME" },
	{ "naa", WWN_ALLOC_OPTION_NAA, required_argument, "2|5",
	  "the form of names made (5)" },
	{ "oui", WWN_ALLOC_OPTION_OUI, required_argument, "OUI",
	  "the organization in names made (001a4a)" },
	{ "type", OPTION_KEY + 2, required_argument, "TYPE",
	  "vport (the default) or hba" },
	{ "pool", OPTION_KEY + 3, required_argument, "POOL",
	  "what its LUNs are named in (NAME)" },
	{ "parent-wwpn", OPTION_KEY + 4, required_argument, "WWPN",
	  "the HBA that carries it, by its port name;" },
	{ "parent-wwnn", OPTION_KEY + 5, required_argument, "WWNN", "by its node name;" },
	{ "parent-fabric-wwn", OPTION_KEY + 6, required_argument, "WWN",
	  "any that is logged in to this fabric;" },
	{ "parent", OPTION_KEY + 7, required_argument, "PLACE",
	  "by its PCI address, or hostN" },
	{ "luns", OPTION_KEY + 8, required_argument, "LIST",
	  "LUN numbers that must be there: 0-3,7" },
	{ "min-luns", OPTION_KEY + 9, required_argument, "N", "so many must be there" },
	{ "alias", OPTION_ALIAS, required_argument, "LUN=ALIAS",
	  "a name of your own for a LUN, by number or WWID;\n"
	  "can be given more than once" },
	{ "autostart", OPTION_KEY + 10, required_argument, "yes|no",
	  "whether the boot starts it (yes)" },
	{ "timeout", OPTION_KEY + 11, required_argument, "TIME",
	  "the longest that a start may take (60s)" },
	{ "settle", OPTION_KEY + 12, required_argument, "TIME",
	  "without LUNs to wait for: how long none must come (2s)" },
	{ "on-stop", OPTION_KEY + 13, required_argument, "delete|keep",
	  "what stop does with the port (delete)" },
	{ "on-busy", OPTION_KEY + 14, required_argument, "refuse|force",
	  "what stop does while LUNs are in use (refuse)" },
	{ "symbolic-name", OPTION_KEY + 15, required_argument, "TEXT",
	  "what the switch shows (npiv:HOSTNAME:NAME)" },
	{ "dev-loss-tmo", OPTION_KEY + 16, required_argument, "SECONDS",
	  "until LUNs of a lost target are given up" },
	{ "fast-io-fail-tmo", OPTION_KEY + 17, required_argument, "SECONDS",
	  "until their I/O fails, or off" },
	{ "owner", OPTION_KEY + 18, required_argument, "USER",
	  "of the LUNs' device nodes" },
	{ "group", OPTION_KEY + 19, required_argument, "GROUP", "of the same" },
	{ "mode", OPTION_KEY + 20, required_argument, "MODE", "of the same" },
	{ "multipath", OPTION_KEY + 21, required_argument, "MODE",
	  "auto (the default), yes or no" },
	{ "guest", OPTION_KEY + 22, required_argument, "DOMAIN",
	  "the domain of libvirt that gets its LUNs" },
	{ "host-use", OPTION_KEY + 23, required_argument, "yes|no",
	  "whether md, LVM and the like of the host use them" },
	{ "enable", OPTION_ENABLE, no_argument, NULL,
	  "write autostart = yes, whatever [defaults] say" },
	{ "start", OPTION_START, no_argument, NULL, "start it when it is written" },
	{ "dry-run", OPTION_DRY_RUN, no_argument, NULL, "print the file, write nothing" },
};

#define FIRST_POOL_KEY (OPTION_KEY + 18)
#define N_KEYS	       24U

struct request {
	struct wwn_alloc_options wwn_alloc;
	char keys[N_KEYS][32]; /* as they stand in a file; "": not given */
	const char *values[N_KEYS];
	const char **aliases; /* "LUN=ALIAS" */
	size_t n_aliases;
	uint64_t fabrics
		[PARENT_FABRICS_MAX]; /* that HBAs are in, where it was not said which */
	size_t n_fabrics;
	bool is_dry_run, wants_start, wants_stable;
};

static void request_done(struct request *request)
{
	free(request->aliases);
}

/* --- options --------------------------------------------------------------------------------- */

static int take_alias(struct request *request, const char *argument)
{
	const char **place;

	if (!strchr(argument, '=')) {
		fprintf(stderr,
			"npivctl: --alias: '%s' is not LUN=ALIAS, such as 0=system\n",
			argument);
		return -EINVAL;
	}
	place = array_grow(&request->aliases, request->n_aliases, sizeof(*place));
	if (!place) {
		ctl_fail("--alias", -ENOMEM);
		return -EINVAL;
	}
	*place = argument;
	request->n_aliases++;
	return 0;
}

static const char *option_name(int letter)
{
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (options[i].letter == letter)
			return options[i].name;
	return "";
}

static int take_key(struct request *request, int letter, const char *argument)
{
	size_t i = (size_t)(letter - OPTION_KEY);

	if (request->values[i]) {
		fprintf(stderr, "npivctl: --%s: given twice\n", option_name(letter));
		return -EINVAL;
	}
	(void)snprintf(request->keys[i], sizeof(request->keys[i]), "%s",
		       option_name(letter));
	for (char *p = request->keys[i]; *p; p++)
		if (*p == '-')
			*p = '_';
	request->values[i] = argument;
	return 0;
}

/* A line break in a value would begin a key of its own. */
static int check_line(int letter, const char *argument)
{
	if (!argument || !argument[strcspn(argument, "\r\n")])
		return 0;
	fprintf(stderr, "npivctl: --%s: there is a line break in its value\n",
		option_name(letter));
	return -EINVAL;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	if (check_line(letter, argument) < 0)
		return -EINVAL;
	switch (letter) {
	case OPTION_ALIAS:
		return take_alias(request, argument);
	case OPTION_START:
		request->wants_start = true;
		return 0;
	case OPTION_ENABLE:
		return take_key(request, OPTION_KEY + 10, "yes");
	case OPTION_DRY_RUN:
		request->is_dry_run = true;
		return 0;
	case OPTION_STABLE:
		request->wants_stable = true;
		return 0;
	case WWN_ALLOC_OPTION_NAA:
	case WWN_ALLOC_OPTION_OUI:
		return wwn_alloc_take_option(letter, argument, &request->wwn_alloc);
	default:
		return take_key(request, letter, argument);
	}
}

static const struct ctl_help help = {
	.usage = "create [OPTION...] NAME",
	.text = "Writes /etc/npiv.d/NAME.conf with the section of a new virtual HBA: never over a file,\n"
		"and never one that doubles a NAME or a WWPN of another file or of what runs here. Where\n"
		"no parent is named and HBAs are in several fabrics, it says which one it has written.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 1,
	.max_arguments = 1,
	.on_option = on_option,
};

/* --- the file -------------------------------------------------------------------------------- */

static const char *value_of(const struct request *request, const char *key)
{
	for (size_t i = 0; i < N_KEYS; i++)
		if (streq(request->keys[i], key))
			return request->values[i];
	return NULL;
}

/* Prints the names that are made for those that are not given. Returns an exit code. */
static int print_names(struct request *request, const char *name,
		       const struct host_model *model, FILE *out)
{
	const struct wwn_world world = wwn_alloc_world(model);
	const char *type = value_of(request, "type");
	char text[WWN_TEXT_SIZE];
	struct wwn_pair pair;
	int r;

	if ((value_of(request, "wwpn") && value_of(request, "wwnn")) ||
	    (type && streq(type, "hba")))
		return 0;
	request->wwn_alloc.stable_name = request->wants_stable ? name : NULL;
	r = wwn_alloc_pair(&world, &request->wwn_alloc, NULL, 0, &pair);
	if (r != 0)
		return r;
	if (!value_of(request, "wwpn"))
		fprintf(out, "wwpn = %s\n", wwn_format(pair.wwpn, text));
	if (!value_of(request, "wwnn"))
		fprintf(out, "wwnn = %s\n", wwn_format(pair.wwnn, text));
	return 0;
}

static bool names_parent(const struct request *request)
{
	return value_of(request, "parent_wwpn") || value_of(request, "parent_wwnn") ||
	       value_of(request, "parent_fabric_wwn") || value_of(request, "parent");
}

/* Prints which of several fabrics a vHBA goes to that names no parent: what is zoned for it there shall be
 * true tomorrow, too. */
static void print_fabric(struct request *request, const struct host_model *model,
			 FILE *out)
{
	const char *type = value_of(request, "type");
	char text[WWN_TEXT_SIZE];

	if (names_parent(request) || (type && streq(type, "hba")))
		return;
	request->n_fabrics = parent_list_fabrics(&model->inventory, request->fabrics);
	if (request->n_fabrics > 1)
		fprintf(out, "parent_fabric_wwn = %s\n",
			wwn_format(request->fabrics[0], text));
}

static void tell_fabric(const struct request *request)
{
	if (request->n_fabrics < 2)
		return;
	fprintf(stderr, "npivctl: HBAs of this host are in %zu fabrics, ",
		request->n_fabrics);
	parent_print_fabrics(request->fabrics, request->n_fabrics, stderr);
	fputs(": it goes to the first; --parent-fabric-wwn chooses another\n", stderr);
}

static void print_keys(const struct request *request, size_t first, size_t end, FILE *out)
{
	for (size_t i = first; i < end; i++)
		if (request->values[i])
			fprintf(out, "%s = %s\n", request->keys[i], request->values[i]);
}

static bool has_pool_keys(const struct request *request)
{
	for (size_t i = FIRST_POOL_KEY - OPTION_KEY; i < N_KEYS; i++)
		if (request->values[i])
			return true;
	return request->n_aliases > 0;
}

static void print_pool(const struct request *request, const char *name, FILE *out)
{
	const char *pool = value_of(request, "pool");

	fprintf(out, "[pool %s]\n", pool ? pool : name);
	print_keys(request, FIRST_POOL_KEY - OPTION_KEY, N_KEYS, out);
	for (size_t i = 0; i < request->n_aliases; i++) {
		/* A WWID may have a '=' in it, an alias has none. */
		const char *alias = request->aliases[i], *sign = strrchr(alias, '=');

		fprintf(out, "alias.%.*s = %s\n", (int)(sign - alias), alias, sign + 1);
	}
}

static int print_sections(struct request *request, const char *name,
			  const struct host_model *model, FILE *out)
{
	int r;

	fprintf(out, "[vhba %s]\n", name);
	r = print_names(request, name, model, out);
	print_fabric(request, model, out);
	print_keys(request, 0, FIRST_POOL_KEY - OPTION_KEY, out);
	if (has_pool_keys(request))
		print_pool(request, name, out);
	return r;
}

static int make(struct request *request, const char *name, const struct host_model *model,
		struct new_config *new_config)
{
	const char *also[N_KEYS + 1] = { 0 };
	_cleanup_free_ char *text = NULL;
	size_t size, n = 0;
	FILE *out;
	int r;

	out = open_memstream(&text, &size);
	if (!out)
		return ctl_fail("cannot make the file", -ENOMEM);
	r = print_sections(request, name, model, out);
	if (fclose(out) != 0)
		return ctl_fail("cannot make the file", -ENOMEM);
	for (size_t i = 0; i < N_KEYS; i++)
		if (request->values[i])
			also[n++] = request->keys[i];
	return r != 0 ? r : new_config_make(new_config, name, COMMENT, text, size, also);
}

int ctl_create(int argc, char *argv[])
{
	_cleanup_(request_done) struct request request = {
		.wwn_alloc = WWN_ALLOC_OPTIONS_DEFAULT
	};
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(new_config_done) struct new_config new_config = { 0 };
	const char *name;
	int r;

	r = ctl_parse_options(argc, argv, &help, &request, NULL);
	if (r >= 0)
		return r;
	name = argv[optind];
	if (!name_is_valid(name)) {
		fprintf(stderr, "npivctl create: '%s': %s\n", name, name_fault(name));
		return EXIT_USAGE;
	}
	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	r = make(&request, name, &model, &new_config);
	if (r == 0)
		r = new_config_check(&new_config, &model);
	if (r == 0)
		r = new_config_put(&new_config, request.is_dry_run);
	if (r == 0)
		tell_fabric(&request);
	if (r == 0 && request.wants_start && !request.is_dry_run)
		r = new_config_start(&new_config);
	return r;
}
