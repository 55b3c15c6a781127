// SPDX-License-Identifier: LGPL-2.1-or-later
/* The oneshot behind npiv-vport@NAME.service: brings one virtual HBA up, takes it down. */
#include <sys/stat.h>

#include "config/name.h"
#include "lib/usage.h"
#include "vport/vport.h"

static const struct {
	const char *name;
	int (*run)(struct task *task);
} verbs[] = {
	{ "start", vport_start },     { "stop", vport_stop },
	{ "reload", vport_reload },   { "rescan", vport_rescan },
	{ "recover", vport_recover },
};

static void print_help(void)
{
	puts("Usage: npiv-vport start|stop|reload|rescan|recover NAME\n"
	     "       npiv-vport wake\n"
	     "\n"
	     "Brings the virtual HBA of [vhba NAME] up and waits for its LUNs, or takes it down.\n"
	     "npiv-vport@NAME.service runs it; use npivctl or systemctl instead.\n"
	     "\n"
	     "  start     make the virtual port, or adopt it, and wait until its LUNs are usable\n"
	     "  stop      flush and remove its LUNs, then the port; refuses if they are in use\n"
	     "  reload    look for new LUNs, apply changed names and permissions\n"
	     "  rescan    remove LUNs that were unmapped, look for new LUNs and sizes\n"
	     "  recover   wait until a start can succeed, then let systemd start it\n"
	     "  wake      restart the units of virtual HBAs whose port has disappeared\n"
	     "  --help    show this help\n"
	     "  --version show the version");
}

static const struct usage usage = { "npiv-vport", NPIV_VERSION, "h", print_help };

static int run_verb(int (*verb)(struct task *task), const char *name)
{
	struct task task;
	int r;

	r = task_init(&task, name);
	if (r == 0)
		r = verb(&task);
	task_done(&task);
	return r;
}

int main(int argc, char *argv[])
{
	int r;

	r = usage_read_options(&usage, argc, argv);
	if (r >= 0)
		return r;
	if (argc - optind == 1 && streq(argv[optind], "wake"))
		return vport_wake();
	if (argc - optind != 2)
		return usage_fail(&usage, "a verb and a name are needed");
	if (!name_is_valid(argv[optind + 1]))
		return usage_fail(&usage, name_fault(argv[optind + 1]));

	umask(022);
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (streq(verbs[i].name, argv[optind]))
			return run_verb(verbs[i].run, argv[optind + 1]);
	return usage_fail(&usage,
			  "the verbs are start, stop, reload, rescan, recover and wake");
}
