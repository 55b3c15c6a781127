// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl prepare: makes the LUNs in a guest's XML available before the guest starts. */
#include <getopt.h>
#include <sys/stat.h>

#include "config/name.h"
#include "lib/text.h"
#include "ctl/jobs.h"
#include "ctl/model.h"
#include "libvirt/verbs.h"
#include "libvirt/xml-in.h"

#define LINKS "/dev/npiv/"

/* A disk of the guest. */
struct guest_disk_path {
	char *path;
	char pool[NPIV_NAME_MAX + 1];
};

struct prepare {
	struct messages messages;
	const char *file;
	struct guest_disk_path *disks;
	size_t n;
};

static const struct ctl_help help = {
	.usage = "prepare FILE|-",
	.text = "Reads the XML of a libvirt domain, starts the pool of each disk in it that has a name below\n" LINKS
		", and waits until the disks appear. Does nothing for a domain without such\n"
		"disks. If a disk does not appear, it fails and prints the reason. npiv-qemu-hook(8) runs it\n"
		"for each guest that libvirt starts.",
	.min_arguments = 1,
	.max_arguments = 1,
};

/* --- the guest's disks ----------------------------------------------------------------------- */

/* Reads POOL from "/dev/npiv/POOL/...". */
static bool read_pool(const char *path, char pool[static NPIV_NAME_MAX + 1])
{
	const char *name = startswith(path, LINKS);
	size_t length = name ? strcspn(name, "/") : 0;

	/* The path is printed in messages, so refuse control characters. */
	if (length == 0 || length > NPIV_NAME_MAX || name[length] != '/' ||
	    !name[length + 1] || text_has_control(path))
		return false;
	(void)snprintf(pool, NPIV_NAME_MAX + 1, "%.*s", (int)length, name);
	return name_is_valid(pool);
}

static int add_disk(struct prepare *prepare, unsigned line, char *path)
{
	struct guest_disk_path *disk =
		array_grow(&prepare->disks, prepare->n, sizeof(*disk));

	if (!disk) {
		free(path);
		return -ENOMEM;
	}
	disk->path = path;
	prepare->n++;
	if (!read_pool(path, disk->pool))
		messages_add(&prepare->messages, MESSAGE_ERROR, prepare->file, line,
			     "'%s' is not a name of a LUN: " LINKS "POOL/LUN", path);
	return 0;
}

static int on_source(struct prepare *prepare, const xmlNode *source, unsigned lines)
{
	_cleanup_free_ char *path = NULL;
	int r;

	r = xml_in_attribute(source, "dev", &path);
	if (r < 0 || !path || !startswith(path, LINKS))
		return r;
	return add_disk(prepare, xml_in_line(source, lines), TAKE_PTR(path));
}

/* With a snapshot, the LUN is its <backingStore>, or that of the backing store. */
static int on_disk(struct prepare *prepare, const xmlNode *disk, unsigned lines)
{
	int r = 0;

	for (; disk && r >= 0; disk = xml_in_child(disk, "backingStore"))
		r = on_source(prepare, xml_in_child(disk, "source"), lines);
	return r;
}

static int on_root(const xmlNode *root, unsigned lines, void *context)
{
	struct prepare *prepare = context;
	const xmlNode *devices;
	int r = 0;

	/* Files of running guests, in /run/libvirt/qemu. */
	if (streq((const char *)root->name, "domstatus") && xml_in_child(root, "domain"))
		root = xml_in_child(root, "domain");
	devices = xml_in_child(root, "devices");
	if (!streq((const char *)root->name, "domain")) {
		messages_add(&prepare->messages, MESSAGE_ERROR, prepare->file,
			     xml_in_line(root, lines), "<%.64s> is not a domain",
			     (const char *)root->name);
		return 0;
	}
	for (const xmlNode *node = devices ? devices->children : NULL; node && r >= 0;
	     node = node->next)
		if (node->type == XML_ELEMENT_NODE &&
		    streq((const char *)node->name, "disk"))
			r = on_disk(prepare, node, lines);
	return r;
}

