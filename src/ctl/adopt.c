// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl adopt: a configuration file of a virtual port that somebody else made. */
#include <getopt.h>
#include <inttypes.h>

#include "config/name.h"
#include "lib/parse.h"
#include "lib/text.h"
#include "lib/usage.h"
#include "fc/wwn.h"
#include "ctl/new-config.h"
#include "ctl/ctl.h"

#define COMMENT                                                                                 \
	"# Made by npivctl adopt. As long as the virtual port of another tool is up, a start\n" \
	"# takes it over and a stop leaves it. From the next boot on npiv creates the port.\n"

static const struct ctl_option options[] = {
	{ "name", 'N', required_argument, "NAME",
	  "the name of the new virtual HBA (vport- and its WWPN)" },
	{ "pool", 'p', required_argument, "POOL",
	  "the pool that its LUNs belong to (its name)" },
	{ "start", 's', no_argument, NULL, "start the new virtual HBA" },
	{ "dry-run", 'd', no_argument, NULL, "print the file and write nothing" },
};

struct request {
	const char *name, *pool;
	bool wants_start, is_dry_run;
};

static int take_name(const char *option, const char *argument, const char **ret_name)
{
	const char *problem = name_fault(argument);

	if (problem) {
		fprintf(stderr, "npivctl: --%s: '%s': %s\n", option, argument, problem);
		return -EINVAL;
	}
	*ret_name = argument;
	return 0;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	switch (letter) {
	case 'N':
		return take_name("name", argument, &request->name);
	case 'p':
		return take_name("pool", argument, &request->pool);
	case 's':
		request->wants_start = true;
		return 0;
	default:
		request->is_dry_run = true;
		return 0;
	}
}

static const struct ctl_help help = {
	.usage = "adopt [OPTION...] HOST|WWPN",
	.text = "Writes a configuration file for an existing virtual port, which libvirt or a script\n"
		"created. The port is given by its host (host8) or by its WWPN. Its I/O is not\n"
		"interrupted.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 1,
	.max_arguments = 1,
	.on_option = on_option,
};

/* --- which port ------------------------------------------------------------------------------ */

static const struct fc_vport *vport_by_host(const struct inventory *inventory,
					    uint32_t host)
{
	for (size_t i = 0; i < inventory->n_vports; i++)
		if (inventory->vports[i].host == host)
			return &inventory->vports[i];
	return NULL;
}

/* Reports why there is no virtual port of that name or place. */
static void explain_missing(const struct fc_port *port, const char *text)
{
	if (port && !port->is_vport)
		fprintf(stderr,
			"npivctl: host%" PRIu32
			" is a physical HBA; 'npivctl create NAME "
			"--type hba --parent-wwpn ...' names its LUNs\n",
			port->host);
	else
		fprintf(stderr,
			"npivctl: there is no virtual port '%s'; 'npivctl list' shows all virtual ports\n",
			text);
}

/* Whether another HBA has a vport of the same WWPN; reports it. */
static bool is_ambiguous(const struct inventory *inventory, const struct fc_vport *vport)
{
	for (size_t i = 0; i < inventory->n_vports; i++) {
		const struct fc_vport *other = &inventory->vports[i];

		if (other == vport || other->wwpn != vport->wwpn)
			continue;
		fprintf(stderr,
			"npivctl: %s and %s have that WWPN; give the host of one of them, 'npivctl list' shows both\n",
			vport->sysname, other->sysname);
		return true;
	}
	return false;
}

/* Returns 0, or an exit code after it has reported what is wrong. */
static int find_vport(const struct inventory *inventory, const char *text,
		      const struct fc_vport **ret_vport)
{
	const struct fc_port *port;
	uint64_t wwpn;
	int host;

	if (parse_host(text, &host) >= 0) {
		*ret_vport = vport_by_host(inventory, (uint32_t)host);
		port = inventory_port_by_host(inventory, (uint32_t)host);
	} else if (wwn_parse(text, &wwpn) >= 0) {
		*ret_vport = inventory_vport_by_wwpn(inventory, wwpn);
		port = inventory_port_by_wwpn(inventory, wwpn);
		if (*ret_vport && is_ambiguous(inventory, *ret_vport))
			return EXIT_FAILURE;
	} else {
		fprintf(stderr,
			"npivctl adopt: '%s' is neither a host (host8, scsi_host8) nor a "
			"WWPN\n",
			text);
		return EXIT_USAGE;
	}
	if (*ret_vport)
		return 0;
	explain_missing(port, text);
	return EXIT_FAILURE;
}

