// SPDX-License-Identifier: LGPL-2.1-or-later
/* A generator (systemd.generator(7)): turns the files of npiv.d into drop-ins and links of units.
 *
 * PID 1 waits for it, early in the boot and in every daemon-reload. So it is text to text: it asks no
 * other process for anything, not even for the name of a user, and looks at no device. */
#include <sys/stat.h>

#include "generator/unit.h"
#include "names/unitname.h"
#include "lib/boot.h"
#include "config/dir.h"
#include "lib/fd.h"
#include "generator/unit-dir.h"
#include "event/kmsg.h"
#include "lib/roots.h"

/* Where the packaged units are that the links point to. */
#define VPORT_UNIT  NPIV_SYSTEM_UNIT_DIR "/npiv-vport@.service"
#define TARGET_UNIT NPIV_SYSTEM_UNIT_DIR "/npiv.target"

static int write_dropin(int dirfd, const struct vhba_config *vhba, const char *unit)
{
	_cleanup_free_ char *folder = NULL, *text = NULL;
	FILE *stream;
	size_t size;
	int r;

	if (asprintf(&folder, "%s.d", unit) < 0) {
		folder = NULL;
		return -ENOMEM;
	}
	stream = open_memstream(&text, &size);
	if (!stream)
		return -ENOMEM;
	r = unit_print_dropin(vhba, stream);
	if (fclose(stream) != 0 || r < 0)
		return -ENOMEM;
	return unit_dir_write(dirfd, folder, "50-npiv.conf", text, size);
}

/* Has one unit want this one. */
static int add_want(int dirfd, const char *wanter, const char *unit, const char *path)
{
	_cleanup_free_ char *folder = NULL;

	if (asprintf(&folder, "%s.wants", wanter) < 0) {
		folder = NULL;
		return -ENOMEM;
	}
	return unit_dir_link(dirfd, folder, unit, path);
}

static int write_vhba(int dirfd, const struct vhba_config *vhba)
{
	_cleanup_free_ char *unit = unit_name_vport(vhba->name),
			    *pool = unit_name_pool(vhba->pool);
	int r;

	if (!unit || !pool)
		return -ENOMEM;
	r = write_dropin(dirfd, vhba, unit);
	if (r < 0)
		return r;
	r = add_want(dirfd, pool, unit, VPORT_UNIT);
	if (r < 0 || !vhba->autostart)
		return r;
	return add_want(dirfd, "npiv.target", unit, VPORT_UNIT);
}

/* Writes what it can; the first error is returned at the end. */
static int write_all(int dirfd, const struct config *config, const char *root,
		     const struct kmsg *kmsg)
{
	bool wants_target = boot_has_enabled(root);
	int r, error = 0;

	for (size_t i = 0; i < config->n_vhbas; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];

		wants_target |= vhba->autostart;
		r = write_vhba(dirfd, vhba);
		if (r == 0)
			continue;
		kmsg_print(kmsg, MESSAGE_ERROR,
			   "vHBA '%s': its unit cannot be written: %s", vhba->name,
			   strerror(-r));
		error = error ? error : r;
	}
	if (!wants_target)
		return error;
	/* So dropping a file is enough: nobody has to enable npiv.target. */
	r = add_want(dirfd, "multi-user.target", "npiv.target", TARGET_UNIT);
	if (r < 0)
		kmsg_print(kmsg, MESSAGE_ERROR,
			   "npiv.target cannot be pulled into the boot: %s",
			   strerror(-r));
	return error ? error : r;
}

static int run(const char *output, const struct kmsg *kmsg)
{
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	_cleanup_close_ int dirfd = -EBADF;
	const char *root = environment_root();
	int r;

	if (!boot_wants_vhbas(root))
		return 0;

	r = config_dir_load(root, &config, &messages);
	kmsg_print_diag(kmsg, &messages);
	if (r < 0 || messages.out_of_memory) {
		kmsg_print(kmsg, MESSAGE_ERROR, "out of memory");
		return -ENOMEM;
	}
	dirfd = unit_dir_open(output);
	if (dirfd < 0) {
		kmsg_print(kmsg, MESSAGE_ERROR, "%s: %s", output, strerror(-dirfd));
		return dirfd;
	}
	return write_all(dirfd, &config, root, kmsg);
}

int main(int argc, char **argv)
{
	_cleanup_(kmsg_close) struct kmsg kmsg = KMSG_NULL;

	if (argc == 2 && streq(argv[1], "--version")) {
		puts("npiv-generator " NPIV_VERSION);
		return EXIT_SUCCESS;
	}
	kmsg_open(&kmsg);
	/* The normal, early and late folders, or the first alone. What the first is for lies below
	 * /etc and above /usr, where drop-ins of a person still win. */
	if ((argc != 2 && argc != 4) || argv[1][0] == '-') {
		kmsg_print(&kmsg, MESSAGE_ERROR,
			   "usage: npiv-generator NORMAL-DIR [EARLY-DIR LATE-DIR]");
		return EXIT_FAILURE;
	}
	umask(0022);
	return run(argv[1], &kmsg) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
