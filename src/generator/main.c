// SPDX-License-Identifier: LGPL-2.1-or-later
/* A generator (systemd.generator(7)): makes drop-ins and links of units from the files of npiv.d.
 *
 * PID 1 waits for it, early in the boot and at every daemon-reload. So it only reads and writes files: it asks no
 * other process, not even for the name of a user, and examines no device. */
#include <fcntl.h>
#include <sys/stat.h>

#include "generator/unit.h"
#include "names/unitname.h"
#include "lib/boot.h"
#include "config/load.h"
#include "lib/fd.h"
#include "lib/io.h"
#include "event/kmsg.h"
#include "lib/roots.h"

#define USAGE "Usage: npiv-generator NORMAL-DIR [EARLY-DIR LATE-DIR]"

/* The packaged units, which are the targets of the links. */
#define VPORT_UNIT  NPIV_SYSTEM_UNIT_DIR "/npiv-vport@.service"
#define TARGET_UNIT NPIV_SYSTEM_UNIT_DIR "/npiv.target"

/* Opens the output folder, which systemd gives to a generator; the only place for its output. */
static int unit_dir_open(const char *path)
{
	int fd;

	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int unit_dir_open_folder(int dirfd, const char *name)
{
	int fd;

	if (mkdirat(dirfd, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* Writes FOLDER/NAME below the output folder. Returns -EEXIST if it exists, and does not change it. */
static int unit_dir_write(int dirfd, const char *folder, const char *name,
			  const char *text, size_t size)
{
	_cleanup_close_ int parent = -EBADF, fd = -EBADF;
	int r;

	parent = unit_dir_open_folder(dirfd, folder);
	if (parent < 0)
		return parent;
	fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	r = io_write(fd, text, size);
	if (r < 0)
		(void)unlinkat(parent, name, 0); /* half a unit is worse than none */
	return r;
}

/* Makes FOLDER/NAME a symbolic link to target; returns -EEXIST like unit_dir_write(). */
static int unit_dir_link(int dirfd, const char *folder, const char *name,
			 const char *target)
{
	_cleanup_close_ int parent = -EBADF;

	parent = unit_dir_open_folder(dirfd, folder);
	if (parent < 0)
		return parent;
	return symlinkat(target, parent, name) < 0 ? -errno : 0;
}

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

/* Makes a unit want another one. */
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

/* Writes all units that it can; returns the first error at the end. */
static int write_units(int dirfd, const struct config *config, const char *root,
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
	/* With this link a file is enough: no admin has to enable npiv.target. */
	r = add_want(dirfd, "multi-user.target", "npiv.target", TARGET_UNIT);
	if (r < 0)
		kmsg_print(kmsg, MESSAGE_ERROR,
			   "npiv.target cannot be pulled into the boot: %s",
			   strerror(-r));
	return error ? error : r;
}

static int generate_units(const char *output, const struct kmsg *kmsg)
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
	return write_units(dirfd, &config, root, kmsg);
}

static void print_help(void)
{
	puts(USAGE
	     "\n"
	     "\n"
	     "Writes drop-ins and links of units to NORMAL-DIR, for the virtual HBAs in npiv.conf(5).\n"
	     "systemd runs it at boot and at each 'systemctl daemon-reload'.\n"
	     "\n"
	     "  --help     show this help\n"
	     "  --version  show the version");
}

int main(int argc, char **argv)
{
	_cleanup_(kmsg_close) struct kmsg kmsg = KMSG_NULL;

	if (argc == 2 && streq(argv[1], "--version")) {
		puts("npiv-generator " NPIV_VERSION);
		return EXIT_SUCCESS;
	}
	if (argc == 2 && streq(argv[1], "--help")) {
		print_help();
		return EXIT_SUCCESS;
	}
	kmsg_open(&kmsg);
	/* The arguments are the normal, early and late folders, or only the first. Units in the first folder have
	 * priority below /etc and above /usr, so drop-ins of an admin override them. */
	if ((argc != 2 && argc != 4) || argv[1][0] == '-') {
		kmsg_print(&kmsg, MESSAGE_ERROR, USAGE);
		return EXIT_FAILURE;
	}
	umask(0022);
	return generate_units(argv[1], &kmsg) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
