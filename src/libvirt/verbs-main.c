// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl-libvirt: the verbs of npivctl that read or print XML of libvirt. npivctl runs it with the verb and the
 * rest of its command line. */
#include "lib/usage.h"
#include "libvirt/verbs.h"

static const struct ctl_verb verbs[] = {
	{ .name = "import", .run = libvirt_import },
	{ .name = "prepare", .run = libvirt_prepare },
	{ .name = "xml", .run = libvirt_xml },
};

static void print_help(void)
{
	puts("This is a part of npivctl; see npivctl --help.");
}

int main(int argc, char *argv[])
{
	static const struct usage usage = { "npivctl-libvirt", NPIV_VERSION, "+h",
					    print_help };
	int r;

	r = usage_read_options(&usage, argc, argv);
	if (r >= 0)
		return r;
	for (size_t i = 0; optind < argc && i < ARRAY_SIZE(verbs); i++)
		if (streq(verbs[i].name, argv[optind]))
			return ctl_verb_run(&verbs[i], argc - optind, argv + optind);
	fputs("npivctl-libvirt: this is a part of npivctl; see npivctl --help\n", stderr);
	return EXIT_USAGE;
}
