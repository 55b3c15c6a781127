// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml: prints XML of a vHBA and its LUNs for libvirt. */
#include <getopt.h>

#include "lib/usage.h"
#include "libvirt/verbs.h"
#include "libvirt/xml.h"

enum {
	OPTION_DEVICE = 'd',
	OPTION_BUS = 'b',
	OPTION_TARGET = 't',
	OPTION_ADDRESS = 'a',
	OPTION_PATH = 'p',
	OPTION_ALL_PATHS = CTL_NO_LETTER,
};

static const struct xml_kind {
	const char *name;
	const char *options; /* letters of its own options */
	int (*write)(const struct xml_request *request, struct xml_out *xml);
	bool has_luns;
} kinds[] = {
	{ "disk", "dbtap", xml_write_disk, true },
	{ "hostdev", "A", xml_write_hostdev, true },
	{ "pool", "", xml_write_pool, false },
};

static const struct ctl_option options[] = {
	{ "device", OPTION_DEVICE, required_argument, "DEVICE",
	  "disk: disk (default), lun (SCSI commands pass), cdrom\n"
	  "(read-only) or floppy" },
	{ "bus", OPTION_BUS, required_argument, "BUS",
	  "disk: virtio, scsi, sata, ide, usb or fdc (default:\n"
	  "virtio; for a lun scsi, a cdrom sata, a floppy fdc)" },
	{ "target", OPTION_TARGET, required_argument, "TARGET",
	  "disk: the first disk of the guest, such as vda; the next\n"
	  "disks follow" },
	{ "address", OPTION_ADDRESS, required_argument, "ADDRESS",
	  "disk: lun (the unit is the LUN number), the first\n"
	  "CONTROLLER:BUS:TARGET:UNIT, or a PCI address (default:\n"
	  "libvirt chooses)" },
	{ "path", OPTION_PATH, required_argument, "KIND",
	  "disk: name it by alias, lun or target (default: alias if\n"
	  "there is one, else lun)" },
	{ "all-paths", OPTION_ALL_PATHS, no_argument, NULL,
	  "hostdev: every path to a LUN, for multipath in the guest" },
};

/* The command line; some words can be read only when all options are known. */
struct command_line {
	struct xml_request request;
	const char *bus, *target;
	char given[ARRAY_SIZE(options) + 1]; /* letters of the options, A for --all-paths */
};

static int xml_complain(const char *what, const char *argument, const char *why)
{
	fprintf(stderr, "npivctl xml: %s '%s': %s\n", what, argument, why);
	return -EINVAL;
}

static int read_path(const char *argument, enum xml_path *ret_path)
{
	if (streq(argument, "alias"))
		*ret_path = XML_PATH_ALIAS;
	else if (streq(argument, "lun"))
		*ret_path = XML_PATH_LUN;
	else if (streq(argument, "target"))
		*ret_path = XML_PATH_TARGET;
	else
		return xml_complain("--path", argument, "give alias, lun or target");
	return 0;
}

static int on_option(int letter, const char *argument, void *context)
{
	struct command_line *line = context;
	char mark = letter == OPTION_ALL_PATHS ? 'A' : (char)letter;

	if (!strchr(line->given, mark))
		line->given[strlen(line->given)] = mark;
	switch (letter) {
	case OPTION_DEVICE:
		if (guest_device_parse(argument, &line->request.device) < 0)
			return xml_complain("--device", argument,
					    "give disk, lun, cdrom or floppy");
		break;
	case OPTION_BUS:
		line->bus = argument;
		break;
	case OPTION_TARGET:
		line->target = argument;
		break;
	case OPTION_ADDRESS:
		if (guest_address_parse(argument, &line->request.address) < 0)
			return xml_complain(
				"--address", argument,
				"give lun, CONTROLLER:BUS:TARGET:UNIT or a PCI address");
		break;
	case OPTION_PATH:
		return read_path(argument, &line->request.path);
	default:
		line->request.all_paths = true;
	}
	return 0;
}

static const struct ctl_help help = {
	.usage = "xml disk|hostdev|pool [OPTION...] [POOL|NAME] [LUN|ALIAS]",
	.text = "Prints XML for libvirt: LUNs as disks of a guest by their stable names, LUNs as SCSI host\n"
		"devices, or the LUNs of a virtual HBA as a storage pool. POOL can be left out if there is\n"
		"only one pool, and the NAME for 'xml pool' if there is only one virtual HBA.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 1,
	.max_arguments = 3,
	.on_option = on_option,
};

static const struct xml_kind *find_kind(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (streq(kinds[i].name, name))
			return &kinds[i];
	fprintf(stderr,
		"npivctl xml: there is no kind '%s'; give disk, hostdev or pool\n", name);
	return NULL;
}

static bool fits_kind(const struct command_line *line, const struct xml_kind *kind)
{
	size_t fine = strspn(line->given, kind->options);

	if (line->given[fine] == 'A')
		fprintf(stderr, "npivctl xml %s: --all-paths needs 'hostdev'\n",
			kind->name);
	else if (line->given[fine])
		fprintf(stderr, "npivctl xml %s: -%c needs 'disk'\n", kind->name,
			line->given[fine]);
	else if (line->request.lun && !kind->has_luns)
		fprintf(stderr, "npivctl xml %s: too many arguments\n", kind->name);
	else
		return true;
	return false;
}

/* Reads the options that depend on others: a bus must fit the device, a target the bus. */
static int finish_command_line(struct command_line *line)
{
	struct xml_request *request = &line->request;
	const char *fault;

	request->bus = guest_bus_default(request->device);
	if (line->bus && guest_bus_parse(line->bus, &request->bus) < 0)
		return xml_complain("--bus", line->bus,
				    "give virtio, scsi, sata, ide, usb or fdc");
	fault = guest_disk_fault(request->device, request->bus);
	if (fault)
		return xml_complain("--bus", guest_bus_to_string(request->bus), fault);
	if (line->target &&
	    guest_target_parse(line->target, request->bus, &request->place) < 0)
		return xml_complain("--target", line->target,
				    "it is not a name of a disk on that bus");
	/* The number of disks is not known yet. */
	fault = guest_address_fault(&request->address, request->bus, 1);
	if (fault)
		return xml_complain("--address", guest_bus_to_string(request->bus),
				    fault);
	return 0;
}

static int xml_print(const struct xml_request *request, const struct xml_kind *kind)
{
	_cleanup_(xml_out_done) struct xml_out xml = { 0 };
	int r, status;

	r = xml_out_init(&xml);
	if (r < 0)
		return r;
	status = kind->write(request, &xml);
	if (status < 0)
		return status;
	r = xml_out_print(&xml);
	return r < 0 ? r : status;
}

int libvirt_xml(int argc, char *argv[])
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	struct command_line line = { .request.model = &model };
	const struct xml_kind *kind;
	int r;

	r = ctl_parse_options(argc, argv, &help, &line, NULL);
	if (r >= 0)
		return r;
	kind = find_kind(argv[optind]);
	if (!kind)
		return EXIT_USAGE;
	line.request.name = argv[optind + 1];
	line.request.lun = line.request.name ? argv[optind + 2] : NULL;
	if (!fits_kind(&line, kind) || finish_command_line(&line) < 0)
		return EXIT_USAGE;
	r = host_model_load(&model);
	if (r < 0)
		return EXIT_FAILURE;
	r = xml_print(&line.request, kind);
	return r < 0 ? ctl_fail("cannot make XML", r) : r;
}
