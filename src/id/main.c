// SPDX-License-Identifier: LGPL-2.1-or-later
/* udev's helper: says of a block device which vHBA, pool and LUN it is, and what it is called. */
#include <fcntl.h>
#include <getopt.h>
#include <unistd.h>

#include "diagnose/stage.h"
#include "id/id.h"
#include "names/names.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "lib/io.h"
#include "fc/sysfs.h"

static int identify(const struct lookup *lookup, const char *name, FILE *out)
{
	struct device device;
	int r;

	r = device_read(lookup->sysfs, name, &device);
	if (r <= 0)
		return r;
	switch (device.kind) {
	case DEVICE_DISK:
		return id_disk(lookup, &device, out);
	case DEVICE_MAP:
		return id_map(lookup, &device, out);
	}
	return 0;
}

typedef int (*answer_fn)(const struct lookup *lookup, const char *name, FILE *out);

/* Collects the answer first: udev takes all of it or, where something fails, nothing. */
static int answer(const struct lookup *lookup, const char *name, answer_fn fn)
{
	_cleanup_free_ char *text = NULL;
	size_t size = 0;
	FILE *out;
	int r;

	out = open_memstream(&text, &size);
	if (!out)
		return -ENOMEM;
	r = fn(lookup, name, out);
	if (fclose(out) != 0 && r >= 0)
		r = -ENOMEM;
	if (r < 0)
		return r;
	return io_write(STDOUT_FILENO, text, size);
}

static int run(const char *name, char option)
{
	_cleanup_free_ char *run_dir = environment_run_dir();
	_cleanup_close_ int sysfs = -EBADF;
	struct lookup lookup;

	if (!run_dir)
		return -ENOMEM;
	sysfs = sysfs_open_dir(AT_FDCWD, environment_sysfs());
	if (sysfs < 0)
		return sysfs;
	lookup = (struct lookup){ run_dir, sysfs };
	if (option == 'r')
		return names_drop(run_dir, sysfs, name, environment_number("DISKSEQ"));
	return answer(&lookup, name,
		      option == 'v' ? id_vhba :
		      option == 'g' ? id_guest :
				      identify);
}

static void help(void)
{
	puts("Usage: npiv-id [--removed|--vhba|--guest] [DEVICE]\n"
	     "\n"
	     "Says which virtual HBA, pool and LUN a block device is, as udev's IMPORT{program}\n"
	     "reads it; nothing for any other device. DEVICE is a kernel name (sdc, dm-0), without it\n"
	     "that of $DEVPATH.\n"
	     "\n"
	     "  --removed   the device is gone: give its names up\n"
	     "  --vhba      the name of the virtual HBA of a SCSI device (8:0:1:0), nothing more;\n"
	     "              also of a remote port (rport-8:0-1) of one whose pool has names\n"
	     "  --guest     the pool of a device whose LUNs a guest has; it may be gone already\n"
	     "  --help      show this help");
}

/* The kernel name of the event's device: the end of its path. */
static const char *event_device(void)
{
	const char *path = getenv("DEVPATH"), *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : NULL;
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "removed", no_argument, NULL, 'r' }, { "vhba", no_argument, NULL, 'v' },
		{ "guest", no_argument, NULL, 'g' },   { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { 0 },
	};
	char option = 0;
	const char *name;
	int c, r;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		if (c == 'h') {
			help();
			return EXIT_SUCCESS;
		}
		if (c == 'V') {
			puts("npiv-id " NPIV_VERSION);
			return EXIT_SUCCESS;
		}
		if (c != 'r' && c != 'v' && c != 'g')
			return EXIT_USAGE;
		option = (char)c;
	}
	name = optind < argc ? argv[optind] : event_device();
	if (!name || !*name || strchr(name, '/') || argc - optind > 1) {
		fputs("npiv-id: one kernel name of a block device is needed; see --help\n",
		      stderr);
		return EXIT_USAGE;
	}

	r = run(name, option);
	if (r < 0)
		fprintf(stderr, "npiv-id: '%s': %s\n", name, strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