static int read_guest(struct prepare *prepare, const char *path)
{
	int r;

	prepare->file = xml_in_name(path);
	/* libvirt's hook is called for each guest: a guest without such a name must start, whatever its XML
	 * contains. */
	r = xml_in_read_file(path, LINKS, &prepare->messages, on_root, prepare);
	for (size_t i = 0; i < prepare->messages.n_messages; i++)
		messages_print(&prepare->messages.messages[i], stderr);
	if (r == -ENOMEM)
		return ctl_fail("cannot read the domain", r);
	return messages_count(&prepare->messages, MESSAGE_ERROR) > 0 ? EXIT_FAILURE : 0;
}

/* --- their pools ----------------------------------------------------------------------------- */

static bool is_there(const struct guest_disk_path *disk)
{
	struct stat st;

	return stat(disk->path, &st) >= 0 && S_ISBLK(st.st_mode);
}

static bool is_complete(const void *context)
{
	const struct prepare *prepare = context;

	for (size_t i = 0; i < prepare->n; i++)
		if (!is_there(&prepare->disks[i]))
			return false;
	return true;
}

static bool is_missing_from(const struct prepare *prepare, const char *pool)
{
	for (size_t i = 0; i < prepare->n; i++)
		if (streq(prepare->disks[i].pool, pool) && !is_there(&prepare->disks[i]))
			return true;
	return false;
}

static bool is_known(const struct config *config, const char *pool)
{
	for (size_t i = 0; i < config->n_vhbas; i++)
		if (streq(config->vhbas[i].pool, pool))
			return true;
	return false;
}

static void tell_unknown(const struct prepare *prepare, const struct config *config)
{
	for (size_t i = 0; i < prepare->n; i++)
		if (!is_known(config, prepare->disks[i].pool))
			fprintf(stderr,
				"npivctl: no virtual HBA is configured for pool '%s'\n",
				prepare->disks[i].pool);
}

static int add_jobs(const struct prepare *prepare, const struct config *config,
		    struct ctl_jobs *jobs)
{
	int r = 0;

	for (size_t i = 0; i < config->n_vhbas && r >= 0; i++)
		if (is_missing_from(prepare, config->vhbas[i].pool))
			r = ctl_jobs_add(jobs, config->vhbas[i].name, "StartUnit");
	return r;
}

/* Starts the pools. A vHBA that fails, or still waits for its fabric, must not delay a guest whose disks exist by
 * another vHBA. */
static int start_pools(const struct prepare *prepare)
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = {
		.is_enough = is_complete,
		.context = prepare,
	};
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	tell_unknown(prepare, &model.config);
	r = add_jobs(prepare, &model.config, &jobs);
	if (r < 0)
		return ctl_fail("cannot begin", r);
	if (jobs.n == 0 || ctl_jobs_connect(&bus) < 0)
		return EXIT_FAILURE;
	return ctl_jobs_run(bus, &jobs);
}

static bool tell_missing(const struct prepare *prepare)
{
	bool is_any = false;

	for (size_t i = 0; i < prepare->n; i++) {
		const struct guest_disk_path *disk = &prepare->disks[i];

		if (is_there(disk))
			continue;
		is_any = true;
		fprintf(stderr,
			"npivctl: %s is not there; 'npivctl luns %s' shows what the array maps\n",
			disk->path, disk->pool);
	}
	return is_any;
}

static void prepare_done(struct prepare *prepare)
{
	for (size_t i = 0; i < prepare->n; i++)
		free(prepare->disks[i].path);
	free(prepare->disks);
	messages_done(&prepare->messages);
}

int libvirt_prepare(int argc, char *argv[])
{
	_cleanup_(prepare_done) struct prepare prepare = { 0 };
	int r;

	r = ctl_parse_options(argc, argv, &help, NULL, NULL);
	if (r >= 0)
		return r;
	r = read_guest(&prepare, argv[optind]);
	if (r != 0)
		return r;
	if (is_complete(&prepare))
		return EXIT_SUCCESS;
	r = start_pools(&prepare);
	if (!tell_missing(&prepare))
		return EXIT_SUCCESS;
	return r != 0 ? r : EXIT_FAILURE;
}
