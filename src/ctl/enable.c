// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl enable and disable: whether the boot starts virtual HBAs, as far as their files leave it open. */
#include <getopt.h>
#include <limits.h>

#include "names/unitname.h"
#include "ctl/jobs.h"
#include "ctl/select.h"
#include "ctl/ctl.h"

/* The file decides; systemd is asked only where it says no. Returns an exit code. */
static int enable(sd_bus *bus, const char *name, const struct vhba_config *vhba)
{
	_cleanup_free_ char *unit = unit_name_vport(name);
	int r;

	if (vhba && vhba->autostart) {
		printf("%s: the boot starts it: autostart = yes (%s:%u)\n", name,
		       vhba->file, vhba->line);
		return EXIT_SUCCESS;
	}
	if (!vhba) {
		fprintf(stderr, "npivctl: %s: no file defines it (any longer)\n", name);
		return EXIT_FAILURE;
	}
	r = unit ? bus_enable_unit(bus, unit) : -ENOMEM;
	if (r < 0)
		return ctl_jobs_fail(name, r);
	printf("%s: enabled: the boot starts it, though %s:%u has autostart = no\n", name,
	       vhba->file, vhba->line);
	return EXIT_SUCCESS;
}

static int disable(sd_bus *bus, const char *name, const struct vhba_config *vhba)
{
	_cleanup_free_ char *unit = unit_name_vport(name);
	int r;

	r = unit ? bus_disable_unit(bus, unit) : -ENOMEM;
	if (r < 0)
		return ctl_jobs_fail(name, r);
	if (!vhba || !vhba->autostart) {
		printf("%s: disabled: the boot does not start it\n", name);
		return EXIT_SUCCESS;
	}
	fprintf(stderr,
		"npivctl: %s: the boot starts it all the same: autostart = yes, and the file "
		"decides\n"
		"  set 'autostart = no' in %s (its section is in line %u), or\n"
		"  'systemctl mask npiv-vport@%s' keeps it down whatever asks for it\n",
		name, vhba->file, vhba->line, name);
	return EXIT_FAILURE;
}

static int run(int argc, char *argv[], const struct ctl_help *help,
	       int (*act)(sd_bus *bus, const char *name, const struct vhba_config *vhba))
{
	_cleanup_(ctl_sources_done) struct ctl_sources sources = { 0 };
	_cleanup_(selection_done) struct selection selection = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r, code;

	r = ctl_parse_options(argc, argv, help, NULL, NULL);
	if (r >= 0)
		return r;
	if (ctl_jobs_connect(&bus) < 0 || ctl_sources_load(&sources) < 0)
		return EXIT_FAILURE;
	code = selection_make(&sources, argv + optind, (size_t)(argc - optind), NULL,
			      NULL, &selection);
	for (size_t i = 0; i < selection.n && code == 0; i++)
		code = act(bus, selection.names[i],
			   config_find_vhba(&sources.config, selection.names[i]));
	if (code == 0) {
		/* The generator pulls npiv.target into the boot for those that are enabled. */
		r = bus_reload(bus);
		if (r < 0)
			return ctl_jobs_fail("cannot have systemd read its units", r);
	}
	return code;
}

int ctl_enable(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "enable NAME|POOL...",
		.text = "Has the boot start virtual HBAs whose files say autostart = no; the others it starts\n"
			"anyway. Starts nothing now.",
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return run(argc, argv, &help, enable);
}

int ctl_disable(int argc, char *argv[])
{
	static const struct ctl_help help = {
		.usage = "disable NAME|POOL...",
		.text = "Takes 'enable' back. Where the file says autostart = yes, which is what it says unless it\n"
			"says otherwise, the boot starts it all the same: fails then, and says what to change.\n"
			"Stops nothing now.",
		.min_arguments = 1,
		.max_arguments = INT_MAX,
	};

	return run(argc, argv, &help, disable);
}
