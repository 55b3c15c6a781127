// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl import: configuration files of what libvirt had. */
#include <getopt.h>

#include "diagnose/stage.h"
#include "ctl/draft.h"
#include "libvirt/verbs.h"
#include "libvirt/xml-libvirt.h"

#define COMMENT "# Imported from libvirt by npivctl import; npiv.conf(5) has every key.\n"

static const struct ctl_option options[] = {
	{ "write", 'w', no_argument, NULL,
	  "write /etc/npiv.d/NAME.conf of each, instead of printing it" },
};

static int on_option(int letter, const char *argument, void *context)
{
	bool *wants_write = context;

	*wants_write = true;
	return 0;
}

static const struct ctl_help help = {
	.usage = "import [OPTION...] [FILE...|-]",
	.text = "Reads what 'virsh pool-dumpxml' (pools of type scsi with an fc_host adapter) and 'virsh\n"
		"nodedev-dumpxml' print, from files or standard input, several one after the other, and\n"
		"prints configuration files that make the same virtual HBAs. What is not carried over is\n"
		"told on standard error.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 0,
	.max_arguments = 1024,
	.on_option = on_option,
};

struct import {
	const char *file; /* that is read now */
	struct ctl_sources sources;
	struct messages messages;
	struct draft *drafts; /* what has come of it so far */
	char (*names)[NPIV_NAME_MAX + 1]; /* those of the drafts */
	size_t n;
	bool wants_write, has_failed, has_pool;
};

/* Tells what was said since last time. */
static void tell(struct import *import)
{
	for (size_t i = 0; i < import->messages.n_messages; i++)
		messages_print(&import->messages.messages[i], stderr);
	import->has_failed |= messages_count(&import->messages, MESSAGE_ERROR) > 0;
	messages_done(&import->messages);
}

/* --- one vHBA -------------------------------------------------------------------------------- */

/* Whether it is there already. Two documents can be of one vHBA: its pool and its node device. */
static bool is_double(struct import *import, const struct draft *draft)
{
	const struct vhba_config *vhba = draft_vhba(draft);

	for (size_t i = 0; i < import->n; i++) {
		const struct vhba_config *other = draft_vhba(&import->drafts[i]);
		bool is_same = other->wwpn == vhba->wwpn;

		if (!is_same && !streq(other->name, vhba->name))
			continue;
		if (is_same)
			fprintf(stderr,
				"%s: warning: '%s' has the WWPN of '%s' before it, which counts\n",
				import->file, vhba->name, other->name);
		else
			fprintf(stderr,
				"%s: error: another one before it is called '%s'\n",
				import->file, vhba->name);
		import->has_failed |= !is_same;
		return true;
	}
	return false;
}

static int keep(struct import *import, const struct libvirt_vhba *vhba, char **text,
		size_t *size, char name[static NPIV_NAME_MAX + 1], bool *ret_converted)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		return -ENOMEM;
	*ret_converted = libvirt_vhba_convert(vhba, &import->sources.inventory,
					      &import->messages, name, out);
	return fclose(out) == 0 ? 0 : -ENOMEM;
}

/* Room for one more draft, and for its name, which the draft points to. Returns the draft. */
static struct draft *add_draft(struct import *import, const char *name)
{
	char(*names)[NPIV_NAME_MAX + 1];
	struct draft *draft;

	draft = array_grow(&import->drafts, import->n, sizeof(*draft));
	names = array_grow(&import->names, import->n, sizeof(*names));
	if (!draft || !names)
		return NULL;
	(void)snprintf(*names, sizeof(*names), "%s", name);
	return draft;
}

/* The array of names may have moved. */
static void point_to_names(struct import *import, size_t n)
{
	for (size_t i = 0; i < n; i++)
		import->drafts[i].name = import->names[i];
}

static int add(struct import *import, const struct libvirt_vhba *vhba)
{
	_cleanup_free_ char *text = NULL;
	char name[NPIV_NAME_MAX + 1];
	struct draft *draft;
	bool is_converted;
	size_t size;
	int r;

	r = keep(import, vhba, &text, &size, name, &is_converted);
	tell(import);
	if (r < 0 || !is_converted)
		return r;
	draft = add_draft(import, name);
	if (!draft)
		return -ENOMEM;
	point_to_names(import, import->n);
	r = draft_make(draft, import->names[import->n], COMMENT, text, size, NULL);
	import->has_failed |= r != 0;
	if (r != 0 || is_double(import, draft)) {
		draft_done(draft);
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
	return r > 0 ? add(import, &vhba) : r;
}

/* --- files ----------------------------------------------------------------------------------- */

/* Returns -ENOMEM, else 0: a file that cannot be read costs itself alone. */
static int import_file(struct import *import, const char *path)
{
	int r;

	import->file = xml_in_name(path);
	r = xml_in_read_file(path, NULL, &import->messages, on_root, import);
	tell(import);
	return r == -ENOMEM ? r : 0;
}

static int put(struct import *import)
{
	bool is_written = false;

	for (size_t i = 0; i < import->n; i++) {
		struct draft *draft = &import->drafts[i];
		int r = 0;

		if (import->wants_write)
			r = draft_check(draft, &import->sources);
		else if (i > 0)
			putchar('\n');
		if (r == 0)
			r = draft_put(draft, !import->wants_write);
		import->has_failed |= r != 0;
		is_written |= import->wants_write && r == 0;
	}
	(void)fflush(stdout);
	if (is_written && import->has_pool)
		fputs("npivctl: libvirt's own pools must not start the same: virsh pool-destroy, "
		      "then pool-undefine\n",
		      stderr);
	return import->has_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void import_done(struct import *import)
{
	for (size_t i = 0; i < import->n; i++)
		draft_done(&import->drafts[i]);
	free(import->drafts);
	free(import->names);
	messages_done(&import->messages);
	ctl_sources_done(&import->sources);
}

int libvirt_import(int argc, char *argv[])
{
	_cleanup_(import_done) struct import import = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, &import.wants_write, NULL);
	if (r >= 0)
		return r;
	if (ctl_sources_load(&import.sources) < 0)
		return EXIT_FAILURE;
	r = optind == argc ? import_file(&import, "-") : 0;
	for (int i = optind; i < argc && r >= 0; i++)
		r = import_file(&import, argv[i]);
	return r < 0 ? ctl_fail("cannot import", r) : put(&import);
}
