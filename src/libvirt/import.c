// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl import: writes configuration files for vHBAs of libvirt. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/new-config.h"
#include "libvirt/verbs.h"
#include "libvirt/xml-libvirt.h"

#define COMMENT "# Imported from libvirt by npivctl import; npiv.conf(5) has every key.\n"

static const struct ctl_option options[] = {
	{ "write", 'w', no_argument, NULL,
	  "write each virtual HBA to /etc/npiv.d/NAME.conf, print nothing" },
};

static int on_option(int letter, const char *argument, void *context)
{
	bool *wants_write = context;

	*wants_write = true;
	return 0;
}

static const struct ctl_help help = {
	.usage = "import [OPTION...] [FILE...|-]",
	.text = "Reads the output of 'virsh pool-dumpxml' (pools of type scsi with an fc_host adapter) and\n"
		"of 'virsh nodedev-dumpxml', from files or standard input, and prints configuration files\n"
		"for the same virtual HBAs. Reports on standard error what it cannot convert.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 0,
	.max_arguments = 1024,
	.on_option = on_option,
};

struct import {
	const char *file; /* the file that is being read */
	struct host_model model;
	struct messages messages;
	struct new_config *drafts; /* the configurations so far */
	char (*names)[NPIV_NAME_MAX + 1]; /* names of the drafts */
	size_t n;
	bool wants_write, has_failed, has_pool;
};

/* Prints the messages that were added since the last call. */
static void import_tell(struct import *import)
{
	for (size_t i = 0; i < import->messages.n_messages; i++)
		messages_print(&import->messages.messages[i], stderr);
	import->has_failed |= messages_count(&import->messages, MESSAGE_ERROR) > 0;
	messages_done(&import->messages);
}

/* --- one vHBA -------------------------------------------------------------------------------- */

/* Whether an earlier document has the same vHBA or name. Two documents can describe one vHBA: its pool and its node
 * device. */
static bool is_double(struct import *import, const struct new_config *new_config)
{
	const struct vhba_config *vhba = new_config_vhba(new_config);

	for (size_t i = 0; i < import->n; i++) {
		const struct vhba_config *other = new_config_vhba(&import->drafts[i]);
		bool is_same = other->wwpn == vhba->wwpn;

		if (!is_same && !streq(other->name, vhba->name))
			continue;
		if (is_same)
			fprintf(stderr,
				"%s: warning: '%s' has the same WWPN as '%s' before it, leaving it out\n",
				import->file, vhba->name, other->name);
		else
			fprintf(stderr, "%s: error: there is another '%s' before it\n",
				import->file, vhba->name);
		import->has_failed |= !is_same;
		return true;
	}
	return false;
}

static int import_convert(struct import *import, const struct libvirt_vhba *vhba,
			  char **text, size_t *size, char name[static NPIV_NAME_MAX + 1],
			  bool *ret_converted)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		return -ENOMEM;
	*ret_converted = libvirt_vhba_convert(vhba, &import->model.inventory,
					      &import->messages, name, out);
	return fclose(out) == 0 ? 0 : -ENOMEM;
}

/* Adds one more new_config, and its name, to which the new_config will point. Returns the new_config. */
static struct new_config *add_draft(struct import *import, const char *name)
{
	char(*names)[NPIV_NAME_MAX + 1];
	struct new_config *new_config;

	new_config = array_grow(&import->drafts, import->n, sizeof(*new_config));
	names = array_grow(&import->names, import->n, sizeof(*names));
	if (!new_config || !names)
		return NULL;
	(void)snprintf(*names, sizeof(*names), "%s", name);
	return new_config;
}

/* Sets the pointers to the names again, because the array may have moved. */
static void point_to_names(struct import *import, size_t n)
{
	for (size_t i = 0; i < n; i++)
		import->drafts[i].name = import->names[i];
}

static int import_add(struct import *import, const struct libvirt_vhba *vhba)
{
	_cleanup_free_ char *text = NULL;
	char name[NPIV_NAME_MAX + 1];
	struct new_config *new_config;
	bool is_converted;
	size_t size;
	int r;

	r = import_convert(import, vhba, &text, &size, name, &is_converted);
	import_tell(import);
	if (r < 0 || !is_converted)
		return r;
	new_config = add_draft(import, name);
	if (!new_config)
		return -ENOMEM;
	point_to_names(import, import->n);
	r = new_config_make(new_config, import->names[import->n], COMMENT, text, size,
			    NULL);
	import->has_failed |= r != 0;
	if (r != 0 || is_double(import, new_config)) {
		new_config_done(new_config);
		return 0;
	}
	import->has_pool |= vhba->is_pool;
	import->n++;
	return 0;
}

static int on_root(const xmlNode *root, unsigned lines, void *context)
{
	_cleanup_(libvirt_vhba_done) struct libvirt_vhba vhba = { 0 };
	struct import *import = context;
	int r;

	r = xml_libvirt_read(import->file, root, lines, &import->messages, &vhba);
	return r > 0 ? import_add(import, &vhba) : r;
}

/* --- files ----------------------------------------------------------------------------------- */

/* Returns 0 or -ENOMEM: a file that cannot be read does not affect the others. */
static int import_file(struct import *import, const char *path)
{
	int r;

	import->file = xml_in_name(path);
	r = xml_in_read_file(path, NULL, &import->messages, on_root, import);
	import_tell(import);
	return r == -ENOMEM ? r : 0;
}

static int import_put(struct import *import)
{
	bool is_written = false;

	for (size_t i = 0; i < import->n; i++) {
		struct new_config *new_config = &import->drafts[i];
		int r = 0;

		if (import->wants_write)
			r = new_config_check(new_config, &import->model);
		else if (i > 0)
			putchar('\n');
		if (r == 0)
			r = new_config_put(new_config, !import->wants_write);
		import->has_failed |= r != 0;
		is_written |= import->wants_write && r == 0;
	}
	(void)fflush(stdout);
	if (is_written && import->has_pool)
		fputs("npivctl: libvirt must not create these ports, too; run 'virsh pool-destroy', then 'virsh pool-undefine' for its pools\n",
		      stderr);
	return import->has_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void import_done(struct import *import)
{
	for (size_t i = 0; i < import->n; i++)
		new_config_done(&import->drafts[i]);
	free(import->drafts);
	free(import->names);
	messages_done(&import->messages);
	host_model_done(&import->model);
}

int libvirt_import(int argc, char *argv[])
{
	_cleanup_(import_done) struct import import = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &import.wants_write, NULL);
	if (r >= 0)
		return r;
	if (host_model_load(&import.model) < 0)
		return EXIT_FAILURE;
	r = optind == argc ? import_file(&import, "-") : 0;
	for (int i = optind; i < argc && r >= 0; i++)
		r = import_file(&import, argv[i]);
	return r < 0 ? ctl_fail("cannot import", r) : import_put(&import);
}