/* Whether it belongs to npiv already; reports it. */
static bool is_configured(const struct config *config, uint64_t wwpn)
{
	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];

		if (vhba->wwpn != wwpn)
			continue;
		fprintf(stderr, "npivctl: it belongs to vHBA '%s' already (%s:%u)\n",
			vhba->name, vhba->file, vhba->line);
		return true;
	}
	return false;
}

/* --- the file -------------------------------------------------------------------------------- */

/* What is called for and what is not known otherwise: one that is up, but whose file is gone, has a name
 * and a pool. */
static void request_complete(struct request *request, const struct state_list *states,
			     uint64_t wwpn, char name[static NPIV_NAME_MAX + 1])
{
	for (size_t i = 0; i < states->n; i++) {
		if (states->states[i].wwpn != wwpn)
			continue;
		request->name = request->name ? request->name : states->states[i].name;
		request->pool = request->pool ? request->pool : states->states[i].pool;
	}
	if (request->name)
		return;
	(void)snprintf(name, NPIV_NAME_MAX + 1, "vport-%016" PRIx64, wwpn);
	request->name = name;
}

static void print_sections(const struct request *request, const struct fc_port *parent,
			   const struct fc_vport *vport, FILE *out)
{
	char text[WWN_TEXT_SIZE];

	fprintf(out, "[vhba %s]\n", request->name);
	fprintf(out, "wwpn = %s\n", wwn_format(vport->wwpn, text));
	fprintf(out, "wwnn = %s\n", wwn_format(vport->wwnn, text));
	if (parent && wwn_is_usable(parent->wwpn))
		fprintf(out, "parent_wwpn = %s\n", wwn_format(parent->wwpn, text));
	if (request->pool)
		fprintf(out, "pool = %s\n", request->pool);
}

static int make_file(const struct request *request, const struct inventory *inventory,
		     const struct fc_vport *vport, struct new_config *new_config)
{
	const struct fc_port *parent =
		inventory_port_by_host(inventory, vport->parent_host);
	_cleanup_free_ char *text = NULL;
	size_t size;
	int r;

	r = TEXT_OF(&text, &size, print_sections, request, parent, vport);
	if (r < 0)
		return ctl_fail("cannot make the file", r);
	/* A mistake is then one of the port, not of the command line. */
	return new_config_make(new_config, request->name, COMMENT, text, size, NULL) ==
			       0 ?
		       0 :
		       EXIT_FAILURE;
}

static int adopt_vport(struct request *request, const struct host_model *model,
		       const char *argument)
{
	_cleanup_(new_config_done) struct new_config new_config = { 0 };
	const struct fc_vport *vport;
	char name[NPIV_NAME_MAX + 1];
	int r;

	r = find_vport(&model->inventory, argument, &vport);
	if (r != 0)
		return r;
	if (is_configured(&model->config, vport->wwpn))
		return EXIT_FAILURE;
	request_complete(request, &model->states, vport->wwpn, name);
	r = make_file(request, &model->inventory, vport, &new_config);
	if (r == 0)
		r = new_config_check(&new_config, model);
	if (r == 0)
		r = new_config_put(&new_config, request->is_dry_run);
	if (r == 0 && request->wants_start && !request->is_dry_run)
		r = new_config_start(&new_config);
	return r;
}

int ctl_adopt(int argc, char *argv[])
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	struct request request = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &request, NULL);
	if (r >= 0)
		return r;
	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	return adopt_vport(&request, &model, argv[optind]);
}
