// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl-libvirt: those verbs of npivctl that read or print XML of libvirt. npivctl runs it with the verb and what
 * follows it on its command line. */
#include "diagnose/stage.h"
#include "libvirt/verbs.h"

static const struct ctl_verb verbs[] = {
	{ .name = "import", .run = libvirt_import },
	{ .name = "prepare", .run = libvirt_prepare },
	{ .name = "xml", .run = libvirt_xml },
};

int main(int argc, char *argv[])
{
	for (size_t i = 0; argc > 1 && i < ARRAY_SIZE(verbs); i++)
		if (streq(verbs[i].name, argv[1]))
			return ctl_verb_run(&verbs[i], argc - 1, argv + 1);
	fputs("npivctl-libvirt: this is a part of npivctl; see npivctl --help\n", stderr);
	return EXIT_USAGE;
}
