// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl create: writes a configuration file from options. */
#include <getopt.h>

#include "config/keys.h"
#include "config/name.h"
#include "diagnose/parent.h"
#include "lib/usage.h"
#include "fc/seed.h"
#include "fc/wwn.h"
#include "ctl/new-config.h"
#include "ctl/wwn-alloc.h"
#include "ctl/ctl.h"

#define HELP_TEXT                                                                             \
	"Writes /etc/npiv.d/NAME.conf with the section of a new virtual HBA. Fails if the\n"  \
	"file exists, if another file has NAME, or if another file, a running virtual HBA\n"  \
	"or a port has the WWPN. Makes WWNs that are not given from NAME and the machine's\n" \
	"id, so 'create --dry-run' prints the WWNs that 'create' writes. If no parent is\n"   \
	"given and the HBAs are in several fabrics, chooses one fabric and reports it."
#define COMMENT "# Made by npivctl create; npiv.conf(5) has every key.\n"

enum {
	OPTION_START = 400,
	OPTION_ENABLE,
	OPTION_DRY_RUN,
	OPTION_STABLE,
	OPTION_KEY, /* from here on each value is a key of the configuration, by its index */
};

/* The options beside the keys of a file. */
static const struct ctl_option other_options[] = {
	{ "stable", OPTION_STABLE, no_argument, NULL,
	  "fail if the WWNs made from NAME are in use" },
	{ "naa", WWN_ALLOC_OPTION_NAA, required_argument, "2|5",
	  "the form of the WWNs that are made (5)" },
	{ "oui", WWN_ALLOC_OPTION_OUI, required_argument, "OUI",
	  "the organization in the WWNs that are made (001a4a)" },
	{ "enable", OPTION_ENABLE, no_argument, NULL,
	  "write autostart = yes, whatever [defaults] sets" },
	{ "start", OPTION_START, no_argument, NULL, "start the new virtual HBA" },
	{ "dry-run", OPTION_DRY_RUN, no_argument, NULL,
	  "print the file and write nothing" },
};

struct request {
	struct wwn_alloc_options wwn_alloc;
	struct ctl_option options[CONFIG_KEYS_MAX + ARRAY_SIZE(other_options)];
	char option_names[CONFIG_KEYS_MAX][32]; /* of those that are keys */
	size_t n_options;
	const char *values[CONFIG_KEYS_MAX]; /* of keys; NULL: not given */
	const char **aliases; /* "LUN=ALIAS" */
	size_t n_aliases;
	/* Those that HBAs are in, if no parent is given. */
	uint64_t fabrics[PARENT_FABRICS_MAX];
	size_t n_fabrics;
	bool is_dry_run, wants_start, wants_stable;
};

static void request_done(struct request *request)
{
	free(request->aliases);
}

/* --- options --------------------------------------------------------------------------------- */

/* Makes "--parent-wwpn" of the key "parent_wwpn", and "--alias" of the family "alias.". */
static void request_add_key(struct request *request, const struct config_key *key)
{
	size_t i = config_key_index(key);
	char *name = request->option_names[i];

	(void)snprintf(name, sizeof(request->option_names[i]), "%s", key->name);
	for (char *p = name; *p; p++)
		*p = *p == '_' ? '-' : *p == '.' ? '\0' : *p;
	request->options[request->n_options++] = (struct ctl_option){
		.name = name,
		.letter = OPTION_KEY + (int)i,
		.has_argument = required_argument,
		.argument = key->metavar,
		.help = key->help,
	};
}

/* Lists all options. Returns how many there are. */
static size_t request_list_options(struct request *request)
{
	const struct config_key *key;

	for (size_t i = 0; (key = config_key_at(i)); i++)
		request_add_key(request, key);
	for (size_t i = 0; i < ARRAY_SIZE(other_options); i++)
		request->options[request->n_options++] = other_options[i];
	return request->n_options;
}

static int request_take_alias(struct request *request, const char *argument)
{
	const char **place;

	if (!strchr(argument, '=')) {
		fprintf(stderr,
			"npivctl: --alias: '%s' is not LUN=ALIAS; give it as in 0=system\n",
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

static const char *option_name(const struct request *request, int letter)
{
	for (size_t i = 0; i < request->n_options; i++)
		if (request->options[i].letter == letter)
			return request->options[i].name;
	return "";
}

static int request_take_key(struct request *request, const struct config_key *key,
			    const char *argument)
{
	size_t i = config_key_index(key);

	if (config_key_is_family(key))
		return request_take_alias(request, argument);
	if (request->values[i]) {
		fprintf(stderr, "npivctl: --%s: given twice\n", request->option_names[i]);
		return -EINVAL;
	}
	request->values[i] = argument;
	return 0;
}

/* The text after a line break would be read as another key. */
static int check_line(const struct request *request, int letter, const char *argument)
{
	if (!argument || !argument[strcspn(argument, "\r\n")])
		return 0;
	fprintf(stderr, "npivctl: --%s: the value has a line break\n",
		option_name(request, letter));
	return -EINVAL;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	if (check_line(request, letter, argument) < 0)
		return -EINVAL;
	switch (letter) {
	case OPTION_START:
		request->wants_start = true;
		return 0;
	case OPTION_ENABLE:
		return request_take_key(request, config_key_find("autostart"), "yes");
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
		return request_take_key(
			request, config_key_at((size_t)(letter - OPTION_KEY)), argument);
	}
}

/* --- the file -------------------------------------------------------------------------------- */

static const char *value_of(const struct request *request, const char *key)
{
	return request->values[config_key_index(config_key_find(key))];
}

/* Without an id, as in an image that was never booted, WWNs are random. */
static bool machine_has_id(const char *name)
{
	uint64_t seed;

	return seed_of_machine(name, &seed) >= 0;
}

/* Prints WWNs that are made in the place of those that are not given. Returns an exit code. */
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
	request->wwn_alloc.stable_name = machine_has_id(name) ? name : NULL;
	request->wwn_alloc.is_lenient = !request->wants_stable;
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

/* If no parent is given and there are several fabrics, prints the key of one fabric, so that the zones of the vHBA stay
 * right. */
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

static void report_fabric(const struct request *request)
{
	if (request->n_fabrics < 2)
		return;
	fprintf(stderr, "npivctl: HBAs of this host are in %zu fabrics, ",
		request->n_fabrics);
	parent_print_fabrics(request->fabrics, request->n_fabrics, stderr);
	fputs(": the new virtual HBA uses the first; --parent-fabric-wwn chooses another\n",
	      stderr);
}

/* The HBA, or its cable, may be added later, so that its absence is no error. */
static void report_parent(const struct vhba_config *vhba,
			  const struct inventory *inventory)
{
	struct parent_choice choice;

	if (parent_rule_is_empty(&vhba->parent))
		return;
	parent_choose(inventory, &vhba->parent, &choice);
	if (choice.stage == STAGE_PARENT_MISSING || choice.stage == STAGE_LINK_DOWN)
		fprintf(stderr,
			"npivctl: warning: %s; 'npivctl hbas' shows the HBAs of this host\n",
			choice.detail);
}

/* What the storage admin needs, and how the vHBA is started. */
static void print_next(const struct request *request, const struct vhba_config *vhba)
{
	char wwpn[WWN_TEXT_SIZE], wwnn[WWN_TEXT_SIZE];

	if (vhba->type == VHBA_VPORT) {
		printf("WWPN %s, WWNN %s\n", wwn_format(vhba->wwpn, wwpn),
		       wwn_format(vhba->wwnn, wwnn));
		printf("next: 'npivctl zoning %s' prints what zoning and masking need\n",
		       vhba->name);
	}
	if (!request->wants_start)
		printf("next: 'npivctl %s%s' starts it\n",
		       vhba->autostart ? "apply" : "start ",
		       vhba->autostart ? "" : vhba->name);
}

static void report_result(const struct request *request,
			  const struct new_config *new_config,
			  const struct host_model *model)
{
	report_fabric(request);
	report_parent(new_config_vhba(new_config), &model->inventory);
	if (!request->is_dry_run)
		print_next(request, new_config_vhba(new_config));
	(void)fflush(stdout);
}

static void print_keys(const struct request *request, enum section_kind kind, FILE *out)
{
	for (size_t i = 0; config_key_at(i); i++)
		if (request->values[i] && config_key_is_in(config_key_at(i), kind))
			fprintf(out, "%s = %s\n", config_key_at(i)->name,
				request->values[i]);
}

static bool has_pool_keys(const struct request *request)
{
	for (size_t i = 0; config_key_at(i); i++)
		if (request->values[i] &&
		    config_key_is_in(config_key_at(i), SECTION_POOL))
			return true;
	return request->n_aliases > 0;
}

static void print_pool(const struct request *request, const char *name, FILE *out)
{
	const char *pool = value_of(request, "pool");

	fprintf(out, "[pool %s]\n", pool ? pool : name);
	print_keys(request, SECTION_POOL, out);
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
	print_keys(request, SECTION_VHBA, out);
	if (has_pool_keys(request))
		print_pool(request, name, out);
	return r;
}

static int request_make_config(struct request *request, const char *name,
			       const struct host_model *model,
			       struct new_config *new_config)
{
	const char *also[CONFIG_KEYS_MAX + 1] = { 0 };
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
	for (size_t i = 0; config_key_at(i); i++)
		if (request->values[i])
			also[n++] = config_key_at(i)->name;
	return r != 0 ? r : new_config_make(new_config, name, COMMENT, text, size, also);
}

int ctl_create(int argc, char *argv[])
{
	_cleanup_(request_done) struct request request = { 0 };
	const struct ctl_help help = {
		.usage = "create [OPTION...] NAME",
		.text = HELP_TEXT,
		.options = request.options,
		.n_options = request_list_options(&request),
		.min_arguments = 1,
		.max_arguments = 1,
		.on_option = on_option,
	};
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(new_config_done) struct new_config new_config = { 0 };
	const char *name;
	int r;

	request.wwn_alloc = WWN_ALLOC_OPTIONS_DEFAULT;
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
	r = request_make_config(&request, name, &model, &new_config);
	if (r == 0)
		r = new_config_check(&new_config, &model);
	if (r == 0)
		r = new_config_put(&new_config, request.is_dry_run);
	if (r == 0)
		report_result(&request, &new_config, &model);
	if (r == 0 && request.wants_start && !request.is_dry_run)
		r = new_config_start(&new_config);
	return r;
}
